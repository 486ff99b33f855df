/**
 * Numbers as labels: every number keeps its name, its index and its full precision beside its text.
 * @import {Ref} from "../types.js"
 */
import { factor, format } from "../number.js";

/**
 * @typedef {{text: string, ref?: Ref, value?: number}} Part
 * @typedef {"plain" | "current" | "done" | "quiet" | "name"} Tone
 * @typedef {{id: string, parts: Part[], x: number, y: number, anchor: "start" | "middle" | "end", tone: Tone}} Label
 */

/** @param {string} text @returns {Part} */
export const words = (text) => ({ text });

/**
 * A number with its text, or a dash where it is not computed yet.
 * @param {Ref} ref @param {number | null} value @param {number} digits @returns {Part}
 */
export function numberPart(ref, value, digits) {
  return value === null ? words("–") : { text: format(value, digits), ref, value };
}

/** A number as a factor of a product: negative ones in brackets. @param {Ref} ref @param {number} value @param {number} digits @returns {Part} */
export const factorPart = (ref, value, digits) => ({ text: factor(value, digits), ref, value });

/**
 * Fewer digits where there is no room; the full number stays on the label.
 * @param {number} value @param {number} digits @param {number} room in characters
 */
export function fitted(value, digits, room) {
  for (let fewer = digits; fewer > 0; fewer -= 1) {
    const text = format(value, fewer);
    if (text.length <= room) return text;
  }
  return format(value, 0).length <= room ? format(value, 0) : format(value, 1);
}
