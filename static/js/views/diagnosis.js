/**
 * What goes wrong, said where it is seen: things to notice, and where training came to its end.
 * @import {Finding} from "../types.js"
 */
import { html } from "htm/preact";
import { format } from "../number.js";
import { digits } from "../state/preferences.js";
import { dismissFinding, diverged, findings, goToBegin, goToEnd, learnSlower, lookedAt, slower } from "../state/findings.js";
import { session } from "../state/session.js";
import { guess } from "../state/view.js";

/** A quiet line that opens; nothing at all where nothing was found. */
export function Diagnosis() {
  const found = findings.value;
  if (found.length === 0 || guess.value) return null;
  return html`<section class="diagnosis" aria-label="Things to notice"><details>
    <summary><span class="glyphs" aria-hidden="true">${[...new Set(found.map(({ glyph }) => glyph))].join(" ")}</span> ${found.length === 1 ? "1 thing" : `${found.length} things`} to notice</summary>
    <ul>${found.map((finding) => html`<${Noticed} key=${`${finding.name} ${finding.layers}`} finding=${finding} />`)}</ul>
  </details></section>`;
}

/** @param {{finding: Finding}} props */
function Noticed({ finding }) {
  const { name, title, glyph, sentence, began } = finding;
  const here = lookedAt.value;
  const since = began === null ? "" : began === 0 ? "It is so from the start." : began === here ? "It begins in this iteration." : `It holds since iteration ${began + 1}.`;
  return html`<li class="finding" data-finding=${name} data-began=${began}>
    <h2 class="minor"><span class="glyph" aria-hidden="true">${glyph}</span> ${title}</h2>
    <p>${sentence} ${since}</p>
    <p class="remedies-name">What to try</p>
    <ul class="remedies">${finding.try.map((remedy, k) => html`<li key=${k}>${remedy}</li>`)}</ul>
    <div class="doings">
      ${began !== null && began !== here && html`<button onClick=${() => goToBegin(began)}>Go to where it began</button>`}
      <button class="quiet" onClick=${() => dismissFinding(finding)} aria-label=${`Dismiss: ${title}`}>Dismiss</button>
    </div>
  </li>`;
}

/** Where training came to its end, in plain words, as long as the session goes no further. */
export function Ended() {
  const [end, state] = [diverged.value, session.value];
  if (!end || !state) return html`<div class="ended" role="status"></div>`;
  const { iteration, operation } = state.position;
  const there = iteration === end.iteration && operation === end.operation;
  const rate = format(slower(state), Math.max(digits.value, 6));
  return html`<div class="ended" role="status"><div class="ended-box">
    <p><b>Training diverged in iteration ${end.iteration + 1}.</b> ${end.sentence}</p>
    <div class="doings">
      ${!there && html`<button onClick=${() => goToEnd(end)}>Go to where it happened</button>`}
      ${"learning_rate" in state.spec.optimizer && html`<button class="primary" onClick=${learnSlower}>Start over at a learning rate of ${rate}</button>`}
    </div>
  </div></div>`;
}
