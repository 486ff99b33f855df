/**
 * What a link's colour stands for, and which links are drawn strongly: all, one neuron's, or the strongest.
 * @import {Ref} from "../types.js"
 * @import {Quantity} from "./colour.js"
 * @import {Layout} from "./layout.js"
 * @import {Sight, View} from "./scene.js"
 */
import { placeOf } from "./places.js";

/** @typedef {"all" | "neuron" | "strongest"} Links */
/** @typedef {{layer: number, unit: number}} Neuron */
/** @typedef {"plain" | "strong" | "dim"} Strength */

/**
 * The number that a link shows now. In the update it is the distance moved.
 * @param {Sight} sight @param {number} layer @param {number} to
 * @param {number | null} from null for the bias, the link from the neuron of value 1
 * @returns {{ref: Ref, value: number | null, quantity: Quantity, faint: boolean}}
 */
export function shownOn({ reading, backward, phase }, layer, to, from) {
  const [kind, index] = from === null ? ["b", [to]] : ["W", [to, from]];
  const value = reading(`${kind}${layer}`, ...index);
  const moved = reading(`${kind}${layer}.new`, ...index);
  if (moved !== null && value !== null) {
    return { ref: { tensor: `${kind}${layer}.new`, index }, value: moved - value, quantity: "gradient", faint: false };
  }
  const gradient = backward ? reading(`d${kind}${layer}`, ...index) : null;
  if (gradient !== null) return { ref: { tensor: `d${kind}${layer}`, index }, value: gradient, quantity: "gradient", faint: phase === "update" };
  return { ref: { tensor: `${kind}${layer}`, index }, value, quantity: "weight", faint: backward };
}

/** The neuron that one looks at: the pinned one, the selected number's, or the current step's. @param {Pick<View, "spec" | "pinned" | "selection" | "record">} view @returns {Neuron | null} */
export function lookedAt({ spec, pinned, selection, record }) {
  if (pinned) return pinned;
  const place = selection && placeOf(selection);
  if (place && "unit" in place) return { layer: "layer" in place ? place.layer : spec.layers.length - 1, unit: place.unit };
  return record && record.layer !== null && record.neuron !== null ? { layer: record.layer, unit: record.neuron } : null;
}

/**
 * How strongly links are drawn. A pinned neuron's are, whatever was chosen.
 * @param {Sight} sight @returns {(layer: number, to: number, from: number | null) => Strength}
 */
export function strengthOf(sight) {
  const neuron = sight.pinned || sight.links === "neuron" ? lookedAt(sight) : null;
  if (neuron) {
    const { layer: own, unit } = neuron;
    return (layer, to, from) => ((layer === own && to === unit) || (layer === own + 1 && from === unit) ? "strong" : "dim");
  }
  if (sight.links !== "strongest") return () => "plain";
  const sizes = drawn(sight.layout).map(({ layer, to, from }) => {
    const { value } = shownOn(sight, layer, to, from);
    return { id: `${layer} ${to} ${from}`, size: value === null ? -1 : Number.isNaN(value) ? Infinity : Math.abs(value) };
  });
  const most = new Set(sizes.sort((one, other) => other.size - one.size).slice(0, sight.strongest).map(({ id }) => id));
  return (layer, to, from) => (most.has(`${layer} ${to} ${from}`) ? "strong" : "dim");
}

/** Every link that is drawn. @param {Layout} layout @returns {{layer: number, to: number, from: number | null}[]} */
function drawn({ columns }) {
  return columns.slice(1).flatMap(({ layer, spots }, k) => {
    const below = columns[k];
    const sources = [...(below?.spots ?? []).map(({ unit }) => unit), ...(below?.one ? [null] : [])];
    return spots.flatMap(({ unit: to }) => sources.map((from) => ({ layer, to, from })));
  });
}
