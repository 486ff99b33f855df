/**
 * Which units of a wide layer are drawn: the first few, the last few, and always those that matter now.
 */

/** A layer of up to so many units is drawn whole. */
const MOST = 10;
const HEAD = 4;
const TAIL = 3;

/**
 * The rows of a layer from top to bottom: a unit's number, or how many units a gap stands for.
 * @typedef {{unit: number} | {skipped: number}} Row
 */

/**
 * @param {number} units
 * @param {number[]} keep units that must be drawn, most wanted first
 * @returns {Row[]}
 */
export function rowsOf(units, keep) {
  if (units <= MOST) return Array.from({ length: units }, (_, unit) => ({ unit }));
  const middle = keep.filter((unit) => unit >= HEAD && unit < units - TAIL);
  const focus = [...new Set([...middle, HEAD, HEAD + 1])].slice(0, 2).sort((a, b) => a - b);
  const drawn = [...Array(HEAD).keys(), ...focus, ...Array.from({ length: TAIL }, (_, k) => units - TAIL + k)];
  /** @type {Row[]} */
  const rows = [];
  let next = 0;
  for (const unit of drawn) {
    if (unit > next) rows.push({ skipped: unit - next });
    rows.push({ unit });
    next = unit + 1;
  }
  return rows;
}
