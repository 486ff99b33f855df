/**
 * Signs as plain text for a drawing, which has no MathML: letters with what stands below and above them.
 * @import {MathNode} from "../types.js"
 */

/** @typedef {{text: string, place: "base" | "below" | "above"}} Piece */

/** Which of a script's children stand where. @type {{[tag: string]: Piece["place"][]}} */
const PLACES = { msub: ["base", "below"], msup: ["base", "above"], msubsup: ["base", "below", "above"] };

/**
 * @param {MathNode | string} math a row of letters, numbers and scripts
 * @param {Piece["place"]} [place]
 * @returns {Piece[]} what stands above comes before what stands below, as it is read
 */
export function piecesOf(math, place = "base") {
  if (typeof math === "string") return [{ text: math, place }];
  const [tag, , ...children] = math;
  const places = PLACES[tag];
  const parts = children.map((child, k) => piecesOf(/** @type {MathNode | string} */ (child), (place === "base" && places?.[k]) || place));
  const [base = [], below = [], above = []] = parts;
  return tag === "msubsup" ? [...base, ...above, ...below] : parts.flat();
}

/** @param {Piece[]} pieces how wide it is, in letters of the base: narrow ones count less */
export const lettersOf = (pieces) => pieces.reduce((sum, { text, place }) => sum + (text.length - 0.35 * text.replace(/[^filrt]/g, "").length) * (place === "base" ? 1 : 0.8), 0);
