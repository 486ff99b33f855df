/**
 * Branches as a small tree: iterations from left to right, a line for each branch from where it left another one.
 * @import {Branch} from "../types.js"
 */

/** @typedef {{number: number, d: string, from: number, to: number, y: number, here: number, current: boolean, label: {x: number, anchor: "start" | "end"}, title: string}} Line `here` is where one stands */
/** @typedef {{lines: Line[], ticks: {x: number, iteration: number}[], height: number}} Tree */

const ROW = 34;
const [LEFT, RIGHT, TOP] = [10, 16, 22];
/** A label that begins further right than this share ends where its line ends. */
const LATE = 0.6;
const APART = 30;

/** @param {Branch[]} branches @param {number} width @returns {Tree} */
export function treeOf(branches, width) {
  const most = Math.max(1, ...branches.map(({ reach }) => reach));
  const x = (/** @type {number} */ iteration) => Math.round(LEFT + (iteration / most) * (width - LEFT - RIGHT));
  const rows = inRows(branches);
  const y = (/** @type {number | null} */ number) => TOP + ROW * rows.findIndex((one) => one.number === number);
  const lines = rows.map(({ number, parent, fork, reach, iteration, current, title }) => {
    const [from, to, at] = [x(fork), Math.max(x(reach), x(fork) + 6), y(number)];
    const bend = parent === null ? `M${from} ${at}` : `M${from} ${y(parent)}V${at - 8}Q${from} ${at} ${from + 8} ${at}`;
    const late = from > LATE * width;
    return { number, d: `${bend}H${to}`, from, to, y: at, here: x(iteration), current, title, label: late ? { x: width - RIGHT, anchor: /** @type {const} */ ("end") } : { x: from + 10, anchor: /** @type {const} */ ("start") } };
  });
  return { lines, ticks: ticksOf([0, ...branches.map(({ fork }) => fork), most], x), height: TOP + ROW * rows.length };
}

/** Each branch under the one that it left, the one that left last first, so that no line crosses another's label. @param {Branch[]} branches @returns {Branch[]} */
function inRows(branches) {
  const under = (/** @type {number | null} */ parent) => branches.filter((one) => one.parent === parent).toSorted((one, two) => two.fork - one.fork || one.number - two.number);
  /** @param {number | null} parent @returns {Branch[]} */
  const walk = (parent) => under(parent).flatMap((branch) => [branch, ...walk(branch.number)]);
  return walk(null);
}

/** Iterations that are named, as far apart as their names need. @param {number[]} iterations @param {(iteration: number) => number} x */
function ticksOf(iterations, x) {
  /** @type {{x: number, iteration: number}[]} */
  const ticks = [];
  for (const iteration of [...new Set(iterations)].sort((a, b) => a - b)) {
    if (x(iteration) - (ticks.at(-1)?.x ?? -Infinity) >= APART) ticks.push({ x: x(iteration), iteration });
  }
  return ticks;
}
