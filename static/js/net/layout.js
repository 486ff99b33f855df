/**
 * Where everything stands: columns of neurons, curved links, places for the numbers. Geometry only.
 * @import {Row} from "./elision.js"
 */
import { rowsOf } from "./elision.js";

/**
 * @typedef {{unit: number, x: number, y: number, r: number, w: number}} Spot a neuron: half height `r`, half width `w`
 * @typedef {{skipped: number, x: number, y: number}} Gap
 * @typedef {{layer: number, x: number, spots: Spot[], one: Spot | null, gaps: Gap[], chip: boolean, caption: boolean, headroom: boolean, foot: number}} Column
 *   `one` is the neuron of value 1 from which the biases of the next layer come; there is headroom for a line over one neuron, if not for a
 *   caption over each; a foot is room under the neurons
 * @typedef {{width: number, height: number, narrow: boolean, columns: Column[], cost: {x: number, y: number, w: number, h: number}}} Layout
 * @typedef {{x1: number, y1: number, x2: number, y2: number}} Curve
 * @typedef {{units: number[], keep: number[][], width: number, height: number, names: string[], feet: boolean[], ones: boolean, building: boolean, moved: Moved}} Room
 * @typedef {{[id: string]: {dx: number, dy: number}}} Moved how far neurons were dragged from their places
 */

const TITLE = 70;
const FOOT = 52;
/** Room for a line above a neuron and a chip below it. */
const CAPTIONED = 45;
const NARROW = 680;
const SPACIOUS = 900;
const SMALLEST_COLUMN = 96;
/** A neuron stays nearer to its own column than to another. */
const DRAGGED = 0.35;
/** On a phone so many links between two layers want a wider column; the picture scrolls then. */
const CROWD = 12;
const CROWDED_COLUMN = 124;
/** A line over a neuron with some air. */
const HEADROOM = 24;
const COST_ROW = 340;
/** From the middle of the cost to below the verdict under it. */
const VERDICT = 137;
/** Room for controls: above the neurons, below them where the cost lies there, and from layer to layer. */
const BUILDING = { head: 138, foot: 42, column: 124 };
/** The row of the neuron of value 1. @type {{one: true}[]} */
const ONE = [{ one: true }];

/**
 * @param {Room} room units of each layer, the units that must be drawn, the space there is, the inputs' names, layers with a foot, whether biases are links, whether controls stand at the headings and the cost, what was dragged
 * @returns {Layout}
 */
export function layoutOf({ units, keep, width, height, names, feet, ones, building, moved }) {
  const narrow = width < NARROW;
  const left = narrow ? Math.min(Math.max(...names.map((name) => name.length * 4 + 6), 42), 60) : Math.min(Math.max(...names.map((name) => name.length * 8), 20), 150) + 52;
  const tight = width < SPACIOUS;
  const right = narrow ? 122 : tight ? 270 : 312;
  const column = building ? BUILDING.column : narrow && crowded(units) ? CROWDED_COLUMN : SMALLEST_COLUMN;
  const full = Math.max(width, left + right + column * (units.length - 1));
  const step = (full - left - right) / Math.max(units.length - 1, 1);
  const head = building ? BUILDING.head : TITLE;
  const bottom = (narrow ? 76 : 16) + (building && narrow ? BUILDING.foot : 0);
  const columns = units.map((count, layer) =>
    columnOf(layer, left + layer * step, [...rowsOf(count, keep[layer] ?? []), ...(ones && layer < units.length - 1 ? ONE : [])], [head, height - bottom], { footed: feet[layer] ?? false, chips: !ones && layer > 0, narrow }));
  for (const { layer, spots } of columns) {
    for (const spot of spots) {
      const { dx = 0, dy = 0 } = moved[`n${layer}.${spot.unit}`] ?? {};
      spot.x += Math.min(Math.max(dx, -DRAGGED * step), DRAGGED * step);
      spot.y = Math.min(Math.max(spot.y + dy, head + spot.r), height - bottom - spot.r);
    }
  }
  const cost = narrow
    ? { x: full - 12 - Math.min(full - 24, COST_ROW) / 2, y: height - 36, w: Math.min(full - 24, COST_ROW), h: 56 }
    : { x: full - (tight ? 62 : 80), y: Math.min((head + height - bottom) / 2, height - VERDICT), w: tight ? 108 : 120, h: 112 };
  return { width: full, height, narrow, columns, cost };
}

/** @param {number[]} units */
const crowded = (units) => units.some((count, layer) => layer > 0 && count * (units[layer - 1] ?? 0) > CROWD);

