/**
 * What the current step is about: the places that stay bright while the rest is dimmed, and the one being written.
 * @import {StepRecord} from "../types.js"
 */
import { idOf, placeOf } from "./places.js";

/**
 * @typedef {object} Focus
 * @property {string | null} current the place that the last operation wrote
 * @property {(id: string) => boolean} holds whether a place belongs to the step
 * @property {boolean} whole nothing is to be dimmed
 */

/** @type {Focus} */
const EVERYTHING = { current: null, holds: () => true, whole: true };

/** @param {StepRecord | null} record @returns {Focus} */
export function focusOf(record) {
  if (!record) return EVERYTHING;
  const { explanation, granularity, phase, layer, neuron } = record;
  const current = idOf(placeOf(explanation));
  if (granularity === "pass" || layer === null) return { ...EVERYTHING, current };
  const named = new Set([current, ...explanation.operands.map((operand) => idOf(placeOf(operand)))]);
  if (granularity === "operation") return { current, holds: (id) => named.has(id), whole: false };
  const wide = granularity === "layer" ? null : neuron;
  return { current, holds: (id) => named.has(id) || concerns(id, phase, layer, wide), whole: false };
}

/**
 * Whether a place takes part in what a layer (or one of its neurons) does in a phase.
 * @param {string} id @param {string} phase @param {number} layer @param {number | null} neuron null for the whole layer
 */
function concerns(id, phase, layer, neuron) {
  const [own = -1, unit = -1, from = -1] = id.slice(1).split(".").map(Number);
  const mine = neuron === null || unit === neuron;
  if (id.startsWith("l")) return own === layer ? mine : phase === "backward" && own === layer + 1 && (neuron === null || from === neuron);
  if (id.startsWith("n")) return own === layer ? mine : own === layer - 1 || (phase === "backward" && own === layer + 1);
  if (id.startsWith("b")) return own === layer && mine;
  return phase === "loss" && id.startsWith("o");
}
