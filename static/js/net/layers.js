/**
 * Each layer's numbers at a glance: how activations, deltas, gradients and parameters are spread, how large they are,
 * and how far the update moves the parameters. Only what is written counts.
 * @import {Spec, Tape} from "../types.js"
 */
import { PER_EXAMPLE, visible } from "./reading.js";
import { around } from "./ticks.js";

const BARS = 14;

/**
 * @typedef {object} Spread
 * @property {string[]} tensors whose numbers these are
 * @property {number} count how many are written
 * @property {number} of how many there will be
 * @property {number} strange how many are not finite; they are in no bar and in no norm
 * @property {number} norm the root of the sum of the squares
 * @property {number} rms the root of their mean
 * @property {number} low @property {number} high
 * @property {number[]} edges of the bars, one more than there are bars
 * @property {number[]} bars how many numbers lie in each, its lower edge included; the last one has its upper edge too
 */
/** @typedef {{layer: number, activations: Spread, deltas: Spread | null, gradients: Spread | null, parameters: Spread | null, ratio: number | null}} LayerNumbers */

/**
 * @param {Tape} tape @param {{[name: string]: number}} written @param {Spec} spec
 * @returns {LayerNumbers[]}
 */
export function layerNumbers(tape, written, spec) {
  const spread = (/** @type {string[]} */ ...tensors) => spreadOf(tape, written, tensors);
  return spec.layers.map((_, layer) => {
    if (layer === 0) return { layer, activations: spread("a0"), deltas: null, gradients: null, parameters: null, ratio: null };
    return {
      layer, activations: spread(`a${layer}`), deltas: spread(`dz${layer}`), gradients: spread(`dW${layer}`, `db${layer}`),
      parameters: spread(`W${layer}`, `b${layer}`), ratio: ratioOf(tape, written, layer),
    };
  });
}

/** @param {Tape} tape @param {{[name: string]: number}} written @param {string[]} tensors @returns {Spread} */
function spreadOf(tape, written, tensors) {
  const found = tensors.map((name) => numbersOf(tape, written, name));
  const all = found.flatMap(({ values }) => values);
  const finite = all.filter(Number.isFinite);
  const squares = finite.reduce((sum, value) => sum + value * value, 0);
  const [low, high] = finite.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  const edges = finite.length > 0 ? edgesOf(low, high) : [];
  return {
    tensors, count: all.length, of: found.reduce((sum, { of }) => sum + of, 0), strange: all.length - finite.length,
    norm: Math.sqrt(squares), rms: Math.sqrt(squares / Math.max(finite.length, 1)), low, high, edges, bars: counted(finite, edges),
  };
}

/** Where bars begin and end; what is all the same stands at its distance from 0. @param {number} low @param {number} high */
function edgesOf(low, high) {
  if (low < high) return around(low, high, BARS);
  return low === 0 ? around(-1, 1, BARS) : around(Math.min(low, 0), Math.max(high, 0), BARS);
}

/** The numbers of a tensor that may be seen, of all examples of the batch. @param {Tape} tape @param {{[name: string]: number}} written @param {string} name */
function numbersOf(tape, written, name) {
  const tensor = tape.tensors[name];
  if (!tensor) return { values: [], of: 0 };
  const examples = PER_EXAMPLE.test(name) ? tape.batch : 1;
  const each = tensor.data.length / (PER_EXAMPLE.test(name) ? tape.examples.length : 1);
  const seen = Math.min(visible(tape, written, name), each);
  const values = Array.from({ length: examples }, (_, k) => [...tensor.data.subarray(k * each, k * each + seen)]).flat();
  return { values, of: examples * each };
}

/** @param {number[]} values @param {number[]} edges */
function counted(values, edges) {
  const bars = new Array(Math.max(edges.length - 1, 0)).fill(0);
  const [first = 0, second = 1] = edges;
  for (const value of values) {
    let at = Math.min(Math.max(Math.floor((value - first) / (second - first)), 0), bars.length - 1);
    if (at + 1 < bars.length && value >= (edges[at + 1] ?? Infinity)) at += 1;
    else if (at > 0 && value < (edges[at] ?? -Infinity)) at -= 1;
    bars[at] += 1;
  }
  return bars;
}

/** The norm of a layer's update over the norm of its parameters, once the update is done; what is frozen does not move. @param {Tape} tape @param {{[name: string]: number}} written @param {number} layer */
function ratioOf(tape, written, layer) {
  let [moved, size] = [0, 0];
  for (const name of [`W${layer}`, `b${layer}`]) {
    const [before, after] = [tape.tensors[name]?.data, tape.tensors[`${name}.new`]?.data];
    if (!before || !after || (written[`${name}.new`] ?? Infinity) < after.length) return null;
    for (const [k, value] of before.entries()) {
      moved += ((after[k] ?? 0) - value) ** 2;
      size += value * value;
    }
  }
  return Math.sqrt(moved) / Math.sqrt(size);
}
