/**
 * What goes wrong, said where it is seen: things to notice, and where training came to its end.
 * @import {Finding} from "../types.js"
 */
import { html } from "htm/preact";
import { format } from "../number.js";
import { digits } from "../state/preferences.js";
import { dismissFinding, diverged, findings, lookedAt } from "../state/findings.js";
import { goToBegin, goToEnd, learnSlower, slower } from "../state/remedies.js";
import { session } from "../state/session.js";
import { guess } from "../state/view.js";
import { Said } from "../ui/said.js";
import { say } from "../words/say.js";

/** A quiet line that opens; nothing at all where nothing was found. */
export function Diagnosis() {
  const found = findings.value;
  if (found.length === 0 || guess.value) return null;
  return html`<section class="diagnosis" aria-label=${say("diagnosis.title")}><details>
    <summary><span class="glyphs" aria-hidden="true">${[...new Set(found.map(({ glyph }) => glyph))].join(" ")}</span> ${say("diagnosis.count", { count: found.length })}</summary>
    <ul>${found.map((finding) => html`<${Noticed} key=${`${finding.name} ${finding.layers}`} finding=${finding} />`)}</ul>
  </details></section>`;
}

/** @param {{finding: Finding}} props */
function Noticed({ finding }) {
  const { name, title, glyph, sentence, began } = finding;
  const here = lookedAt.value;
  const since = began === null ? "" : say(began === 0 ? "diagnosis.start" : began === here ? "diagnosis.begins" : "diagnosis.since", { iteration: began + 1 });
  return html`<li class="finding" data-finding=${name} data-began=${began}>
    <h2 class="minor"><span class="glyph" aria-hidden="true">${glyph}</span> ${title}</h2>
    <p>${sentence} ${since}</p>
    <p class="remedies-name">${say("diagnosis.try")}</p>
    <ul class="remedies">${finding.try.map((remedy, k) => html`<li key=${k}>${remedy}</li>`)}</ul>
    <div class="doings">
      ${began !== null && began !== here && html`<button onClick=${() => goToBegin(began)}>${say("diagnosis.go")}</button>`}
      <button class="quiet" onClick=${() => dismissFinding(finding)} aria-label=${say("diagnosis.dismissThis", { title })}>${say("diagnosis.dismiss")}</button>
    </div>
  </li>`;
}

/** Where training came to its end, in plain words, as long as the session goes no further. */
export function Ended() {
  const [end, state] = [diverged.value, session.value];
  if (!end || !state) return null;
  const { iteration, operation } = state.position;
  const there = iteration === end.iteration && operation === end.operation;
  const rate = format(slower(state), Math.max(digits.value, 6));
  return html`<div class="ended-box">
    <p><${Said} text=${say("diagnosis.diverged", { iteration: end.iteration + 1 })} /> ${end.sentence}</p>
    <div class="doings">
      ${!there && html`<button onClick=${() => goToEnd(end)}>${say("diagnosis.there")}</button>`}
      ${"learning_rate" in state.spec.optimizer && html`<button class="primary" onClick=${learnSlower}>${say("diagnosis.slower", { rate })}</button>`}
    </div>
  </div>`;
}
