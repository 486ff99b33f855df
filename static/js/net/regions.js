/**
 * What each neuron makes of the plane of inputs, as one image with a square for each, one under the other.
 * @import {Spec, Tensor} from "../types.js"
 * @import {Theme} from "./colour.js"
 */
import { SHADES, shadesOf } from "./plane.js";

/** @typedef {{bytes: Uint8ClampedArray<ArrayBuffer>, size: number, places: Map<string, number>}} Regions the image, its squares' size, and which square is a neuron's, by its id in the scene */

/** Colours by their bytes in memory, the last one for what is no number. @type {Map<Theme, Uint32Array>} */
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

/**
 * @param {Tensor} shades bytes (neuron, row, column), layer by layer, the highest row first
 * @param {Spec} spec @param {Theme} theme
 * @returns {Regions | null} null when they are of another network
 */
export function regionsOf({ shape: [count = 0, size = 0], data }, { layers }, theme) {
  const names = layers.slice(1).flatMap(({ units }, k) => Array.from({ length: units }, (_, unit) => `n${k + 1}.${unit}`));
  if (names.length !== count) return null;
  const [palette, pixels] = [paletteOf(theme), new Uint32Array(data.length)];
  for (let k = 0; k < data.length; k += 1) pixels[k] = palette[data[k] ?? SHADES] ?? 0;
  return { bytes: new Uint8ClampedArray(pixels.buffer), size, places: new Map(names.map((name, k) => [name, k])) };
}
