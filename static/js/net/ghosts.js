/**
 * The numbers of another network beside those of the drawn one: small, each with a sign of its own.
 * @import {Ref, Reading} from "../types.js"
 * @import {Scene} from "./scene.js"
 */
import { format } from "../number.js";

/** @typedef {{x: number, y: number, ink?: string, beside?: boolean}} Spot `ink` where it stands on a colour; beside its place, else in its middle */
/** @typedef {Spot & {id: string, ref: Ref, value: number, text: string}} Ghost */

/** What stands before a number of the other network. */
export const OTHER = "◇";
/** Room that a number on a link needs for itself, in both directions. */
const [WIDE, TALL] = [64, 21];
/** In a smaller neuron there is no room for two numbers. */
const ROOMY = 22;

/**
 * @param {Scene} scene @param {Reading} reading of the other network @param {number} digits
 * @returns {Ghost[]}
 */
export function ghostsOf({ neurons, links }, reading, digits) {
  const ghosts = neurons.flatMap(({ id, ref, value, x, y, r, ink, chip }) => [
    ...ghost(id, ref, value, reading, digits, r >= ROOMY ? { x, y: y - 10, ink } : { x, y: y + r + 9 }),
    ...(chip ? ghost(chip.id, chip.ref, chip.parts.find(({ ref: of }) => of?.tensor === chip.ref.tensor)?.value ?? null, reading, digits, { x: chip.x + chip.width / 2 + 4, y: chip.y + 3.5, beside: true }) : []),
  ]);
  /** @type {{x: number, y: number}[]} */
  const taken = links.flatMap(({ label }) => (label ? [label] : []));
  for (const { id, ref, value, label, standing } of links) {
    if (!label) continue;
    const place = { x: label.x, y: label.y + 11 };
    const crowded = taken.some((one) => one !== label && Math.abs(one.x - place.x) < WIDE && Math.abs(one.y - place.y) < TALL / 2);
    if (crowded && standing !== "current") continue;
    const found = ghost(id, ref, value, reading, digits, place);
    ghosts.push(...found);
    if (found.length > 0) taken.push(place);
  }
  return ghosts;
}

/** @param {string} id @param {Ref} ref @param {number | null} own @param {Reading} reading @param {number} digits @param {Spot} place @returns {Ghost[]} */
function ghost(id, ref, own, reading, digits, place) {
  const value = reading(ref.tensor, ...ref.index);
  if (value === null) return [];
  return [{ id, ref, value, text: `${OTHER} ${value === own ? "=" : format(value, digits)}`, ...place }];
}
