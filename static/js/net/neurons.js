/**
 * The neurons of the scene: activations on the way forward, deltas on the way back, and what is being built right now.
 * @import {Ref} from "../types.js"
 * @import {Label, Part} from "./labels.js"
 * @import {Column, Spot} from "./layout.js"
 * @import {Sight} from "./scene.js"
 */
import { fillOf, inkOn, magnitude } from "./colour.js";
import { frost, frozenBy } from "./freezing.js";
import { fitted, letters, numberPart, words } from "./labels.js";
import { neuronName, sign } from "./places.js";
import { say } from "../words/say.js";

/**
 * @typedef {"current" | "focus" | "rest" | "plain"} Standing
 * @typedef {object} NeuronItem
 * @property {string} id
 * @property {number} x @property {number} y @property {number} r @property {number} w
 * @property {Ref} ref the number that its fill shows
 * @property {number | null} value
 * @property {string | null} fill null when not computed yet
 * @property {string} ink
 * @property {string} text @property {number} size
 * @property {Label | null} caption
 * @property {Label | null} name
 * @property {ChipItem | null} chip
 * @property {string | null} arrow the path of its gradient's arrow: up if more of its sum makes the cost higher, longer if by more
 * @property {Label | null} sign what is the matter with it, as a glyph at its shoulder
 * @property {Standing} standing
 * @property {boolean} selected @property {boolean} marked @property {boolean} pinned
 * @property {boolean} dropped left out of the shown example by dropout
 * @property {string} aria
 * @typedef {{id: string, x: number, y: number, r: number}} OneItem a neuron of value 1
 *
 * @typedef {object} ChipItem
 * @property {string} id
 * @property {Ref} ref @property {number} x @property {number} y @property {number} width
 * @property {Part[]} parts
 * @property {Standing} standing
 * @property {boolean} selected @property {boolean} marked
 * @property {string} aria
 */

/** Width of a bold letter, as a share of its size. */
const BOLD_LETTER = 0.72;

/** @param {Sight} sight @returns {NeuronItem[]} */
export const neuronsOf = (sight) =>
  sight.layout.columns.flatMap((column) => column.spots.map((spot) => neuron(sight, column, spot)));

/** @param {Sight} sight @returns {OneItem[]} */
export const onesOf = ({ layout }) => layout.columns.flatMap(({ layer, one }) => (one ? [{ id: `one${layer}`, x: one.x, y: one.y, r: one.r }] : []));

/** @param {Sight} sight @param {Column} column @param {Spot} spot @returns {NeuronItem} */
function neuron(sight, column, spot) {
  const { layer } = column;
  const { unit } = spot;
  const id = `n${layer}.${unit}`;
  const back = sight.backward && layer > 0;
  const ref = { tensor: `${back ? "dz" : "a"}${layer}`, index: [unit] };
  const value = sight.reading(ref.tensor, unit);
  const fill = value === null ? null : fillOf(value, back ? "gradient" : "activation", sight.theme);
  const usual = spot.r >= 22 ? 13.5 : 12;
  const text = value === null ? "" : fitted(value, sight.digits, Math.floor((2 * spot.w * 0.92) / (usual * 0.6)));
  const pinned = sight.pinned?.layer === layer && sight.pinned.unit === unit;
  return {
    id, ref, value, fill, text, size: letters(text) * usual * BOLD_LETTER > 2 * spot.w * 0.9 ? 12 : usual, x: spot.x, y: spot.y, r: spot.r, w: spot.w,
    ink: fill ? inkOn(fill, sight.theme) : "",
    caption: captionOf(sight, column, spot),
    name: layer === 0 ? inputName(sight, spot) : layer === sight.last ? null : ordinal(sight, spot),
    chip: layer === 0 || sight.ones ? null : chipOf(sight, column, spot),
    arrow: back && value !== null ? arrowOf(sight, layer, value, spot) : null,
    sign: signOf(sight, id, spot),
    ...sight.look(id), pinned, dropped: isDropped(sight, layer, unit),
    aria: [spoken(sight, layer, unit), ...(sight.noticed.get(id) ?? []).map(({ title }) => title), ...(pinned ? [say("neuron.pinned")] : [])].join(", "),
  };
}

/** @param {Sight} sight @param {number} layer @param {number} unit */
const isDropped = ({ reading }, layer, unit) => reading(`mask${layer}`, unit) === 0;

