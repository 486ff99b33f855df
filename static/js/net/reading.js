/**
 * What may be seen now: a tape, masked by how far each tensor is written.
 * @import {Prediction, Reading, Tape} from "../types.js"
 */

/** Tensors whose first axis is the example. */
const PER_EXAMPLE = /^(a|z|da|dz|max|sum|inner)\d+$|^(y|share|own)$/;

/** What an iteration starts with is always there. */
const GIVEN = /^(a0|y|[Wb]\d+)$/;

/**
 * @param {Tape} tape
 * @param {{[name: string]: number}} written elements that lie before the cursor, in row-major order
 * @param {number} example row of the data that is shown
 * @returns {Reading}
 */
export function tapeReading(tape, written, example) {
  const slot = Math.max(tape.examples.indexOf(example), 0);
  return (name, ...index) => {
    const tensor = tape.tensors[name];
    if (!tensor) return null;
    const own = PER_EXAMPLE.test(name);
    const shape = own ? tensor.shape.slice(1) : tensor.shape;
    if (index.length !== shape.length) return null;
    const at = rowMajor(index, shape);
    if (at < 0 || at >= (written[name] ?? (GIVEN.test(name) ? Infinity : 0))) return null;
    const size = shape.reduce((product, n) => product * n, 1);
    return tensor.data[own ? slot * size + at : at] ?? null;
  };
}

/** @param {number[]} index @param {number[]} shape */
function rowMajor(index, shape) {
  let at = 0;
  for (const [axis, i] of index.entries()) {
    const n = shape[axis] ?? 0;
    if (i < 0 || i >= n) return -1;
    at = at * n + i;
  }
  return at;
}

/**
 * The numbers of inputs that were typed in: activations and sums; parameters come from the tape.
 * @param {Prediction} prediction
 * @param {Reading} parameters
 * @returns {Reading}
 */
export function predictionReading(prediction, parameters) {
  return (name, ...index) => {
    const [, kind = "", layer = ""] = /^([a-zA-Z]+)(\d*)/.exec(name) ?? [];
    if (kind === "W" || kind === "b") return name.endsWith(".new") ? null : parameters(name, ...index);
    const values = kind === "a" ? prediction.layers[Number(layer)] : kind === "z" ? prediction.sums[Number(layer) - 1] : null;
    const value = values?.[0]?.[index[0] ?? -1];
    return value === undefined ? null : Number(value);
  };
}
