/**
 * The nodes of the graph: an operation's sign, its value above its wire, its gradient below.
 * @import {GraphNode, Ref, Spec} from "../types.js"
 * @import {GraphSight} from "./graph.js"
 * @import {Standing} from "./neurons.js"
 * @import {Piece} from "./signs.js"
 */
import { format } from "../number.js";
import { fillOf, inkOn } from "./colour.js";
import { fitted } from "./labels.js";
import { lettersOf, piecesOf } from "./signs.js";
import { say } from "../words/say.js";

/**
 * @typedef {{text: string, value: number, ref: Ref | null}} Told a number; without a reference where it is none of the tape's
 * @typedef {object} NodeItem
 * @property {string} id
 * @property {Ref} ref @property {number} x @property {number} y
 * @property {number} w half its width @property {boolean} leaf
 * @property {Piece[]} sign
 * @property {string | null} fill null when not computed yet
 * @property {string} ink
 * @property {Told | null} value
 * @property {(Told & {fill: string, ink: string, mean: boolean}) | null} gradient
 * @property {number} block where its numbers stand, from its middle
 * @property {string} more how many numbers it reads that are not drawn
 * @property {Standing} standing
 * @property {boolean} selected @property {boolean} marked
 * @property {string} aria
 */

/** Width of the numbers on a wire. */
export const BLOCK = 53;
const RADIUS = 13;
/** Of a word, and of a sign with what stands below and above it. */
const [LETTER, SIGN_LETTER] = [8.2, 7];
/** Letters that fit there. */
const ROOM = 7;

/** @param {GraphNode[]} nodes @param {Spec} spec @returns {number[]} */
export const widthsOf = (nodes, spec) => nodes.map((node) => Math.max(lettersOf(signOf(node, spec)) * (node.kind === "given" ? SIGN_LETTER : LETTER) + 10, 2 * RADIUS));

/** @param {GraphSight} sight @returns {NodeItem[]} */
export const nodesOf = (sight) => sight.graph.nodes.map((node, k) => nodeItem(sight, node, k));

/** @param {GraphSight} sight @param {GraphNode} node @param {number} k @returns {NodeItem} */
function nodeItem(sight, node, k) {
  const { tensor, index, kind } = node;
  const id = sight.ids[k] ?? "";
  const ref = { tensor, index };
  const value = sight.reading(tensor, ...index);
  const fill = value === null ? null : fillOf(value, /^[Wb]\d/.test(tensor) ? "weight" : "activation", sight.theme);
  const own = node.gradient?.tensor === `d${tensor}` ? node.gradient.operation : null;
  const { widths, xs, ys } = sight.room;
  const w = (widths[k] ?? 0) / 2;
  return {
    id, ref, x: xs[k] ?? 0, y: ys[k] ?? 0, w, leaf: kind === "given", sign: signOf(node, sight.spec),
    fill, ink: fill ? inkOn(fill, sight.theme) : "",
    value: value === null ? null : { ref, value, text: fitted(value, sight.digits, ROOM) },
    gradient: gradientOf(sight, node), block: w + 3,
    more: node.more_reads > 0 ? say("nodes.more", { count: node.more_reads }) : "",
    ...sight.look(id, [node.operation, own]),
    aria: spoken(sight, node, k),
  };
}

/** @param {GraphSight} sight @param {GraphNode} node @returns {NodeItem["gradient"]} */
function gradientOf(sight, node) {
  const value = sight.gradient(node);
  if (value === null || !node.gradient) return null;
  const { tensor, index, constant } = node.gradient;
  const fill = fillOf(value, "gradient", sight.theme);
  return {
    value, text: fitted(value, sight.digits, ROOM - 1), fill, ink: inkOn(fill, sight.theme), mean: isMean(sight, node),
    ref: constant === null ? { tensor, index } : null,
  };
}

/** A parameter's gradient is the mean over the batch. @param {GraphSight} sight @param {GraphNode} node */
const isMean = ({ batch }, { tensor }) => batch > 1 && /^[Wb]\d/.test(tensor);

/** @param {GraphNode} node @param {Spec} spec @returns {Piece[]} */
function signOf({ kind, layer, symbol }, spec) {
  if (kind === "given") return piecesOf(symbol);
  if (kind !== "activation") return [{ text: SIGNS[kind] ?? (WRITTEN.has(kind) ? say(`nodes.sign.${kind}`) : kind), place: "base" }];
  const name = spec.layers[layer ?? 0]?.activation ?? "f";
  return [{ text: FUNCTIONS[name] ?? name, place: "base" }];
}

/** @type {{[kind: string]: string}} */
const SIGNS = { dropout: "×", product: "×", sum: "+", own_cost: "+", maximum: "max", total: "Σ exp" };
const WRITTEN = new Set(["share", "cost", "penalty"]);
/** @type {{[name: string]: string}} */
const FUNCTIONS = { sigmoid: "σ", relu: "ReLU", leaky_relu: "leaky", elu: "ELU", silu: "SiLU", gelu: "GELU", softplus: "soft+", linear: "id" };

const SPOKEN = new Set(["product", "dropout", "sum", "own_cost", "cost", "share", "maximum", "total"]);

/** Such as `times, … : 0.35 × 1 = 0.35; gradient 0.02`. @param {GraphSight} sight @param {GraphNode} node @param {number} k */
function spoken(sight, node, k) {
  const value = sight.reading(node.tensor, ...node.index);
  const gradient = sight.gradient(node);
  const own = value === null ? say("say.unwritten") : `${termsOf(sight, node, k)}${format(value, sight.digits)}`;
  const mean = isMean(sight, node) ? say("nodes.mean") : "";
  const word = SPOKEN.has(node.kind) ? say(`nodes.spoken.${node.kind}`) : (node.kind === "activation" ? (sight.spec.layers[node.layer ?? 0]?.activation ?? "") : "");
  return `${word ? `${word}: ` : ""}${node.name}: ${own}${gradient === null ? "" : say("nodes.gradient", { value: format(gradient, sight.digits), mean })}`;
}

/** A product's factors or a short sum's terms. @param {GraphSight} sight @param {GraphNode} node @param {number} k */
function termsOf({ graph, reading, digits }, { kind, more_reads }, k) {
  const reads = graph.edges.filter(({ target }) => target === k).map(({ source }) => graph.nodes[source]);
  if (!(kind === "product" || kind === "sum") || more_reads > 0 || reads.length > 5) return "";
  const written = reads.map((one) => format(one ? reading(one.tensor, ...one.index) : null, digits));
  return `${written.join(kind === "product" ? " × " : " + ")} = `;
}
