/**
 * Where on the picture a number lives, which numbers live together, and what they are called.
 * @import {DataTitle, Entry, Quantity, Ref, Signs, Spec} from "../types.js"
 */
import { say } from "../words/say.js";

/**
 * A place on the picture.
 * @typedef {{kind: "neuron", layer: number, unit: number}
 *   | {kind: "link", layer: number, unit: number, from: number}
 *   | {kind: "bias", layer: number, unit: number}
 *   | {kind: "output", unit: number}
 *   | {kind: "softmax", layer: number}
 *   | {kind: "update"}
 *   | {kind: "cost"}} Place
 */

/** A tensor's name in parts: `dW12.new` is `dW`, 12, new; `penalty_l2` is of no layer. @param {string} tensor */
export function parts(tensor) {
  const [, kind = "", layer = "", after = ""] = /^(penalty_\w+|[a-zA-Z]+)(\d*)(\.new)?$/.exec(tensor) ?? [];
  return { kind, layer: layer === "" ? null : Number(layer), after: after !== "" };
}

/** What concerns a whole update: its number, learning rate, the gradient's length, and what clipping leaves of it. */
const UPDATE = ["t", "eta", "norm", "scale"];

/** Terms of a sum on the way back, `Wdz`, name the unit they are summed for first. @param {Ref} ref @returns {Place} */
export function placeOf({ tensor, index }) {
  const { kind, layer } = parts(tensor);
  const [first = 0, second = 0] = index;
  if (kind === "y" || kind === "share") return { kind: "output", unit: first };
  if (layer === null) return { kind: UPDATE.includes(kind) ? "update" : "cost" };
  if (kind === "Wdz") return { kind: "link", layer, unit: second, from: first };
  if (index.length === 2) return { kind: "link", layer, unit: first, from: second };
  if (kind.endsWith("b")) return { kind: "bias", layer, unit: first };
  if (index.length === 0) return { kind: "softmax", layer };
  return { kind: "neuron", layer, unit: first };
}

/** The weight or bias that a number belongs to, if any. @param {Ref | null} ref @returns {Ref | null} */
export function parameterOf(ref) {
  if (!ref) return null;
  const { kind, layer } = parts(ref.tensor);
  if (kind === "Wdz") return { tensor: `W${layer}`, index: ref.index.toReversed() };
  if (kind.endsWith("W") || kind === "Wa") return { tensor: `W${layer}`, index: ref.index };
  return kind.endsWith("b") ? { tensor: `b${layer}`, index: ref.index } : null;
}

/** @param {Place} place a name for a place, the same wherever it is made */
export function idOf(place) {
  switch (place.kind) {
    case "neuron": return `n${place.layer}.${place.unit}`;
    case "link": return `l${place.layer}.${place.unit}.${place.from}`;
    case "bias": return `b${place.layer}.${place.unit}`;
    case "output": return `o${place.unit}`;
    case "softmax": return `s${place.layer}`;
    case "update": return "update";
    case "cost": return "cost";
  }
}

/**
 * The numbers that live at a place, in the order in which an iteration writes them.
 * @param {Place} place @param {number} last the output layer @param {Quantity[]} [quantities] what the optimizer has for each parameter
 * @returns {Ref[]}
 */
export function numbersAt(place, last, quantities = []) {
  switch (place.kind) {
    case "neuron": return neuronNumbers(place.layer, place.unit, last);
    case "link": return linkNumbers(place, quantities);
    case "bias":
      return ["b", "db", ...quantityNames(quantities, "b"), "b.new"].map((name) => at(name, place.layer, [place.unit]));
    case "output":
      return ["y", "share"].map((tensor) => ({ tensor, index: [place.unit] }));
    case "softmax":
      return ["max", "sum", "inner"].map((name) => at(name, place.layer, []));
    case "update":
      return UPDATE.map((tensor) => ({ tensor, index: [] }));
    case "cost":
      return ["own", "penalty_l2", "penalty_l1", "C"].map((tensor) => ({ tensor, index: [] }));
  }
}

/** @param {number} layer @param {number} unit @param {number} last */
function neuronNumbers(layer, unit, last) {
  if (layer === 0) return [at("a", 0, [unit])];
  const own = ["b", "z", "a", "mask", "kept"].map((name) => at(name, layer, [unit]));
  const ends = layer === last ? [{ tensor: "y", index: [unit] }, { tensor: "share", index: [unit] }] : [];
  return [...own, ...ends, ...["dkept", "da", "dz", "db", "b.new"].map((name) => at(name, layer, [unit]))];
}

/** @param {{layer: number, unit: number, from: number}} place @param {Quantity[]} quantities */
function linkNumbers({ layer, unit, from }, quantities) {
  const names = ["W", "Wa", ...(layer > 1 ? ["Wdz"] : []), "dW", ...quantityNames(quantities, "W"), "W.new"];
  return names.map((name) => at(name, layer, name === "Wdz" ? [from, unit] : [unit, from]));
}

/** @param {Quantity[]} quantities @param {"W" | "b"} of */
const quantityNames = (quantities, of) => quantities.flatMap(({ name, kept }) => (kept ? [`${name}${of}`, `${name}${of}.new`] : [`${name}${of}`]));

/** @param {string} name @param {number} layer @param {number[]} index @returns {Ref} */
function at(name, layer, index) {
  const [kind = "", after] = name.split(".");
  return { tensor: `${kind}${layer}${after ? `.${after}` : ""}`, index };
}

/** A short sign for a number: a word where there is one, else what the notation writes. @param {string} tensor @param {Signs} signs */
export function sign(tensor, signs) {
  const { kind, after } = parts(tensor);
  const full = after ? `${kind}.new` : kind;
  return WORDS.has(full) ? say(`sign.${full}`) : (signs[full] ?? kind);
}

const WORDS = new Set(["y", "share", "own", "C", "penalty_l2", "penalty_l1", "max", "sum", "eta", "scale"]);

/** What the update has for each parameter on the way to its step. @param {Spec} spec @param {Entry[]} optimizers @returns {Quantity[]} */
export const quantitiesOf = (spec, optimizers) => [
  ...(spec.clip > 0 ? [CLIPPED] : []), ...(optimizers.find(({ name }) => name === spec.optimizer.name)?.quantities ?? []),
];

const CLIPPED = { name: "clipped", sign: "g", title: "", kept: false };

/** @param {Ref | null} a @param {Ref | null} b */
export const sameRef = (a, b) => a === b || (a !== null && b !== null && a.tensor === b.tensor && `${a.index}` === `${b.index}`);

/** The same words as the server's. @param {Spec} spec @param {DataTitle} data @param {number} layer @param {number} unit */
export function neuronName(spec, { features, targets }, layer, unit) {
  const last = spec.layers.length - 1;
  if (layer === 0) return say("unit.input", { name: features[unit] ?? unit + 1 });
  if (layer === last) return say("unit.output", { name: targets[unit] ?? unit + 1 });
  return say(last === 2 ? "unit.hidden" : "unit.deep", { name: unit + 1, layer });
}
