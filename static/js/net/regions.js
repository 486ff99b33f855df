/**
 * What each neuron makes of the plane of inputs, as one image with a square for each, one under the other.
 * @import {Spec, Tensor} from "../types.js"
 * @import {Theme} from "./colour.js"
 */
import { SHADES, shadesOf } from "./plane.js";

/**
 * @typedef {object} Regions
 * @property {ArrayLike<number>} shades of the squares, row by row, the highest first
 * @property {number} size of a square
 * @property {Uint32Array} palette the colour of each shade, as its bytes lie in an image
 * @property {Map<string, number>} places which square is a neuron's, by its id in the scene
 */

/** The last one is for what is no number. @type {Map<Theme, Uint32Array>} */
const palettes = new Map();

/** @param {Theme} theme */
function paletteOf(theme) {
  const known = palettes.get(theme);
  if (known) return known;
  const bytes = new Uint8ClampedArray(4 * (SHADES + 1));
  const table = shadesOf(theme);
  for (let k = 0; k < SHADES; k += 1) bytes.set([...table.subarray(3 * k, 3 * k + 3), 255], 4 * k);
  const palette = new Uint32Array(bytes.buffer);
  palettes.set(theme, palette);
  return palette;
}

/** Which square is a neuron's. @param {Spec} spec */
export const squaresOf = ({ layers }) => new Map(layers.slice(1).flatMap(({ units }, k) => Array.from({ length: units }, (_, unit) => `n${k + 1}.${unit}`)).map((name, k) => [name, k]));

/**
 * @param {Tensor} shades bytes (neuron, row, column), layer by layer
 * @param {Map<string, number>} places @param {Theme} theme
 * @returns {Regions | null} null when they are of another network
 */
export const regionsOf = ({ shape: [count, size = 0], data }, places, theme) => (places.size === count ? { shades: data, size, palette: paletteOf(theme), places } : null);

/** Which points of a square lie in a neuron and not on its edge. @type {Map<string, Uint8Array>} */
const insides = new Map();

/** @param {number} size @param {{w: number, r: number}} body half its width and height @param {number} edge @returns {Uint8Array} 1 inside, row by row */
export function insideOf(size, { w, r }, edge) {
  const key = `${size} ${w.toFixed(1)} ${r.toFixed(1)} ${edge}`;
  const known = insides.get(key);
  if (known) return known;
  const at = (/** @type {number} */ k, /** @type {number} */ half) => Math.abs(((2 * k + 1) / size - 1) * half);
  const inside = Uint8Array.from({ length: size * size }, (_, k) => Number(Math.hypot(Math.max(at(k % size, w) - (w - r), 0), at(Math.floor(k / size), r)) <= r - edge));
  if (insides.size > 50) insides.clear();
  insides.set(key, inside);
  return inside;
}
