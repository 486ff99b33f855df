/**
 * How large the drawing of a graph is and where its nodes stand: as large as it can be read, whole where it fits.
 * @import {Graph, Spec} from "../types.js"
 * @import {Layers} from "./graphlayout.js"
 */
import { heightsOf, layersOf } from "./graphlayout.js";
import { BLOCK, widthsOf } from "./graphnodes.js";

/**
 * @typedef {object} Room
 * @property {Layers} layers
 * @property {number[]} xs @property {number[]} ys of each node and of each place where a long edge passes a column
 * @property {number[]} widths of the nodes
 * @property {{x: number, left: number, clear: number}[]} columns their middle, where their nodes begin, where their numbers end
 * @property {number} width @property {number} height @property {number} scale
 */

const MARGIN = 6;
const TITLE = 34;
/** The last number has no gradient. */
const LAST = 10;
/** Room for a wire and the local derivative on it; into a sum that is 1. */
const WIRE = 39;
const SHORT_WIRE = 13;
const ROW = 42;
const WIDEST_ROW = 62;
const LONGER_WIRE = 70;
/** Type is never smaller than 11 px: 12 at this scale. */
const SMALLEST = 0.92;
const LARGEST = 2.5;

/** @param {Graph} graph @param {Spec} spec @param {{width: number, height: number}} space @returns {Room} */
export function roomOf({ nodes, edges }, spec, space) {
  const layers = layersOf(nodes.length, edges);
  const widths = widthsOf(nodes, spec);
  const wide = layers.columns.map((column) => Math.max(...column.map((node) => widths[node] ?? 0)));
  const wires = layers.columns.slice(1).map((column) => (column.every((node) => /sum|cost/.test(nodes[node]?.kind ?? "")) ? SHORT_WIRE : WIRE));
  const heights = heightsOf(layers, edges);
  const rows = Math.max(...heights, 1) + 1;
  const natural = { width: wide.reduce((sum, w, k) => sum + w + BLOCK + (wires[k] ?? 0), 2 * MARGIN - LAST), height: TITLE + rows * ROW };
  const scale = scaleOf(space, natural);
  const [width, height] = [Math.max(space.width / scale, natural.width), Math.max(space.height / scale, natural.height)];
  const longer = Math.min((width - natural.width) / Math.max(wires.length, 1), LONGER_WIRE);
  const row = Math.min((height - TITLE) / rows, WIDEST_ROW);
  const top = TITLE + (height - TITLE - (rows - 1) * row) / 2;
  const columns = [];
  let left = MARGIN + (width - natural.width - longer * wires.length) / 2;
  for (const [k, w] of wide.entries()) {
    columns.push({ x: left + w / 2, left, clear: left + w + BLOCK });
    left += w + BLOCK + (wires[k] ?? 0) + longer;
  }
  const xs = /** @type {number[]} */ (Array(layers.count).fill(0));
  for (const [k, column] of layers.columns.entries()) for (const node of column) xs[node] = columns[k]?.x ?? 0;
  return { layers, xs, ys: heights.map((y) => top + y * row), widths, columns, width, height, scale };
}

/** Large screens magnify, as far as the whole fits; small ones scroll. @param {{width: number, height: number}} space @param {{width: number, height: number}} natural */
function scaleOf({ width, height }, natural) {
  const most = Math.max(Math.min(width / 1000, height / 560), 1.1);
  return Math.min(Math.max(Math.min(width / natural.width, height / natural.height, most), SMALLEST), LARGEST);
}
