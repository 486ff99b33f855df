/**
 * Every number of an iteration as rows of a table.
 * @import {DataTitle, Reading, Signs, Spec, Tape} from "../types.js"
 */
import { neuronName, parts, placeOf, sign } from "./places.js";
import { PER_EXAMPLE } from "./reading.js";
import { say } from "../words/say.js";

/** @typedef {{tensor: string, index: number[], sign: string, where: string, value: number | null, other: number | null}} Row */
/** @typedef {"order" | "sign" | "where" | "value" | "size" | "other" | "difference"} Column */

/** More rows than this are not gathered: the largest networks are for the inspector. */
export const MOST = 20_000;

/**
 * @param {{spec: Spec, data: DataTitle, tape: Tape, reading: Reading, other: Reading | null, signs: Signs}} of `other` reads the example that is compared
 * @returns {Row[]}
 */
export function everyNumber({ spec, data, tape, reading, other, signs }) {
  /** @type {Row[]} */
  const rows = [];
  for (const [tensor, { shape }] of Object.entries(tape.tensors)) {
    const own = PER_EXAMPLE.test(tensor);
    for (const index of indices(own ? shape.slice(1) : shape)) {
      if (rows.length === MOST) return rows;
      const compared = other && other(tensor, ...index);
      rows.push({ tensor, index, sign: sign(tensor, signs), where: whereOf(spec, data, { tensor, index }), value: reading(tensor, ...index), other: compared });
    }
  }
  return rows;
}

/** Every index of a shape, in row-major order. @param {number[]} shape @returns {number[][]} */
function indices(shape) {
  return shape.reduce((all, size) => all.flatMap((index) => Array.from({ length: size }, (_, k) => [...index, k])), /** @type {number[][]} */ ([[]]));
}

/** @param {Spec} spec @param {DataTitle} data @param {{tensor: string, index: number[]}} ref */
function whereOf(spec, data, ref) {
  const place = placeOf(ref);
  const name = (/** @type {number} */ layer, /** @type {number} */ unit) => neuronName(spec, data, layer, unit);
  switch (place.kind) {
    case "link": return `${name(place.layer - 1, place.from)} → ${name(place.layer, place.unit)}`;
    case "neuron":
    case "bias": return name(place.layer, place.unit);
    case "output": return name(spec.layers.length - 1, place.unit);
    case "softmax": return say("place.layer", { layer: place.layer });
    case "update": return say("place.update");
    case "cost": return say("place.cost");
  }
}

/** What a column sorts by. @type {{[column in Column]: (row: Row) => number | string}} */
const KEYS = {
  order: () => 0,
  sign: (row) => row.sign,
  where: (row) => row.where,
  value: (row) => row.value ?? NaN,
  size: (row) => Math.abs(row.value ?? NaN),
  other: (row) => row.other ?? NaN,
  difference: (row) => difference(row) ?? NaN,
};

/** @param {Row} row */
export const difference = ({ value, other }) => (value === null || other === null ? null : other - value);

/** The same rows by a column; what is not there comes last, either way. @param {Row[]} rows @param {Column} column @param {boolean} down */
export function sorted(rows, column, down) {
  if (column === "order") return down ? rows.toReversed() : rows;
  const key = KEYS[column];
  const missing = (/** @type {number | string} */ value) => typeof value === "number" && Number.isNaN(value);
  return rows.toSorted((one, two) => {
    const [a, b] = [key(one), key(two)];
    if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
    const order = typeof a === "string" ? a.localeCompare(String(b)) : a - Number(b);
    return down ? -order : order;
  });
}

/** The kinds of numbers there are, each with its sign. @param {Row[]} rows @returns {{kind: string, sign: string}[]} */
export function kindsOf(rows) {
  const kinds = new Map(rows.map((row) => [kindOf(row), row.sign]));
  return [...kinds].map(([kind, written]) => ({ kind, sign: written }));
}

/** @param {Row} row */
export const kindOf = ({ tensor }) => {
  const { kind, after } = parts(tensor);
  return after ? `${kind}.new` : kind;
};

/** A table as comma-separated values, every digit kept. @param {Row[]} rows @param {boolean} compared */
export function csv(rows, compared) {
  const quoted = (/** @type {string} */ text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map(({ tensor, index, where, value, other }) =>
    [tensor, index.join(" "), quoted(where), value ?? "", ...(compared ? [other ?? ""] : [])].join(","));
  return [[...["tensor", "index", "where", "value"], ...(compared ? ["compared"] : [])].map((name) => say(`csv.${name}`)).join(","), ...lines, ""].join("\n");
}
