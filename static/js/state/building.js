/**
 * Building on the picture: layers, neurons, activations and the loss changed where they stand.
 * @import {LayerSpec, Spec} from "../types.js"
 */
import { signal } from "@preact/signals";
import { insertedAt, removedAt, stillFrozen } from "../net/freezing.js";
import { activated, inserted, resized, without } from "../net/shape.js";
import { reshape } from "./edits.js";
import { session } from "./session.js";
import { building, guess, panel } from "./view.js";
import { say } from "../words/say.js";

/** What the last change was and what came of it, in words. */
export const built = signal("");

/** Begins or ends building; it is done on the network. */
export function toggleBuilding() {
  building.value = !building.value;
  built.value = "";
  if (!building.value) return;
  guess.value = null;
  if (panel.peek() !== "both") panel.value = "network";
}

/** @param {(spec: Spec) => Partial<Spec>} make @param {string} said */
async function change(make, said) {
  const [before, was] = [sizes(), frozen().length];
  const agreed = await reshape(make);
  if (!agreed) return;
  built.value = say(before === sizes() ? "built.stay" : "built.drawn", { said });
  if (frozen().length < was) built.value += ` ${say("built.thawed", { names: frozen().join(", ") || "–" })}`;
}

const sizes = () => String(session.peek()?.spec.layers.map(({ units }) => units));
const frozen = () => session.peek()?.spec.frozen ?? [];

/** Other sizes; what is still there stays frozen. @param {(layers: LayerSpec[]) => LayerSpec[]} make @param {string} said @param {(layer: number) => number} [moved] */
const resize = (make, said, moved) => change((spec) => {
  const layers = make(spec.layers);
  return { layers, frozen: stillFrozen(spec.frozen ?? [], layers, moved) };
}, said);

/** @param {number} layer @param {number} by @param {string} name */
export const grow = (layer, by, name) => resize((layers) => resized(layers, layer, by), say(by > 0 ? "built.more" : "built.fewer", { name }));

/** @param {number} after */
export const addLayer = (after) => resize((layers) => inserted(layers, after), say("built.layer"), insertedAt(after + 1));

/** @param {number} layer @param {string} name */
export const removeLayer = (layer, name) => resize((layers) => without(layers, layer), say("built.gone", { name }), removedAt(layer));

/** @param {number} layer @param {string} activation @param {string} name */
export const activate = (layer, activation, name) => change(({ layers }) => ({ layers: activated(layers, layer, activation) }), say("built.has", { name, activation }));

/** @param {string} loss @param {string} name */
export const chooseLoss = (loss, name) => change(() => ({ loss }), say("built.loss", { name }));
