/**
 * What each example of a batch adds to a gradient: its own δ times the activation at the weight, its share of the mean.
 * @import {Ref, Tape} from "../types.js"
 */
import { parts } from "./places.js";

/**
 * @typedef {{row: number, value: number, from: number, to: number}} Contribution
 * the row of the data, its own gradient, and where the sum of the shares stands before and after it
 * @typedef {{contributions: Contribution[], mean: number, low: number, high: number}} Contributions with the reach of all sums
 */

/** @param {Tape} tape @param {Ref} parameter a weight or a bias @returns {Contributions | null} null where the tape has no such numbers */
export function contributionsOf({ tensors, batch, examples }, { tensor, index: [unit = 0, from] }) {
  const layer = parts(tensor).layer ?? 0;
  const deltas = tensors[`dz${layer}`];
  // What dropout kept is what the weight saw.
  const inputs = tensors[`kept${layer - 1}`] ?? tensors[`a${layer - 1}`];
  if (!deltas || !inputs) return null;
  const at = (/** @type {import("../types.js").Tensor} */ { data, shape }, /** @type {number} */ example, /** @type {number} */ of) => data[example * (shape[1] ?? 1) + of] ?? NaN;
  let sum = 0;
  const contributions = Array.from({ length: batch }, (_, k) => {
    const value = at(deltas, k, unit) * (from === undefined ? 1 : at(inputs, k, from));
    const before = sum;
    sum += value / batch;
    return { row: examples[k] ?? 0, value, from: before, to: sum };
  });
  const ends = [0, ...contributions.map(({ to }) => to)];
  return { contributions, mean: sum, low: Math.min(...ends), high: Math.max(...ends) };
}
