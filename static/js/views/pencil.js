/**
 * What is drawn on the plot of the function: a class or a target, or nothing, by the eraser.
 * @import {Rows} from "../types.js"
 */
import { html } from "htm/preact";
import { shade } from "../net/colour.js";
import { SHAPES } from "../net/shapes.js";
import { theme } from "../state/preferences.js";
import { chosen, drawable, drawing, erasing, ink, toggleDrawing } from "../state/pencil.js";
import { varying } from "../state/plane.js";
import { rows } from "../state/session.js";
import { Field } from "../ui/field.js";

export function Pencil() {
  const data = rows.value;
  if (!data || !drawable.value) return null;
  return html`<section class="pencil" aria-label="Draw data">
    <button id="draw" aria-pressed=${drawing.value} onClick=${toggleDrawing}>Draw data</button>
    ${drawing.value && html`<${Inks} data=${data} />
      <p class="hint">Click or drag on the plot; each stroke is an edit, which Undo takes back. By keyboard: arrows move the cross (with Shift further), Enter puts a row there,
        Delete takes the nearest away${data.classes ? `, ${data.classes.length > 1 ? `1–${Math.min(data.classes.length, 9)}` : "1"} choose the class` : ""}, 0 is the eraser, Escape ends. Learning starts over from iteration 1.</p>`}
  </section>`;
}

/** @param {{data: Rows}} props */
function Inks({ data: { classes, target_names } }) {
  const colour = (/** @type {number} */ k) => shade((classes?.length ?? 0) > 2 || k === 1 ? 1 : -1, "activation", theme.value);
  const pick = (/** @type {number} */ k) => {
    chosen.value = k;
    erasing.value = false;
  };
  return html`<div class="choices inks" role="group" aria-label="Draw">
    ${classes?.map((name, k) => html`<button key=${name} data-ink=${k} aria-pressed=${!erasing.value && ink.value.value === k} onClick=${() => pick(k)}>
      <svg viewBox="-8 -8 16 16" aria-hidden="true"><path class="point" d=${SHAPES[k % SHAPES.length]} fill=${colour(k)} /></svg> ${name}</button>`)}
    ${!classes && html`<button aria-pressed=${!erasing.value} onClick=${() => (erasing.value = false)}>Pencil</button>`}
    <button id="eraser" aria-pressed=${erasing.value} onClick=${() => (erasing.value = true)}>Eraser</button></div>
    ${!classes && varying.value.up !== null && html`<${Field} label=${`Target${target_names.length === 1 ? ` ${target_names[0]}` : ""}`} value=${chosen.peek()} onChange=${(/** @type {number} */ value) => (chosen.value = value)} />`}`;
}
