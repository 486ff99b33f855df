/**
 * What is drawn on the plot of the function: a class or a target, or nothing, by the eraser.
 * @import {Rows} from "../types.js"
 */
import { html } from "htm/preact";
import { shade } from "../net/colour.js";
import { called } from "../net/rows.js";
import { SHAPES } from "../net/shapes.js";
import { theme } from "../state/preferences.js";
import { chosen, drawable, drawing, erasing, ink, toggleDrawing } from "../state/pencil.js";
import { varying } from "../state/plane.js";
import { rows, session } from "../state/session.js";
import { Field } from "../ui/field.js";
import { say } from "../words/say.js";

export function Pencil() {
  const data = rows.value;
  if (!data || !drawable.value) return null;
  return html`<section class="pencil" aria-label=${say("pencil.title")}>
    <button id="draw" aria-pressed=${drawing.value} onClick=${toggleDrawing}>${say("pencil.draw")}</button>
    ${drawing.value && html`<${Inks} data=${session.value ? called(data, session.value.data) : data} /><p class="hint">${say("pencil.hint")} ${data.classes && say("pencil.classes")}</p>`}
  </section>`;
}

/** @param {{data: Rows}} props */
function Inks({ data: { classes, target_names } }) {
  const colour = (/** @type {number} */ k) => shade((classes?.length ?? 0) > 2 || k === 1 ? 1 : -1, "activation", theme.value);
  const pick = (/** @type {number} */ k) => {
    chosen.value = k;
    erasing.value = false;
  };
  return html`<div class="choices inks" role="group" aria-label=${say("pencil.inks")}>
    ${classes?.map((name, k) => html`<button key=${name} data-ink=${k} aria-pressed=${!erasing.value && ink.value.value === k} onClick=${() => pick(k)}>
      <svg viewBox="-8 -8 16 16" aria-hidden="true"><path class="point" d=${SHAPES[k % SHAPES.length]} fill=${colour(k)} /></svg> ${name}</button>`)}
    ${!classes && html`<button aria-pressed=${!erasing.value} onClick=${() => (erasing.value = false)}>${say("pencil.pencil")}</button>`}
    <button id="eraser" aria-pressed=${erasing.value} onClick=${() => (erasing.value = true)}>${say("pencil.eraser")}</button></div>
    ${!classes && varying.value.up !== null && html`<${Field} label=${say("pencil.target", { name: target_names.length === 1 ? (target_names[0] ?? "") : "" })} value=${chosen.peek()} onChange=${(/** @type {number} */ value) => (chosen.value = value)} />`}`;
}
