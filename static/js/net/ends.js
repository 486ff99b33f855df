/**
 * What stands around the neurons: titles, gaps, ŷ and target, the cost, the verdict, softmax's maximum and total.
 * @import {Ref} from "../types.js"
 * @import {Label, Part} from "./labels.js"
 * @import {Column, Spot} from "./layout.js"
 * @import {Standing} from "./neurons.js"
 * @import {Sight} from "./scene.js"
 */
import { format } from "../number.js";
import { fittedLine, numberPart, words } from "./labels.js";
import { sign } from "./places.js";
import { hidden } from "./shape.js";
import { say } from "../words/say.js";

/**
 * @typedef {object} BoxItem a box of labelled numbers
 * @property {string} id @property {string} title
 * @property {number} x @property {number} y @property {number} w @property {number} h
 * @property {Ref} ref
 * @property {Label[]} lines
 * @property {Standing} standing @property {boolean} selected @property {boolean} marked
 * @property {boolean} empty
 * @property {string} aria
 * @typedef {{title: Label, detail: Label}} TitleItem
 * @typedef {{layer: number, x: number, units: number, name: string, activation: string | null, own: boolean}} HeadItem
 */

/** @param {number} layer @param {number} last */
const layerName = (layer, last) => say(layer === 0 ? "ends.inputs" : layer === last ? "ends.output" : last === 2 ? "ends.hidden" : "ends.deep", { layer });

/** What is to be built at each layer; the data decides on the inputs and the outputs. @param {Sight} sight @returns {HeadItem[]} */
export const headsOf = ({ layout, spec, last }) => layout.columns.map(({ layer, x }) => {
  const { units = 0, activation = "linear" } = spec.layers[layer] ?? {};
  return { layer, x, units, name: layerName(layer, last), activation: layer === 0 ? null : activation, own: hidden(spec.layers, layer) };
});

/** Width of a letter under a title, with the gap to the next title in it. */
const DETAIL_LETTER = 7;

/** What a layer is called and made of, as long as there is room for it. @param {Sight} sight @returns {TitleItem[]} */
export function titlesOf({ layout, spec, last }) {
  const room = (layout.columns[1]?.x ?? Infinity) - (layout.columns[0]?.x ?? 0);
  return layout.columns.map(({ layer, x }) => {
    const { units, activation } = /** @type {import("../types.js").LayerSpec} */ (spec.layers[layer]);
    const name = layerName(layer, last);
    const kind = activation ?? "linear";
    const details = layer === 0 ? [say("ends.numbers", { count: units }), `${units}`] : [`${say("ends.neurons", { count: units })} · ${kind}`, `${units} · ${kind}`, kind, `${units}`];
    const detail = details.find((text) => text.length * DETAIL_LETTER <= room) ?? "";
    const label = (/** @type {string} */ id, /** @type {string} */ text, /** @type {number} */ y) =>
      ({ id, parts: [words(text)], x, y, anchor: /** @type {const} */ ("middle"), tone: /** @type {const} */ ("name") });
    return { title: label("title", name, 20), detail: label("detail", detail, 37) };
  });
}

/** @param {Sight} sight @returns {Label[]} */
export function gapsOf({ layout }) {
  return layout.columns.flatMap(({ gaps }) => gaps.map(({ skipped, x, y }) =>
    ({ id: `gap${x}.${y}`, parts: [words(say("ends.more", { count: skipped }))], x, y: y + 4, anchor: "middle", tone: "quiet" })));
}

/** Its name, ŷ, target and share of the cost beside each output neuron. @param {Sight} sight @returns {BoxItem[]} */
export function outputsOf(sight) {
  const column = /** @type {Column} */ (sight.layout.columns[sight.last]);
  return column.spots.map((spot) => output(sight, spot, column));
}

/** A longer name of an output is cut. */
const MOST_LETTERS = 14;
/** Width of a letter beside an output. */
const LETTER = 7;

