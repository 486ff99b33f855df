/**
 * Which neuron is looked at as a function, and over which inputs.
 * @import {Neuron} from "../state/plane.js"
 * @import {State} from "../types.js"
 */
import { html } from "htm/preact";
import { neuronName, sign } from "../net/places.js";
import { axes, grid, letter, neuron, picked, varying } from "../state/plane.js";
import { session, signs } from "../state/session.js";
import { Choice } from "../ui/field.js";
import { Saves } from "../ui/saves.js";
import { say } from "../words/say.js";

export function Looking() {
  const state = session.value;
  return state && html`<div class="function-choices"><${Neurons} state=${state} /><${Letters} /><${Axes} state=${state} /><${Saves} name="function" table=${() => tableOf(state)} /></div>`;
}

/** @param {{state: State}} props */
function Neurons({ state: { spec, data } }) {
  const options = spec.layers.flatMap(({ units }, layer) => (layer === 0 ? [] : Array.from({ length: units }, (_, unit) => ({ layer, unit }))));
  const named = (/** @type {Neuron} */ { layer, unit }) => `${layer}.${unit}`;
  return html`<${Choice} label=${say("looking.neuron")} value=${named(neuron.value)} options=${options.slice(0, 400).map((one) => ({ name: named(one), title: neuronName(spec, data, one.layer, one.unit) }))}
    onChange=${(/** @type {string} */ name) => (picked.value = options.find((one) => named(one) === name) ?? null)} />`;
}

const Letters = () => html`<${Choice} label=${say("looking.its")} value=${letter.value} options=${[{ name: "a", title: say("looking.activation", { sign: sign("a", signs.value) }) }, { name: "z", title: say("looking.sum", { sign: sign("z", signs.value) }) }]}
  onChange=${(/** @type {string} */ name) => (letter.value = name === "z" ? "z" : "a")} />`;

/** Which inputs vary, where there are more than two; the others are those of the example shown. @param {{state: State}} props */
function Axes({ state: { spec, data, batch } }) {
  const inputs = spec.layers[0]?.units ?? 0;
  if (inputs < 3) return null;
  const options = Array.from({ length: inputs }, (_, k) => ({ name: String(k), title: data.features[k] ?? say("unit.input", { name: k + 1 }) }));
  const { across, up } = varying.value;
  const turn = (/** @type {Partial<{across: number, up: number}>} */ change) => (axes.value = { across, up: up ?? 1, ...change });
  return html`<${Choice} label=${say("landscape.across")} value=${String(across)} options=${options} onChange=${(/** @type {string} */ name) => turn({ across: Number(name) })} />
    <${Choice} label=${say("landscape.up")} value=${String(up)} options=${options} onChange=${(/** @type {string} */ name) => turn({ up: Number(name) })} />
    <p class="hint">${say("looking.others", { number: batch.shown + 1 })}</p>`;
}

/** The neuron's numbers over the inputs that vary. @param {State} state */
function tableOf({ spec, data }) {
  const { layer, unit } = neuron.peek();
  const { across, up } = varying.peek();
  const shown = grid.peek();
  const names = [across, ...(up === null ? [] : [up])].map((feature) => data.features[feature] ?? say("unit.input", { name: feature + 1 }));
  const rows = Array.from(shown?.values ?? [], (value, k) => {
    const width = shown?.width ?? 1;
    return [shown?.across[k % width] ?? null, ...(up === null ? [] : [shown?.up[Math.floor(k / width)] ?? null]), value];
  });
  return { head: [...names, say("looking.of", { sign: letter.peek(), name: neuronName(spec, data, layer, unit) })], rows };
}