/** @param {Sight} sight @param {Spot} spot @returns {Label} */
function inputName(sight, { unit, x, y, r, w }) {
  const full = sight.data.features[unit] ?? `x${unit + 1}`;
  const most = sight.layout.narrow ? 13 : 19;
  const parts = [words(full.length > most ? `${full.slice(0, most - 1)}…` : full)];
  return sight.layout.narrow
    ? { id: "name", parts, x, y: y - r - 8, anchor: "middle", tone: "name" }
    : { id: "name", parts, x: x - w - 10, y: y + 4.5, anchor: "end", tone: "name" };
}

/** Under the number, until the update has taken it up into the bias. @param {Sight} sight @param {number} layer @param {number} delta @param {Spot} spot */
function arrowOf(sight, layer, delta, { unit, x, y, r }) {
  if (r < 26 || delta === 0 || isDropped(sight, layer, unit) || !Number.isFinite(delta) || sight.reading(`b${layer}.new`, unit) !== null) return null;
  const length = 3 + (r - 16) * magnitude(delta, "gradient");
  const [tail, tip, head] = delta > 0 ? [y + 10 + length, y + 10, 4] : [y + 10, y + 10 + length, -4];
  return `M${x} ${tail}V${tip}m-4 ${head}l4 ${-head}l4 ${head}`;
}

/** The neuron's number in its layer, at its shoulder. @param {Sight} sight @param {Spot} spot @returns {Label | null} */
function ordinal(sight, { unit, x, y, r, w }) {
  return r < 16 ? null : { id: "name", parts: [words(String(unit + 1))], x: x + w * 0.78 + 3, y: y + r * 0.9 + 3, anchor: "start", tone: "quiet" };
}

/** The glyphs of its findings. @param {Sight} sight @param {string} id @param {Spot} spot @returns {Label | null} */
function signOf(sight, id, { x, y, r, w }) {
  const found = sight.noticed.get(id);
  if (!found) return null;
  return { id: "sign", parts: [words(found.map(({ glyph }) => glyph).join(" "))], x: x - (r < 20 ? w + 2 : w * 0.8), y: y - r * 0.72, anchor: "middle", tone: "name" };
}

/** What stands above a neuron, or in it while it is empty and there is no headroom: the sum being built, else z on the way forward and a on the way back. @param {Sight} sight @param {Column} column @param {Spot} spot @returns {Label | null} */
function captionOf(sight, { layer, caption, headroom }, spot) {
  const place = { id: "caption", x: spot.x, y: spot.y - spot.r - 9, anchor: /** @type {const} */ ("middle") };
  const built = builtNow(sight, layer, spot.unit);
  if (built) {
    const shows = sight.reading(`${sight.backward ? "dz" : "a"}${layer}`, spot.unit) !== null;
    if (shows && !headroom) return null;
    return { ...place, x: spot.x + lean(sight, built, spot), y: headroom ? place.y : spot.y + 4.5, parts: built, tone: "current" };
  }
  if (layer === 0 || !caption) return null;
  if (isDropped(sight, layer, spot.unit)) return sight.layout.narrow ? null : { ...place, parts: [words(say("neuron.dropped"))], tone: "quiet" };
  const ref = { tensor: `${sight.backward ? "a" : "z"}${layer}`, index: [spot.unit] };
  const value = sight.reading(ref.tensor, spot.unit);
  if (value === null) return null;
  return { ...place, tone: "plain", parts: [words(`${sign(ref.tensor, sight.signs)} `), numberPart(ref, value, sight.digits)] };
}

/** Half the width of a letter on a plate, and of its margins. */
const [HALF_LETTER, HALF_MARGIN] = [3.65, 6];

/** A long line leans away from the links whose terms it adds up, and which carry numbers too where there is room. @param {Sight} sight @param {Part[]} parts @param {Spot} spot */
function lean({ backward, layout }, parts, { w }) {
  if (layout.narrow) return 0;
  const half = parts.reduce((sum, { text }) => sum + text.length, 0) * HALF_LETTER + HALF_MARGIN;
  return Math.max(half - w, 0) * (backward ? -1 : 1);
}

/**
 * The number that the last operation wrote on this neuron, with its sign: `Σ = 0.11`, `z = 0.11`, `σ(z) = 0.53`.
 * @param {Sight} sight @param {number} layer @param {number} unit
 * @returns {Part[] | null}
 */
