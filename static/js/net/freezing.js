/**
 * Which names in a spec freeze a parameter: its layer's, its tensor's or its own.
 * @import {LayerSpec, Ref, Spec} from "../types.js"
 * @import {Part} from "./labels.js"
 */
import { words } from "./labels.js";
import { parts } from "./places.js";

/** @typedef {"" | "W" | "b" | "layer"} Whole what of a layer is frozen: nothing, its weights, its biases, both */

/** A weight's or bias's own name, as `frozen` has it. @param {Ref} ref */
export const elementName = ({ tensor, index }) => `${tensor}[${index.join(",")}]`;

/** The name that freezes a weight or bias, or null. @param {Spec} spec @param {Ref} ref */
export function frozenBy({ frozen = [] }, ref) {
  const names = [`layer ${parts(ref.tensor).layer}`, ref.tensor, elementName(ref)];
  return names.find((name) => frozen.includes(name)) ?? null;
}

/** The sign of what is frozen, behind its number. @param {Spec} spec @param {Ref} ref @returns {Part[]} */
export const frost = (spec, ref) => (frozenBy(spec, ref) ? [words(" ❄")] : []);

/** @param {Pick<Spec, "frozen">} spec @param {number} layer @returns {Whole} */
export function frozenOf({ frozen = [] }, layer) {
  const [weights, biases] = [`W${layer}`, `b${layer}`].map((name) => frozen.includes(name));
  if (frozen.includes(`layer ${layer}`) || (weights && biases)) return "layer";
  return weights ? "W" : biases ? "b" : "";
}

/** The names with another choice for a whole layer. @param {string[]} frozen @param {number} layer @param {Whole} whole */
export function freezeLayer(frozen, layer, whole) {
  const others = frozen.filter((name) => ![`layer ${layer}`, `W${layer}`, `b${layer}`].includes(name));
  return whole === "" ? others : [...others, whole === "layer" ? `layer ${layer}` : `${whole}${layer}`];
}

/** The number that a layer has once another is inserted before the one at a place, or that one is gone; 0 if it is itself gone. */
export const insertedAt = (/** @type {number} */ at) => (/** @type {number} */ layer) => (layer < at ? layer : layer + 1);
export const removedAt = (/** @type {number} */ at) => (/** @type {number} */ layer) => (layer < at ? layer : layer === at ? 0 : layer - 1);

/** What stays frozen in other layers: whatever is still there, by the number that its layer has now. @param {string[]} frozen @param {LayerSpec[]} layers @param {(layer: number) => number} [moved] */
export const stillFrozen = (frozen, layers, moved = (layer) => layer) => frozen.flatMap((name) => {
  const [, what = "", layer = "", row, column] = /^(layer |W|b)(\d+)(?:\[(\d+)(?:,(\d+))?\])?$/.exec(name) ?? [];
  const now = moved(Number(layer));
  const inside = now > 0 && now < layers.length && Number(row ?? 0) < (layers[now]?.units ?? 0) && Number(column ?? 0) < (layers[now - 1]?.units ?? 0);
  return inside ? [`${what}${now}${name.includes("[") ? name.slice(name.indexOf("[")) : ""}`] : [];
});
