/**
 * A slider over all iterations so far, with the places where something was changed by hand.
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { keepMarks, marks } from "../state/marks.js";
import { seek } from "../state/moves.js";
import { session } from "../state/session.js";
import { keepArrows } from "../ui/arrows.js";
import { counted, say } from "../words/say.js";

keepMarks();

export function Iterations() {
  const [held, hold] = useState(/** @type {number | null} */ (null));
  const state = session.value;
  if (!state) return null;
  const most = state.furthest;
  const value = held ?? state.position.iteration;
  const mark = marks.value.find(({ iteration }) => iteration === value)?.what;
  const text = say("timeline.which", { number: counted(value + 1), count: counted(most + 1) });
  const drag = (/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    hold(currentTarget.valueAsNumber);
    seek(null, currentTarget.valueAsNumber);
  };
  return html`<div class="iterations"><span aria-hidden="true">${say("timeline.iteration")}</span>
    <div class="iterations-bar">
      <div class="iterations-marks" aria-hidden="true">${marks.value.map(({ iteration }) => iteration <= most && html`<i key=${iteration} style=${{ left: `${(100 * iteration) / most}%` }} />`)}</div>
      <input id="iterations" type="range" min="0" max=${most} step="1" value=${value} list="edited" aria-label=${say("iterations.title")} aria-valuetext=${mark ? `${text}, ${mark}` : text}
        onInput=${drag} onChange=${() => hold(null)} onKeyDown=${keepArrows} />
      <datalist id="edited">${marks.value.map(({ iteration }) => html`<option key=${iteration} value=${iteration}></option>`)}</datalist>
    </div>
    ${mark && html`<span class="iterations-mark" title=${mark}>${mark}</span>`}
    <output for="iterations">${text}</output>
  </div>`;
}