/**
 * @param {number} layer @param {number} x @param {(Row | {one: true})[]} rows @param {[number, number]} between top and bottom @param {{footed: boolean, chips: boolean, narrow: boolean}} has
 * @returns {Column}
 */
function columnOf(layer, x, rows, [head, end], { footed, chips, narrow }) {
  const bottom = footed ? end - FOOT : end;
  const pitch = Math.min((bottom - head) / rows.length, 150);
  const start = (head + bottom) / 2 - (pitch * rows.length) / 2;
  const caption = pitch >= 2 * CAPTIONED;
  const r = caption ? Math.min((pitch - CAPTIONED) / 2, 31) : Math.max(pitch * 0.3, 12);
  const w = Math.max(r, 27);
  const chip = chips && pitch - 2 * r >= 21 && (caption || !narrow);
  /** @type {Column} */
  const column = { layer, x, spots: [], one: null, gaps: [], chip, caption, headroom: pitch - 2 * r >= HEADROOM, foot: start + pitch * rows.length + FOOT / 2 };
  for (const [place, row] of rows.entries()) {
    const y = start + pitch * (place + 0.5) + (chip && !caption ? -8 : 0);
    if ("unit" in row) column.spots.push({ unit: row.unit, x, y, r, w });
    else if ("skipped" in row) column.gaps.push({ skipped: row.skipped, x, y });
    else column.one = { unit: -1, x, y, r: Math.min(r, 18), w: Math.min(r, 18) };
  }
  return column;
}

/**
 * The link between two spots. Arrival points are spread over the neuron's side, so that parallel links stay apart.
 * @param {Spot} from @param {Spot} to
 * @param {{departing: [number, number], arriving: [number, number]}} place rank and count, at either end
 * @returns {Curve}
 */
export function curve(from, to, { departing, arriving }) {
  const out = spread(departing, from.r * 0.35);
  const into = spread(arriving, to.r * 0.72);
  return { x1: from.x + edge(from, out), y1: from.y + out, x2: to.x - edge(to, into), y2: to.y + into };
}

/** @param {[number, number]} place @param {number} reach */
const spread = ([rank, count], reach) => (count < 2 ? 0 : ((2 * rank) / (count - 1) - 1) * reach);

/** Half width of a neuron's outline, `off` above or below its middle. @param {Spot} spot @param {number} off */
const edge = (spot, off) => spot.w - spot.r + Math.sqrt(spot.r ** 2 - off ** 2);

const BEND = 0.42;

/** @param {Curve} c an SVG path */
export function pathOf({ x1, y1, x2, y2 }) {
  const bend = (x2 - x1) * BEND;
  return `M${tenth(x1)} ${tenth(y1)}C${tenth(x1 + bend)} ${tenth(y1)} ${tenth(x2 - bend)} ${tenth(y2)} ${tenth(x2)} ${tenth(y2)}`;
}

/** To a tenth of a pixel, which is near enough and short. @param {number} x */
export const tenth = (x) => Math.round(x * 10) / 10;

/** The point at `t` (0 to 1) of a curve. @param {Curve} c @param {number} t */
export function pointAt({ x1, y1, x2, y2 }, t) {
  const s = 1 - t;
  const bend = (x2 - x1) * BEND;
  const x = s ** 3 * x1 + 3 * s * s * t * (x1 + bend) + 3 * s * t * t * (x2 - bend) + t ** 3 * x2;
  const y = (s ** 3 + 3 * s * s * t) * y1 + (3 * s * t * t + t ** 3) * y2;
  return { x: tenth(x), y: tenth(y) };
}

const PLACES = [0.5, 0.42, 0.36, 0.3, 0.25, 0.58, 0.64, 0.7];
const LINE = 19;

/**
 * Where along their curves the labels of a layer's links stand furthest apart, and whether there is room for all.
 * @param {Curve[]} curves
 * @returns {{at: number, fits: boolean}}
 */
export function labelPlace(curves) {
  let best = { at: 0.5, fits: false };
  let widest = -1;
  for (const at of curves.length > 60 ? [] : PLACES) {
    const ys = curves.map((c) => pointAt(c, at).y).sort((a, b) => a - b);
    const apart = Math.min(...ys.slice(1).map((y, k) => y - (ys[k] ?? 0)), 40);
    if (apart > widest + 1) [widest, best] = [apart, { at, fits: apart >= LINE && roomy(curves) }];
  }
  return best;
}

/** @param {Curve[]} curves */
const roomy = (curves) => curves.every(({ x1, x2 }) => x2 - x1 >= 84);
