/**
 * A line through numbers: where its points lie, and the round numbers along its axes.
 */
import { around } from "./ticks.js";

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{at: number, value: number}} Tick */
/**
 * @typedef {object} Chart
 * @property {string} d the line; it has gaps where a number is not finite
 * @property {(Point | null)[]} points one for each number
 * @property {Tick[]} across @property {Tick[]} up where round numbers stand along the axes
 */

/** @typedef {{left: number, right: number, top: number, bottom: number}} Plot the corners of the plot */

/**
 * @param {number[]} xs rising @param {number[]} ys one for each
 * @param {Plot} plot
 * @returns {Chart}
 */
export function chartOf(xs, ys, { left, right, top, bottom }) {
  const finite = ys.filter(Number.isFinite);
  const up = around(Math.min(...finite, Infinity), Math.max(...finite, -Infinity), 4);
  const across = finite.length > 0 ? around(xs[0] ?? 0, xs.at(-1) ?? 1, 4).filter((x) => x >= (xs[0] ?? 0) && x <= (xs.at(-1) ?? 0)) : [];
  const x = scale(xs[0] ?? 0, xs.at(-1) ?? 1, left, right);
  const y = scale(up[0] ?? 0, up.at(-1) ?? 1, bottom, top);
  const points = ys.map((value, k) => (Number.isFinite(value) ? { x: x(xs[k] ?? 0), y: y(value) } : null));
  return {
    points, d: line(points),
    across: across.map((value) => ({ at: x(value), value })),
    up: finite.length > 0 ? up.map((value) => ({ at: y(value), value })) : [],
  };
}

/** @param {(Point | null)[]} points */
const line = (points) => points.map((point, k) => (point ? `${points[k - 1] ? "L" : "M"}${point.x.toFixed(1)} ${point.y.toFixed(1)}` : "")).join("");

/** @param {number} from @param {number} to @param {number} start @param {number} end */
const scale = (from, to, start, end) => (/** @type {number} */ value) => start + ((value - from) / (to - from || 1)) * (end - start);

/** Which point is nearest across. @param {Chart} chart @param {number} x */
export function nearest({ points }, x) {
  let [best, distance] = [0, Infinity];
  for (const [k, point] of points.entries()) {
    const off = point ? Math.abs(point.x - x) : Infinity;
    if (off < distance) [best, distance] = [k, off];
  }
  return best;
}
