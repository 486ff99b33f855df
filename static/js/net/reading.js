/**
 * What may be seen now: a tape, masked by how far each tensor is written.
 * @import {Prediction, Reading, Tape, Wire} from "../types.js"
 */
import { parts } from "./places.js";

/** Tensors whose first axis is the example. */
export const PER_EXAMPLE = /^(a|z|da|dz|mask|kept|dkept|max|sum|inner)\d+$|^(y|share|own)$/;

/** Products, the terms of sums. */
const TERM = /^W(a|dz)\d+$/;

/** What an iteration starts with is always there: the batch, the parameters, and what else its update makes new. @param {Tape} tape @param {string} name */
export const given = (tape, name) => /^(a0|y|t|mask\d+|[Wb]\d+)$/.test(name) || `${name}.new` in tape.tensors;

/** How many elements of a tensor may be seen, in row-major order. @param {Tape} tape @param {{[name: string]: number}} written @param {string} name */
export const visible = (tape, written, name) => written[name] ?? (given(tape, name) ? Infinity : 0);

/**
 * @param {Tape} tape
 * @param {{[name: string]: number}} written elements that lie before the cursor, in row-major order
 * @param {number} example row of the data that is shown
 * @returns {Reading}
 */
export function tapeReading(tape, written, example) {
  const slot = Math.max(tape.examples.indexOf(example), 0);
  const element = (/** @type {string} */ name, /** @type {number[]} */ index) => {
    const tensor = tape.tensors[name];
    if (!tensor) return null;
    const own = PER_EXAMPLE.test(name);
    const shape = own ? tensor.shape.slice(1) : tensor.shape;
    const size = shape.reduce((product, n) => product * n, 1);
    const at = rowMajor(index, shape);
    return at < 0 ? null : { at, value: tensor.data[own ? slot * size + at : at] ?? NaN };
  };
  return (name, ...index) => {
    const found = TERM.test(name) ? term(element, tape, name, index) : element(name, index);
    return found && found.at < visible(tape, written, name) ? found.value : null;
  };
}

/**
 * A term of a sum: no tape holds it, it is made from its factors. `Wa` is indexed like W, `Wdz` the other way round.
 * @param {(name: string, index: number[]) => {at: number, value: number} | null} element
 * @param {Tape} tape @param {string} name @param {number[]} index
 */
function term(element, tape, name, index) {
  const { kind, layer } = parts(name);
  const back = kind === "Wdz";
  const [to = -1, from = -1] = back ? index.toReversed() : index;
  const [units = 0, inputs = 0] = tape.tensors[`W${layer}`]?.shape ?? [];
  const weight = element(`W${layer}`, [to, from]);
  const other = back ? element(`dz${layer}`, [to]) : element(passedOn(tape, Number(layer) - 1), [from]);
  return weight && other && { at: rowMajor(index, back ? [inputs, units] : [units, inputs]), value: weight.value * other.value };
}

/** What the layer above reads: activations, or what dropout keeps of them. @param {Tape} tape @param {number} layer */
const passedOn = (tape, layer) => (`kept${layer}` in tape.tensors ? `kept${layer}` : `a${layer}`);

/** @param {number[]} index @param {number[]} shape */
function rowMajor(index, shape) {
  if (index.length !== shape.length) return -1;
  let at = 0;
  for (const [axis, i] of index.entries()) {
    const n = shape[axis] ?? 0;
    if (i < 0 || i >= n) return -1;
    at = at * n + i;
  }
  return at;
}

/**
 * The numbers of inputs that were typed in: activations, sums and their terms; parameters come from the tape.
 * @param {Prediction} prediction
 * @param {Reading} parameters
 * @returns {Reading}
 */
export function predictionReading(prediction, parameters) {
  const unit = (/** @type {Wire[][] | undefined} */ rows, /** @type {number} */ at) => {
    const value = rows?.[0]?.[at];
    return value === undefined ? null : Number(value);
  };
  return (name, ...index) => {
    const { kind, layer, after } = parts(name);
    const [to = -1, from = -1] = index;
    if (kind === "W" || kind === "b") return after ? null : parameters(name, ...index);
    if (kind === "a") return unit(prediction.layers[Number(layer)], to);
    if (kind === "z") return unit(prediction.sums[Number(layer) - 1], to);
    const weight = kind === "Wa" ? parameters(`W${layer}`, to, from) : null;
    const below = unit(prediction.layers[Number(layer) - 1], from);
    return weight === null || below === null ? null : weight * below;
  };
}
