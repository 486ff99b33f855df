/**
 * The links of the scene: weights, then gradients, then how far the weights moved.
 * @import {Ref} from "../types.js"
 * @import {Label, Part, Tone} from "./labels.js"
 * @import {Column, Curve, Spot} from "./layout.js"
 * @import {Standing} from "./neurons.js"
 * @import {Sight} from "./scene.js"
 * @import {Strength} from "./strength.js"
 */
import { strokeOf, widthOf } from "./colour.js";
import { frost, frozenBy } from "./freezing.js";
import { factorPart, numberPart, words } from "./labels.js";
import { curve, labelPlace, pathOf, pointAt } from "./layout.js";
import { neuronName, sign } from "./places.js";
import { shownOn, strengthOf } from "./strength.js";
import { say } from "../words/say.js";

/**
 * @typedef {object} LinkItem
 * @property {string} id
 * @property {Ref} ref the number that its colour shows
 * @property {number | null} value
 * @property {string} d
 * @property {number} width
 * @property {string} colour
 * @property {boolean} dash negative
 * @property {boolean} faint not reached by this pass yet
 * @property {boolean} moved the update has just written it
 * @property {Standing} standing
 * @property {Strength} strength
 * @property {{x: number, y: number}} middle where its value is edited
 * @property {boolean} selected @property {boolean} marked
 * @property {Label | null} label
 * @property {string} aria
 */

/** @typedef {{parts: Part[], busy: boolean, own: boolean, beside?: boolean}} LinkLabel `own`: for the neuron where the link arrives; `beside`: read together with the number of the other one */

/** A shorter link has room for one label at a time. */
const NARROWEST = 84;
/** A longer link has room for the sign of its gradient too. */
const ROOMY = 150;
/** So far over a neuron's rim a label covers nothing of its number. */
const RIM = 8;

/** @param {Sight} sight @returns {LinkItem[]} */
export function linksOf(sight) {
  const { columns } = sight.layout;
  const strength = strengthOf(sight);
  return columns.slice(1).flatMap((to, k) => linksBetween(sight, /** @type {Column} */ (columns[k]), to, strength));
}

/** @param {Sight} sight @param {Column} below @param {Column} to @param {ReturnType<typeof strengthOf>} strength */
function linksBetween(sight, below, to, strength) {
  const sources = [...below.spots, ...(below.one ? [below.one] : [])];
  const pairs = to.spots.flatMap((target, into) =>
    sources.map((source, out) => {
      const from = source === below.one ? null : source.unit;
      return {
        to: target.unit, from, strength: strength(to.layer, target.unit, from),
        curve: curve(source, target, { departing: [into, to.spots.length], arriving: [out, sources.length] }),
      };
    }));
  const place = labelPlace(pairs.filter((pair) => pair.strength !== "dim").map((pair) => pair.curve));
  return pairs.map((pair) => link(sight, to.layer, pair, place));
}

/**
 * @param {Sight} sight @param {number} layer
 * @param {{to: number, from: number | null, strength: Strength, curve: Curve}} pair
 * @param {{at: number, fits: boolean}} place
 * @returns {LinkItem}
 */
function link(sight, layer, { to, from, strength, curve: c }, place) {
  const id = from === null ? `b${layer}.${to}` : `l${layer}.${to}.${from}`;
  const look = sight.look(id);
  const shown = shownOn(sight, layer, to, from);
  const { value, quantity } = shown;
  const parts = labelParts(sight, layer, to, from, look.standing, shown.ref, c.x2 - c.x1);
  const room = c.x2 - c.x1 >= NARROWEST;
  const cold = strength === "dim" ? [] : frost(sight.spec, weightOf(layer, to, from));
  const wanted = look.standing === "current" || look.selected || look.marked || (parts.busy && room);
  const preferred = place.fits ? place.at : sight.backward && !parts.own ? 0.66 : 0.36;
  const at = clear(preferred, parts, c);
  const standing = strength === "strong" && look.standing === "rest" ? "plain" : look.standing;
  return {
    id, ref: shown.ref, value, d: pathOf(c), ...look, standing, strength, middle: pointAt(c, at),
    width: value === null || sight.painted ? 1 : widthOf(value, quantity),
    colour: value === null || sight.painted ? "" : strokeOf(value, quantity, sight.theme),
    dash: !sight.painted && (value ?? 0) < 0, faint: shown.faint,
    moved: look.standing === "current" && shown.ref.tensor.endsWith(".new"),
    label: (place.fits && strength !== "dim") || wanted ? labelOf(parts, pointAt(c, at), standing, shown.faint)
      : cold.length > 0 ? labelOf({ parts: cold, busy: false }, pointAt(c, 0.5), standing, shown.faint) : null,
    aria: spoken(sight, layer, to, from),
  };
}

/** @param {number} layer @param {number} to @param {number | null} from @returns {Ref} */
const weightOf = (layer, to, from) => (from === null ? { tensor: `b${layer}`, index: [to] } : { tensor: `W${layer}`, index: [to, from] });

/**
 * The numbers on a link: the factors while a sum is built, old and new while a weight is updated, else its own number.
 * @param {Sight} sight @param {number} layer @param {number} to @param {number | null} from
 * @param {Standing} standing @param {Ref} ref @param {number} room from neuron to neuron
 * @returns {LinkLabel}
 */
