/**
 * Numbers as labels: every number keeps its name, its index and its full precision beside its text.
 * @import {Ref} from "../types.js"
 */
import { factor, format, scientific } from "../number.js";

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

/** How wide a text is, in letters: small ones count less. @param {string} text */
export const letters = (text) => [...text].reduce((sum, letter) => sum + (/[·. ]/.test(letter) ? 0.5 : /[⁻⁰-⁹¹²³]/.test(letter) ? 0.7 : 1), 0);

/**
 * Fewer digits where there is no room; the full number stays on the label.
 * @param {number} value @param {number} digits @param {number} room in letters
 */
export function fitted(value, digits, room) {
  for (let fewer = digits; fewer > 0; fewer -= 1) {
    const text = format(value, fewer);
    if (letters(text) <= room) return text;
  }
  const whole = format(value, 0);
  return letters(whole) > room && whole.includes("·") ? scientific(value, 0) : whole;
}

/** A line whose numbers have fewer digits where it has no room. @param {Part[]} parts @param {number} digits @param {number} room in letters @returns {Part[]} */
export function fittedLine(parts, digits, room) {
  const beside = parts.reduce((sum, part) => sum + (part.value === undefined ? letters(part.text) : 0), 0);
  return parts.map((part) => (part.value === undefined ? part : { ...part, text: fitted(part.value, digits, room - beside) }));
}