function builtNow(sight, layer, unit) {
  const record = sight.record;
  if (!record || record.granularity === "pass" || record.layer !== layer || record.neuron !== unit) return null;
  const { explanation, kind } = record;
  const of = (explanation.running ?? explanation).value;
  const value = of === null ? null : Number(of);
  const ref = { tensor: explanation.tensor, index: explanation.index };
  const lead = leadOf(sight, kind, layer);
  if (!lead) return null;
  if (explanation.running) return [words(`${lead} = `), words(numberPart(ref, value, sight.digits).text)];
  return [words(`${lead} = `), numberPart(ref, value, sight.digits)];
}

/** @param {Sight} sight @param {string} kind @param {number} layer */
function leadOf(sight, kind, layer) {
  if (kind === "activation") {
    const name = sight.spec.layers[layer]?.activation ?? "f";
    return name === "linear" ? sign("a", sight.signs) : `${SHORT[name] ?? name}(${sign("z", sight.signs)})`;
  }
  const tensor = LEADS[kind];
  return kind.endsWith("product") ? "Σ" : tensor ? sign(tensor, sight.signs) : null;
}

/** What an operation on a neuron writes. @type {{[kind: string]: string}} */
const LEADS = { sum: "z", back_sum: "da", output_gradient: "da", delta: "dz" };
/** @type {{[name: string]: string}} */
const SHORT = { sigmoid: "σ" };

/** Without room for captions, a chip makes way for the line over the neuron below. @param {Sight} sight @param {Column} column @param {Spot} spot @returns {ChipItem | null} */
function chipOf(sight, { layer, chip, caption }, { unit, x, y, r }) {
  const id = `b${layer}.${unit}`;
  const look = sight.look(id);
  const room = chip && (caption || !builtNow(sight, layer, unit + 1));
  const told = room || look.standing === "current" || look.selected || look.marked;
  const cold = frost(sight.spec, { tensor: `b${layer}`, index: [unit] });
  if (!told && cold.length === 0) return null;
  const { ref, parts: numbers } = chipNumbers(sight, layer, unit, look.standing === "current");
  const parts = told ? [...numbers, ...cold] : cold;
  const letters = parts.reduce((sum, part) => sum + part.text.length, 0);
  return {
    id, ref, parts, x, y: y + r + 13, width: letters * 6.4 + 12, ...look,
    aria: `${say("neuron.bias", { name: neuronName(sight.spec, sight.data, layer, unit) })}${sight.moving ? "" : `: ${said(sight, "b", layer, unit)}`}${frozenBy(sight.spec, { tensor: `b${layer}`, index: [unit] }) ? say("link.frozen") : ""}`,
  };
}

/** @param {Sight} sight @param {number} layer @param {number} unit @param {boolean} current */
function chipNumbers(sight, layer, unit, current) {
  const part = (/** @type {string} */ tensor) => numberPart({ tensor, index: [unit] }, sight.reading(tensor, unit), sight.digits);
  const [b, db, moved] = [`b${layer}`, `db${layer}`, `b${layer}.new`];
  const lead = (/** @type {string} */ tensor) => words(`${sign(tensor, sight.signs)} `);
  if (sight.reading(moved, unit) !== null) {
    const parts = current ? [lead(b), part(b), words(" → "), part(moved)] : [lead(moved), part(moved)];
    return { ref: { tensor: moved, index: [unit] }, parts };
  }
  if (sight.backward && sight.reading(db, unit) !== null) return { ref: { tensor: db, index: [unit] }, parts: [lead(db), part(db)] };
  return { ref: { tensor: b, index: [unit] }, parts: [lead(b), part(b)] };
}

/** @param {Sight} sight @param {string} kind @param {number} layer @param {number} unit */
function said(sight, kind, layer, unit) {
  return numberPart({ tensor: kind, index: [unit] }, sight.reading(`${kind}${layer}`, unit), sight.digits).text.replace("–", say("say.unwritten"));
}

/** @param {Sight} sight @param {number} layer @param {number} unit */
function spoken(sight, layer, unit) {
  const name = neuronName(sight.spec, sight.data, layer, unit);
  if (sight.moving) return name;
  if (layer === 0) return `${name}: ${said(sight, "a", 0, unit)}`;
  const forward = say("neuron.forward", {
    name: isDropped(sight, layer, unit) ? `${name}, ${say("neuron.dropped")}` : name, a: said(sight, "a", layer, unit), z: said(sight, "z", layer, unit),
  });
  return sight.backward ? say("neuron.backward", { forward, dz: said(sight, "dz", layer, unit) }) : forward;
}