function labelParts(sight, layer, to, from, standing, ref, room) {
  const { record, reading, digits, spec } = sight;
  const number = (/** @type {Ref} */ r) => numberPart(r, reading(r.tensor, ...r.index), digits);
  const weight = weightOf(layer, to, from);
  if (record && record.granularity !== "pass") {
    if (from === null) {
      if (inBiasSum(record, layer, to)) return { parts: [words("+ "), factorOf(number(weight))], busy: true, own: true };
    } else if (inForwardSum(record, layer, to, from)) {
      return product(sight, weight, { tensor: `${spec.layers[layer - 1]?.dropout ? "kept" : "a"}${layer - 1}`, index: [from] }, from > 0, true, room);
    } else if (inBackwardSum(record, layer, to, from)) return product(sight, weight, { tensor: `dz${layer}`, index: [to] }, to > 0, false, room);
    if (standing === "current" && ref.tensor.endsWith(".new")) {
      return { parts: [number(weight), words(" → "), number(ref)], busy: true, own: true };
    }
  }
  const touched = standing === "current" || (record?.granularity === "neuron" && standing === "focus" && record.neuron === to && record.layer === layer);
  const gradient = ref.tensor.startsWith("d") && room >= ROOMY ? [words(`${sign(ref.tensor, sight.signs)} `)] : [];
  return { parts: [...gradient, number(ref), ...frost(spec, weight)], busy: touched, own: true };
}

/** Whether the bias has been added to the sum. @param {import("../types.js").StepRecord} record @param {number} layer @param {number} to */
const inBiasSum = ({ kind, phase, layer: at, neuron, granularity }, layer, to) =>
  phase === "forward" && at === layer && neuron === to && granularity !== "layer" && kind === "sum";

/** @param {Part} part */
const factorOf = (part) => (part.text.startsWith("−") ? { ...part, text: `(${part.text})` } : part);

/** @param {import("../types.js").StepRecord} record @param {number} layer @param {number} to @param {number} from */
function inForwardSum({ kind, granularity, first, operation, phase, layer: at, neuron, explanation }, layer, to, from) {
  if (phase !== "forward" || at !== layer || neuron !== to || granularity === "layer") return false;
  if (kind === "product") return from <= (explanation.index[1] ?? 0);
  return kind === "sum" || (kind === "activation" && granularity === "neuron" && first < operation);
}

/** @param {import("../types.js").StepRecord} record @param {number} layer @param {number} to @param {number} from */
function inBackwardSum({ kind, phase, granularity, layer: at, neuron, explanation }, layer, to, from) {
  if (phase !== "backward" || at !== layer - 1 || neuron !== from || granularity === "layer") return false;
  return kind === "back_product" ? to <= (explanation.index[1] ?? 0) : kind === "back_sum";
}

/**
 * Both factors; where they would cover the neuron that has the other one, only the weight, which reads on from that neuron's number.
 * @param {Sight} sight @param {Ref} weight @param {Ref} other @param {boolean} follows @param {boolean} own @param {number} room
 * @returns {LinkLabel}
 */
function product({ reading, digits }, weight, other, follows, own, room) {
  const [w, x] = [reading(weight.tensor, ...weight.index), reading(other.tensor, ...other.index)];
  if (w === null || x === null) return { parts: [numberPart(weight, w, digits)], busy: true, own };
  const first = follows ? [words("+ "), factorPart(weight, w, digits)] : [numberPart(weight, w, digits)];
  const both = [...first, words(" · "), factorPart(other, x, digits)];
  const alone = numberPart(weight, w, digits);
  if (halfOf(both) <= room / 2 + RIM) return { parts: both, busy: true, own };
  return { parts: own ? [words("· "), alone] : [alone, words(" ·")], busy: true, own, beside: true };
}

/** Half the width of a label. @param {Part[]} parts */
const halfOf = (parts) => parts.reduce((sum, { text }) => sum + text.length, 0) * 3.7 + 8;

/** Far enough from both neurons for a label of this length, or at least from the one that it stands beside. @param {number} at @param {LinkLabel} label @param {Curve} c */
function clear(at, { parts, own, beside = false }, { x1, x2 }) {
  const half = halfOf(parts) / (x2 - x1);
  if (half >= 0.5) return beside ? (own ? Math.min(half, 1) : Math.max(1 - half, 0)) : 0.5;
  return Math.min(Math.max(at, half), 1 - half);
}

/** @param {{parts: Part[], busy: boolean}} parts @param {{x: number, y: number}} point @param {Standing} standing @param {boolean} faint @returns {Label} */
function labelOf({ parts, busy }, { x, y }, standing, faint) {
  /** @type {Tone} */
  const tone = standing === "current" ? "current" : busy ? "done" : standing === "rest" || faint ? "quiet" : "plain";
  return { id: "label", parts, x, y: y + 4, anchor: "middle", tone };
}

/** @param {Sight} sight @param {number} layer @param {number} to @param {number | null} from */
function spoken({ spec, data, reading, digits, backward, moving }, layer, to, from) {
  const [kind, index] = from === null ? ["b", [to]] : ["W", [to, from]];
  const said = (/** @type {string} */ name) =>
    numberPart({ tensor: name, index }, reading(name, ...index), digits).text.replace("–", say("say.unwritten"));
  const target = neuronName(spec, data, layer, to);
  const what = from === null ? say("neuron.bias", { name: target }) : say("link.weight", { from: neuronName(spec, data, layer - 1, from), to: target });
  if (moving) return what;
  const gradient = backward ? say("link.gradient", { value: said(`d${kind}${layer}`) }) : "";
  const frozen = frozenBy(spec, { tensor: `${kind}${layer}`, index }) ? say("link.frozen") : "";
  const moved = reading(`${kind}${layer}.new`, ...index) === null ? "" : say("link.moved", { value: said(`${kind}${layer}.new`) });
  return `${what}: ${said(`${kind}${layer}`)}${gradient}${moved}${frozen}`;
}
