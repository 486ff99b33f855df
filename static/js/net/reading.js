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
  /** What is the same for all elements of a tensor. */
  const known = lazily((name) => {
    const tensor = tape.tensors[name];
    if (!tensor) return null;
    const own = PER_EXAMPLE.test(name);
    const shape = own ? tensor.shape.slice(1) : tensor.shape;
    return { data: tensor.data, shape, from: own ? slot * shape.reduce((product, n) => product * n, 1) : 0 };
  });
  const element = (/** @type {string} */ name, /** @type {number[]} */ index) => {
    const tensor = known(name);
    const at = tensor ? rowMajor(index, tensor.shape) : -1;
    return tensor && at >= 0 ? { at, value: tensor.data[tensor.from + at] ?? NaN } : null;
  };
  const isTerm = lazily((name) => TERM.test(name));
  const end = lazily((name) => visible(tape, written, name));
  return (name, ...index) => {
    const found = isTerm(name) ? term(element, tape, name, index) : element(name, index);
    return found && found.at < end(name) ? found.value : null;
  };
}

/** A function of a name, computed once for each. @template T @param {(name: string) => T} compute @returns {(name: string) => T} */
function lazily(compute) {
  /** @type {Map<string, T>} */
  const known = new Map();
  return (name) => {
    const value = known.get(name);
    if (value !== undefined) return value;
    const computed = compute(name);
    known.set(name, computed);
    return computed;
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
  for (let axis = 0; axis < shape.length; axis += 1) {
    const [i, n] = [index[axis] ?? -1, shape[axis] ?? 0];
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