/** Low neurons leave room for one line, with its name and ŷ. @param {Sight} sight @param {Spot} spot @param {Column} column @returns {BoxItem} */
function output(sight, spot, column) {
  const { narrow } = sight.layout;
  const { unit } = spot;
  const id = `o${unit}`;
  const name = sight.data.targets[unit] ?? String(unit + 1);
  const title = words(name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1)}…` : name);
  const rows = outputRows(sight, unit);
  const flat = spot.r < 18 || column.spots.length > 6;
  const lines = flat ? [rows.slice(0, 2).flatMap((parts, k) => (k ? [words("   "), ...parts] : parts))] : rows;
  const low = spot.r <= 12;
  const named = low ? [[title, words("  "), ...(rows[0] ?? [])]] : [[title], ...lines];
  const x = spot.x + spot.w + (narrow ? 8 : 14);
  const room = (narrow ? sight.layout.width : sight.layout.cost.x - sight.layout.cost.w / 2) - x - 4;
  const top = spot.y - (named.length - 1) * 8.5 + 4;
  return {
    id, title: "", x, y: spot.y, w: Math.min(room, 116), h: named.length * 17 + 4, ref: { tensor: "y", index: [unit] }, empty: false, ...sight.look(id),
    lines: named.map((parts, k) => ({ id: `${id}.${k}`, parts: fittedLine(parts, sight.digits, room / LETTER), x, y: top + k * 17, anchor: "start", tone: k === 0 && !low ? "name" : "plain" })),
    aria: `${say("unit.output", { name })}: ${rows.map((parts) => parts.map((part) => part.text).join("")).join(", ")}`,
  };
}

/** @param {Sight} sight @param {number} unit @returns {Part[][]} */
function outputRows({ reading, last, digits, guess }, unit) {
  const line = (/** @type {string} */ lead, /** @type {string} */ tensor) =>
    [words(lead), numberPart({ tensor, index: [unit] }, reading(tensor, unit), digits)];
  const rows = [line("ŷ ", `a${last}`)];
  if (!guess) rows.push(line(`${say("sign.y")} `, "y"));
  if (reading("share", unit) !== null) rows.push(line(`${say("sign.share")} `, "share"));
  return rows;
}

/** The cost node; null while inputs without a target are tried out. @param {Sight} sight @returns {BoxItem | null} */
export function costOf(sight) {
  if (sight.guess) return null;
  const { layout, cost, digits, batch } = sight;
  const { x, y, w, h } = layout.cost;
  const batchName = layout.narrow ? say("sign.C") : say("ends.batch", { count: batch.examples.length });
  const row = (/** @type {string} */ lead, /** @type {string} */ tensor) =>
    /** @type {[string, Ref, number | null]} */ ([lead, { tensor, index: [] }, sight.reading(tensor)]);
  const penalties = penaltiesOf(sight).map((name) => row(layout.narrow ? name.toUpperCase() : sign(`penalty_${name}`, sight.signs), `penalty_${name}`));
  const rows = [row(say(layout.narrow ? "ends.example" : "sign.own"), "own"), ...penalties, row(batchName, "C")];
  const after = cost?.after ? [[words(say(layout.narrow ? "ends.after" : "ends.afterUpdate"))], [{ text: format(cost.after.total, digits), value: Number(cost.after.total) }]] : [];
  const verdict = layout.narrow ? verdictOf(sight) : null;
  const says = verdict ? [[words(say("ends.says"))], [words(`${verdict.text} ${verdict.right ? "✓" : "✗"}`)]] : [];
  const pairs = rows.flatMap(([lead, ref, value]) => [[words(lead)], [numberPart(ref, value, digits)]]);
  const lines = layout.narrow ? costRow([...pairs, ...after, ...says], layout.cost, digits) : costColumn([...pairs, ...after], x, y);
  const height = layout.narrow ? h : lines.length * 17 + 34;
  return {
    id: "cost", title: say("ends.cost"), x, y, w, h: height, ref: { tensor: "C", index: [] }, lines, empty: sight.reading("own") === null, ...sight.look("cost"),
    aria: `${say("ends.cost")}: ${rows.map(([lead, , value]) => `${lead} ${value === null ? say("say.unwritten") : format(value, digits)}`).join(", ")}`,
  };
}

/** What is added to the cost for large weights. @param {Sight} sight */
const penaltiesOf = ({ spec }) => /** @type {const} */ (["l2", "l1"]).filter((name) => spec[name] > 0);

/**
 * What an update has for all parameters together, where there is such. A narrow picture has it in the cost's place, for as long as it is looked at.
 * @param {Sight} sight @returns {BoxItem | null}
 */
export function updateOf(sight) {
  const { guess, layout, phase, spec } = sight;
  const names = [...((spec.schedule?.name ?? "constant") === "constant" ? [] : ["eta"]), ...(spec.clip > 0 ? ["norm", "scale"] : [])];
  const look = sight.look("update");
  if (guess || names.length === 0 || (layout.narrow && look.standing !== "current" && !look.selected)) return null;
  const rows = names.map((tensor) => /** @type {const} */ ([sign(tensor, sight.signs), numberPart({ tensor, index: [] }, sight.reading(tensor), sight.digits)]));
  const h = names.length * 17 + 30;
  const place = layout.narrow ? layout.cost : { x: layout.cost.x, y: 6 + h / 2, w: layout.cost.w, h };
  const lines = layout.narrow ? costRow(rows.flatMap(([lead, part]) => [[words(lead)], [part]]), place, sight.digits)
    : rows.map(([lead, part], k) => ({ id: `update.${k}`, parts: [words(`${lead} `), part], x: place.x, y: 43 + k * 17, anchor: /** @type {const} */ ("middle"), tone: /** @type {const} */ ("plain") }));
  return {
    id: "update", title: say("passes.update"), ...place, ref: { tensor: names[0] ?? "", index: [] }, lines, empty: phase !== "update", ...look,
    aria: `${say("passes.update")}: ${rows.map(([lead, part]) => `${lead} ${part.text.replace("–", say("say.unwritten"))}`).join(", ")}`,
  };
}

/** @param {Part[][]} pairs leads and numbers by turns @param {number} x @param {number} y @returns {Label[]} */
function costColumn(pairs, x, y) {
  const top = y - (pairs.length * 17) / 2 + 24;
  return pairs.map((parts, k) => ({ id: `cost.${k}`, parts, x, y: top + k * 17 + (k % 2 ? -2 : 1), anchor: "middle", tone: k % 2 ? "plain" : "quiet" }));
}

/** @param {Part[][]} pairs @param {{x: number, y: number, w: number}} box @param {number} digits @returns {Label[]} */
function costRow(pairs, { x, y, w }, digits) {
  const columns = pairs.length / 2;
  const left = x - w / 2 + 62;
  const each = (w - 70) / columns;
  return pairs.map((parts, k) => ({
    id: `cost.${k}`, parts: fittedLine(parts, digits, each / LETTER), x: left + each * (Math.floor(k / 2) + 0.5), y: y + (k % 2 ? 16 : -3), anchor: "middle", tone: k % 2 ? "plain" : "quiet",
  }));
}

/** Softmax's two numbers that concern the whole layer. @param {Sight} sight @returns {BoxItem[]} */
export function softmaxOf(sight) {
  if (sight.guess) return [];
  return sight.layout.columns.filter(({ layer }) => sight.spec.layers[layer]?.activation === "softmax").map((column) => {
    const { layer, x } = column;
    const id = `s${layer}`;
    const y = column.foot;
    const parts = [[`${say("sign.max")} `, `max${layer}`], [`${say("sign.sum")} `, `sum${layer}`]].map(([lead = "", tensor = ""]) =>
      [words(lead), numberPart({ tensor, index: [] }, sight.reading(tensor), sight.digits)]);
    return {
      id, title: "", x, y, w: 100, h: 40, ref: { tensor: `sum${layer}`, index: [] }, empty: sight.reading(`max${layer}`) === null, ...sight.look(id),
      lines: parts.map((line, k) => ({ id: `${id}.${k}`, parts: line, x, y: y - 4 + k * 16, anchor: "middle", tone: "plain" })),
      aria: `softmax: ${parts.map((line) => line.map((part) => part.text).join("")).join(", ")}`,
    };
  });
}

/**
 * What the network answers, once it does: for two classes the side of 0.5, for many the largest output.
 * @param {Sight} sight
 * @returns {{text: string, because: string, right: boolean | null} | null}
 */
export function verdictOf({ reading, last, data, spec, digits, guess }) {
  const classes = data.classes;
  const units = spec.layers[last]?.units ?? 0;
  if (!classes || reading(`a${last}`, units - 1) === null) return null;
  const values = Array.from({ length: units }, (_, unit) => reading(`a${last}`, unit) ?? NaN);
  const targets = values.map((_, unit) => reading("y", unit) ?? NaN);
  const one = values.length === 1;
  const pick = one ? Number((values[0] ?? 0) >= 0.5) : values.indexOf(Math.max(...values));
  const truth = one ? Number((targets[0] ?? 0) >= 0.5) : targets.indexOf(Math.max(...targets));
  const text = format(values[one ? 0 : pick], digits);
  const because = one ? `${text} ${pick ? "≥" : "<"} 0.5` : say("ends.largest", { value: text });
  return { text: classes[pick] ?? String(pick), because, right: guess ? null : pick === truth };
}
