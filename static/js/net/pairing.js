/**
 * Two iterations of two networks at the same step: where the other one stands, and what differs between them.
 * @import {Position, Reading, Segment, Spec, State} from "../types.js"
 */
import { say } from "../words/say.js";

/**
 * The position of the other iteration that corresponds to one: the same operation of the same layer in the same pass, as far as
 * it has one; else the end of the passes before.
 * @param {number} operation @param {Segment[]} segments @param {Segment[]} others
 */
export function positionBeside(operation, segments, others) {
  const here = segments.find(({ first, end }) => first < operation && operation <= end);
  if (!here) return 0;
  const there = others.find(({ phase, layer }) => phase === here.phase && layer === here.layer);
  if (operation === here.end) return (there ?? others.findLast(({ phase }) => phase === here.phase))?.end ?? 0;
  if (there) return Math.min(there.first + operation - here.first, there.end - 1);
  return others.find(({ phase }) => phase === here.phase)?.first ?? 0;
}

/** @typedef {{name: string, tensor: string, index: number[], here: string | number | null, there: string | number | null}} Difference a number of a tensor, or, where that is empty, anything else */
/** @typedef {"name" | "here" | "there" | "difference"} By */

/** The settings of two specs that differ. @param {Spec} here @param {Spec} there @returns {Difference[]} */
export function specDifferences(here, there) {
  const [one, other] = [settings(here), settings(there)];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  return names.flatMap((name) => {
    const [mine, its] = [one.get(name) ?? null, other.get(name) ?? null];
    return mine === its ? [] : [{ name, tensor: "", index: [], here: mine, there: its }];
  });
}

/** A spec as settings by what they are called. @param {Spec} spec */
function settings(spec) {
  /** @type {Map<string, string | number | null>} */
  const found = new Map();
  const put = (/** @type {string} */ name, /** @type {unknown} */ value) => found.set(name, typeof value === "number" || value === null ? value : String(value));
  for (const [field, value] of Object.entries(spec)) {
    if (field === "layers") {
      for (const [number, layer] of spec.layers.entries()) {
        for (const [key, one] of Object.entries(layer)) put(say("compare.ofLayer", { layer: number, what: say(`compare.setting.${key}`) }), one);
      }
    } else if (field === "frozen") put(say("compare.setting.frozen"), (spec.frozen ?? []).join(", "));
    else if (value !== null && typeof value === "object") {
      const name = say(`compare.setting.${field}`);
      for (const [key, one] of Object.entries(value)) put(key === "name" ? name : `${name}: ${say(`option.${key}`)}`, one);
    } else put(say(`compare.setting.${field}`), value);
  }
  return found;
}

/** The costs of two states, as far as they are computed. @param {State} here @param {State} there @returns {Difference[]} */
export function costDifferences({ cost: mine }, { cost: its }) {
  const row = (/** @type {string} */ name, /** @type {unknown} */ one, /** @type {unknown} */ other) => ({ name: say(`compare.cost.${name}`), tensor: "", index: [], here: numberOf(one), there: numberOf(other) });
  return [row("own", mine?.own, its?.own), row("total", mine?.total, its?.total), row("after", mine?.after?.total, its?.after?.total)].filter(({ here, there }) => here !== null || there !== null);
}

/** @param {unknown} value */
const numberOf = (value) => (value === null || value === undefined ? null : Number(value));

/** @param {Difference} row */
export const difference = ({ here, there }) => (typeof here === "number" && typeof there === "number" ? there - here : null);

/** The rows by a column; what cannot be subtracted comes last, either way. @param {Difference[]} rows @param {By} by @param {boolean} down */
export function sortedBy(rows, by, down) {
  const key = (/** @type {Difference} */ row) => (by === "difference" ? (difference(row) === null ? null : Math.abs(/** @type {number} */ (difference(row)))) : row[by]);
  return rows.toSorted((one, two) => {
    const [a, b] = [key(one), key(two)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    const order = typeof a === "number" ? a - Number(b) : a.localeCompare(String(b), undefined, { numeric: true });
    return down ? -order : order;
  });
}

/** A weight or bias as it is at the cursor. @param {Reading} reading @param {string} tensor @param {number[]} index */
export function atCursor(reading, tensor, index) {
  const moved = reading(`${tensor}.new`, ...index);
  return moved === null ? { tensor, value: reading(tensor, ...index) } : { tensor: `${tensor}.new`, value: moved };
}
