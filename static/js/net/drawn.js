/**
 * Rows of data that are drawn on a plot of it, and taken away there.
 * @import {DataChoice, Rows} from "../types.js"
 * @import {Span} from "./plane.js"
 */
import { choiceOf } from "./rows.js";

/** A point of a plot: `x` is the input across, `y` the input up, or the target where only one input varies. @typedef {{x: number, y: number}} Point */
/**
 * @typedef {object} Sheet what is drawn on
 * @property {Rows} data
 * @property {number} across @property {number | null} up the inputs that vary
 * @property {number} unit the output whose target is drawn
 * @property {number} shown the row whose other inputs and targets are taken over
 * @property {Span} wide @property {Span} tall
 */

/** More rows are for a file. */
export const MOST_ROWS = 2000;
/** How far the eraser reaches, as a share of the plot. */
const REACH = 0.035;

/** What is drawn: a class by its number, or a number. @typedef {{kind: "class" | "number", value: number}} Ink */

/** @param {Sheet} sheet @param {Point[]} points @param {Ink} ink @returns {DataChoice} the data with these rows at its end */
export function drawnOn({ data, across, up, unit, shown }, points, ink) {
  const [inputs, targets] = [data.inputs[shown] ?? data.inputs[0] ?? [], data.targets[shown] ?? data.targets[0] ?? []];
  const room = Math.max(MOST_ROWS - data.inputs.length, 0);
  const added = points.slice(0, room);
  return choiceOf(data, {
    inputs: [...data.inputs, ...added.map(({ x, y }) => inputs.map((value, k) => (k === across ? x : k === up ? y : value)))],
    targets: [...data.targets, ...added.map(({ y }) => targetsOf(targets.map(Number), unit, ink.kind === "number" && up === null ? { ...ink, value: y } : ink))],
  });
}

/** @param {number[]} targets @param {number} unit @param {Ink} ink */
function targetsOf(targets, unit, { kind, value }) {
  if (kind === "class" && targets.length > 1) return targets.map((_, k) => Number(k === value));
  return targets.map((target, k) => (k === unit ? value : target));
}

/** @param {Sheet} sheet @param {Point[]} points @returns {DataChoice | null} the data without the rows that they touch, one row at least being left; null when they touch none */
export function rubbedFrom(sheet, points) {
  const { data } = sheet;
  const touched = new Set(data.inputs.map((_, row) => row).filter((row) => points.some((point) => far(sheet, row, point) <= REACH)));
  return without(data, touched);
}

/** The data without the row that lies nearest to a point. @param {Sheet} sheet @param {Point} point */
export function withoutNearest(sheet, point) {
  const distances = sheet.data.inputs.map((_, row) => far(sheet, row, point));
  return without(sheet.data, new Set([distances.indexOf(Math.min(...distances))]));
}

/** @param {Rows} data @param {Set<number>} gone */
function without(data, gone) {
  if (gone.size === 0) return null;
  const left = data.inputs.map((_, row) => row).filter((row) => !gone.has(row));
  const kept = left.length > 0 ? left : [0];
  if (kept.length === data.inputs.length) return null;
  return choiceOf(data, { inputs: kept.map((row) => data.inputs[row] ?? []), targets: kept.map((row) => data.targets[row] ?? []) });
}

/** How far a row lies from a point, as a share of the plot. @param {Sheet} sheet @param {number} row @param {Point} point */
function far({ data, across, up, unit, wide, tall }, row, { x, y }) {
  const height = up === null ? data.targets[row]?.[unit] : data.inputs[row]?.[up];
  return Math.hypot((Number(data.inputs[row]?.[across]) - x) / (wide.high - wide.low), (Number(height) - y) / (tall.high - tall.low));
}
