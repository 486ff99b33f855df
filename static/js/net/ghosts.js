/**
 * The numbers of another network beside those of the drawn one: small, each with a sign of its own.
 * @import {Ref, Reading} from "../types.js"
 * @import {Scene} from "./scene.js"
 */
import { format } from "../number.js";

/** @typedef {{x: number, y: number, ink?: string, beside?: boolean}} Spot `ink` where it stands on a colour; beside its place, else in its middle */
/** @typedef {Spot & {id: string, ref: Ref, value: number, text: string}} Ghost */
/** @typedef {{x: number, y: number, w: number, h: number}} Box by its middle */

/** What stands before a number of the other network. */
export const OTHER = "◇";
/** In a smaller neuron there is no room for two numbers. */
const ROOMY = 22;
/** A letter of these numbers, of those on links and chips, and the height of both. */
const [LETTER, LARGER, TALL] = [5.3, 7, 9];

/**
 * Those for which there is room, and whatever is looked at.
 * @param {Scene} scene @param {Reading} reading of the other network @param {number} digits
 * @returns {Ghost[]}
 */
export function ghostsOf({ neurons, links }, reading, digits) {
  /** @type {Box[]} */
  const taken = [...links.flatMap(({ label }) => (label ? [boxOfLabel(label)] : [])), ...neurons.flatMap(({ x, y, r, w, chip, caption }) => [
    { x, y, w: 2 * w, h: 2 * r }, ...(chip ? [{ x: chip.x, y: chip.y, w: chip.width, h: 18 }] : []), ...(caption ? [boxOfLabel(caption)] : []),
  ])];
  /** @type {Ghost[]} */
  const ghosts = [];
  /** @param {string} id @param {Ref} ref @param {number | null} own @param {Spot} spot @param {boolean} needed */
  const put = (id, ref, own, spot, needed) => {
    const value = reading(ref.tensor, ...ref.index);
    if (value === null) return;
    const text = `${OTHER} ${value === own ? "=" : format(value, digits)}`;
    const w = text.length * LETTER;
    const box = { x: spot.beside ? spot.x + w / 2 : spot.x, y: spot.y - 3, w, h: TALL };
    if (!spot.ink && !needed && taken.some((one) => meet(one, box))) return;
    taken.push(box);
    ghosts.push({ id, ref, value, text, ...spot });
  };
  for (const { id, ref, value, x, y, r, ink, standing, selected, marked, chip } of neurons) {
    const needed = standing === "current" || selected || marked;
    put(id, ref, value, r >= ROOMY ? { x, y: y - 10, ink } : { x, y: y - r - 4 }, needed);
    const own = chip?.parts.find(({ ref: of }) => of?.tensor === chip.ref.tensor)?.value ?? null;
    if (chip) put(chip.id, chip.ref, own, { x: chip.x + chip.width / 2 + 4, y: chip.y + 3.5, beside: true }, needed || chip.selected);
  }
  for (const { id, ref, value, label, standing, selected, marked } of links) {
    if (label) put(id, ref, value, { x: label.x, y: label.y + 11 }, standing === "current" || selected || marked);
  }
  return ghosts;
}

/** @param {{parts: {text: string}[], x: number, y: number}} label */
const boxOfLabel = ({ parts, x, y }) => ({ x, y: y - 4, w: parts.reduce((sum, { text }) => sum + text.length, 0) * LARGER, h: TALL + 2 });

/** @param {Box} one @param {Box} other */
const meet = (one, other) => Math.abs(one.x - other.x) < (one.w + other.w) / 2 && Math.abs(one.y - other.y) < (one.h + other.h) / 2;
