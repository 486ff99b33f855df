/**
 * Building on the picture: what stands over it, and the bar that says so.
 */
import { html } from "htm/preact";
import { idOf, placeOf } from "../net/places.js";
import { activate, addLayer, built, chooseLoss, grow, removeLayer, toggleBuilding } from "../state/building.js";
import { moved, putBack, scale, scene } from "../state/drawing.js";
import { setParameter } from "../state/edits.js";
import { catalog, reading, session } from "../state/session.js";
import { building, editing, typedAhead } from "../state/view.js";
import { BuildControls } from "../ui/build.js";
import { ValueField } from "../ui/valuefield.js";
import { say } from "../words/say.js";

export function BuildBar() {
  if (!building.value) return null;
  return html`<div class="build-bar" role="group" aria-label=${say("build.title")}>
    <p><b>${say("build.now")}</b> <span role="status">${built.value || say("build.how")}</span></p>
    ${Object.keys(moved.value).length > 0 && html`<button onClick=${() => putBack()}>${say("build.back")}</button>`}
    <button id="build-done" class="primary" onClick=${toggleBuilding} title=${say("build.leave")}>${say("build.done")}</button></div>`;
}

/** @type {import("../ui/build.js").Doing} */
const DOING = {
  grow: ({ layer, name }, by) => grow(layer, by, name),
  remove: ({ layer, name }) => {
    removeLayer(layer, name);
    document.getElementById("build-done")?.focus();
  },
  add: addLayer,
  activate: ({ layer, name }, activation) => activate(layer, activation, name),
  lose: (loss) => chooseLoss(loss, catalog.peek()?.losses.find(({ name }) => name === loss)?.title ?? loss),
};

export function Build() {
  const [state, drawn, entries] = [session.value, scene.value, catalog.value];
  if (!building.value || !state || !drawn || !entries) return null;
  const cost = drawn.boxes.find(({ id }) => id === "cost");
  return html`<${BuildControls} heads=${drawn.heads} cost=${cost ? { x: cost.x, y: cost.y - cost.h / 2 } : null} scale=${scale.value}
    activations=${entries.activations} losses=${entries.losses} loss=${state.spec.loss} doing=${DOING} />`;
}

const close = () => {
  editing.value = null;
  typedAhead.value = "";
};

/** The field of the weight or bias that is being edited, at its link or chip. */
export function ValueHere() {
  const [of, drawn] = [editing.value, scene.value];
  if (!of || !drawn) return null;
  const id = idOf(placeOf(of));
  const chip = drawn.neurons.find((neuron) => neuron.chip?.id === id)?.chip;
  const link = drawn.links.find((one) => one.id === id);
  const [at, aria] = [chip ?? link?.middle, (chip ?? link)?.aria ?? ""];
  const value = reading.value(of.tensor, ...of.index);
  if (!at || value === null) return null;
  return html`<${ValueField} key=${id} label=${say("build.value", { name: aria.split(":")[0] ?? "" })} value=${value} x=${at.x * scale.value} y=${at.y * scale.value}
    onSet=${(/** @type {number} */ typed) => typed !== value && setParameter(of, typed)} onClose=${close} typed=${typedAhead.peek()} />`;
}
