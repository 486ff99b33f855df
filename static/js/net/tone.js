/**
 * A number as a tone: the higher, the larger it is on its quantity's scale; it rises for plus and falls for minus.
 * @import {Quantity} from "./colour.js"
 */
import { magnitude } from "./colour.js";

/** @typedef {{from: number, to: number}} Tone where it begins and where it ends, in hertz */

const [LOWEST, OCTAVES, GLIDE] = [196, 2, 2 ** (5 / 12)];

/** @param {string} tensor @returns {Quantity} */
export const quantityOf = (tensor) => (/^(a|z|y|kept)\d*$/.test(tensor) ? "activation" : /^[Wb]\d/.test(tensor) ? "weight" : "gradient");

/** @param {number} value @param {Quantity} quantity @returns {Tone | null} null for what is not a finite number */
export function toneOf(value, quantity) {
  if (!Number.isFinite(value)) return null;
  const from = LOWEST * 2 ** (OCTAVES * magnitude(value, quantity));
  return { from, to: from * GLIDE ** Math.sign(value) };
}
