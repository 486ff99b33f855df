/**
 * A plane of numbers: its colours, and the line on which they have a given value.
 * @import {Theme} from "./colour.js"
 */
import { ramp } from "./colour.js";

/** @typedef {{low: number, high: number}} Span */
/** @typedef {{middle: number, reach: number}} Range the number in the middle of the scale, and how far it goes to both sides */
/** @typedef {{values: ArrayLike<number>, width: number, height: number}} Grid row-major, the lowest row first */

/** What an activation's values lie around; those of others lie around 0, as far as they reach. @type {{[activation: string]: Range}} */
const RANGES = {
  sigmoid: { middle: 0.5, reach: 0.5 }, softmax: { middle: 0.5, reach: 0.5 }, step: { middle: 0.5, reach: 0.5 }, tanh: { middle: 0, reach: 1 },
};

/** @param {string | null} activation null for sums @param {ArrayLike<number>} values @returns {Range} */
export function rangeOf(activation, values) {
  const known = activation === null ? undefined : RANGES[activation];
  if (known) return known;
  let reach = 0;
  for (let k = 0; k < values.length; k += 1) {
    const size = Math.abs(values[k] ?? 0);
    if (Number.isFinite(size) && size > reach) reach = size;
  }
  return { middle: 0, reach: reach || 1 };
}

/** Where a value lies on its scale, −1 to 1. @param {number} value @param {Range} range */
export const place = (value, { middle, reach }) => Math.min(Math.max((value - middle) / reach, -1), 1);

/** Colours on either side of the middle. */
const STEPS = 127;
/** All of them, from one end of the scale to the other. */
export const SHADES = 2 * STEPS + 1;

/** The ramp as a table, red, green and blue by turns: a picture has tens of thousands of points. @type {Map<Theme, Uint8ClampedArray>} */
const tables = new Map();

/** @param {Theme} theme */
export function shadesOf(theme) {
  const known = tables.get(theme);
  if (known) return known;
  const table = Uint8ClampedArray.from(Array.from({ length: SHADES }, (_, k) => ramp(k / STEPS - 1, "activation", theme)).flat());
  tables.set(theme, table);
  return table;
}

/** The colours of a grid as an image's bytes, its highest row first. @param {Grid} grid @param {Range} range @param {Theme} theme */
export function shades({ values, width, height }, range, theme) {
  const [bytes, table] = [new Uint8ClampedArray(width * height * 4), shadesOf(theme)];
  let at = 0;
  for (let row = height - 1; row >= 0; row -= 1) {
    for (let column = 0; column < width; column += 1) {
      const value = values[row * width + column] ?? NaN;
      const from = 3 * Math.round((1 + (Number.isNaN(value) ? 0 : place(value, range))) * STEPS);
      bytes[at] = table[from] ?? 0;
      bytes[at + 1] = table[from + 1] ?? 0;
      bytes[at + 2] = table[from + 2] ?? 0;
      bytes[at + 3] = Number.isNaN(value) ? 0 : 255;
      at += 4;
    }
  }
  return bytes;
}

/** @typedef {[number, number, number, number]} Segment from (x, y) to (x, y), counted in cells from the grid's first corner */

/** The pieces of the line on which a grid has this value (marching squares). @param {Grid} grid @param {number} level @returns {Segment[]} */
export function contour({ values, width, height }, level) {
  /** @type {Segment[]} */
  const pieces = [];
  const at = (/** @type {number} */ x, /** @type {number} */ y) => (values[y * width + x] ?? NaN) - level;
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      /** @type {[number, number, number][]} the corners in a circle */
      const corners = [[x, y, at(x, y)], [x + 1, y, at(x + 1, y)], [x + 1, y + 1, at(x + 1, y + 1)], [x, y + 1, at(x, y + 1)]];
      const crossed = corners.flatMap((corner, k) => crossing(corner, /** @type {[number, number, number]} */ (corners[(k + 1) % 4])));
      for (let k = 0; k + 1 < crossed.length; k += 2) pieces.push(/** @type {Segment} */ ([.../** @type {[number, number]} */ (crossed[k]), .../** @type {[number, number]} */ (crossed[k + 1])]));
    }
  }
  return pieces;
}

/** Where an edge crosses 0, if it does. @param {[number, number, number]} from @param {[number, number, number]} to @returns {[number, number][]} */
function crossing([x, y, value], [x2, y2, other]) {
  if (value < 0 === other < 0 || !Number.isFinite(value) || !Number.isFinite(other)) return [];
  const t = value / (value - other);
  return [[x + (x2 - x) * t, y + (y2 - y) * t]];
}

/** Round numbers along an axis, about so many. @param {number} low @param {number} high @param {number} [about] @returns {number[]} */
export function ticks(low, high, about = 5) {
  const rough = (high - low) / about;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(Math.floor(high / step) - first + 1, 0) }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}
