/**
 * Walking through a drawing by keyboard: up and down within a column, with Shift across columns.
 */

/**
 * @param {string[][]} order ids by column, top to bottom
 * @param {string} id where one stands
 * @param {{key: string, shiftKey: boolean}} event
 * @returns {string | null} where one goes; null when the key is not for walking
 */
export function walk(order, id, { key, shiftKey }) {
  const column = Math.max(order.findIndex((ids) => ids.includes(id)), 0);
  const row = Math.max(order[column]?.indexOf(id) ?? 0, 0);
  if (key === "ArrowDown") return at(order[column], row + 1) ?? at(order[column + 1], 0) ?? id;
  if (key === "ArrowUp") return at(order[column], row - 1) ?? order[column - 1]?.at(-1) ?? id;
  if (!shiftKey || (key !== "ArrowLeft" && key !== "ArrowRight")) return null;
  const next = order[column + (key === "ArrowRight" ? 1 : -1)];
  const share = (row + 0.5) / (order[column]?.length || 1);
  return at(next, Math.floor(share * (next?.length ?? 0))) ?? id;
}

/** @param {string[] | undefined} ids @param {number} k */
const at = (ids, k) => (k < 0 ? undefined : ids?.[k]);
