/**
 * The edges of the graph: what is read, and once the backward pass has come, the local derivative and what goes back.
 * @import {GraphEdge, MathNode, Ref} from "../types.js"
 * @import {GraphSight} from "./graph.js"
 * @import {Standing} from "./neurons.js"
 */
import { format } from "../number.js";
import { strokeOf, widthOf } from "./colour.js";
import { fitted } from "./labels.js";
import { tenth } from "./layout.js";
import { say } from "../words/say.js";

/**
 * @typedef {object} EdgeItem
 * @property {string} id
 * @property {Ref} ref what a click selects: the gradient that it carries, or what is read
 * @property {string} d
 * @property {string | null} colour @property {number} width
 * @property {boolean} dash what goes back is negative
 * @property {{text: string, value: number, x: number, y: number, show: boolean} | null} local the local derivative, once it is reached
 * @property {MathNode | null} rule
 * @property {number | null} upstream @property {number | null} passed
 * @property {Standing} standing
 * @property {boolean} selected @property {boolean} marked
 * @property {string} aria
 */

/** How wide the plate of a local derivative is. @param {string} text */
export const plateOf = (text) => text.length * 6.9 + 4;

/** More labels than this would hide the drawing; then they are shown under the pointer. */
const LABELLED = 70;

/** A point of a bend a little beyond its middle: there neither edges that meet nor edges that cross are close. */
const LABEL = { x: 0.576, y: 0.648 };

/** @param {GraphSight} sight @returns {EdgeItem[]} */
export const edgesOf = (sight) => sight.graph.edges.map((edge) => edgeItem(sight, edge));

/** @param {GraphSight} sight @param {GraphEdge} edge @returns {EdgeItem} */
function edgeItem(sight, edge) {
  const { graph, ids, fresh } = sight;
  const [source, target] = [graph.nodes[edge.source], graph.nodes[edge.target]];
  const id = `${ids[edge.source]}>${ids[edge.target]}`;
  const [own, upstream] = [source, target].map((node) => (node ? sight.gradient(node) : null));
  const reached = fresh && edge.derivative !== null && (target?.gradient ? upstream : own) !== null;
  const local = reached ? Number(edge.derivative?.value) : null;
  const passed = local !== null && typeof upstream === "number" ? upstream * local : null;
  const look = lookOf(sight, edge, id);
  const path = wayOf(sight, edge);
  const carried = source?.gradient && own !== null && source.gradient.constant === null ? source.gradient : source;
  return {
    id, d: path.d, ...look, ref: passes(edge, sight) ?? { tensor: carried?.tensor ?? "", index: carried?.index ?? [] },
    colour: passed === null ? null : strokeOf(passed, "gradient", sight.theme),
    width: passed === null ? 1.3 : 1 + 0.5 * widthOf(passed, "gradient"), dash: (passed ?? 0) < 0,
    local: local === null ? null : { ...labelOn(path, fitted(local, sight.digits, 6)), value: local, show: graph.edges.length <= LABELLED },
    rule: edge.derivative?.named ?? null, upstream: upstream ?? null, passed,
    aria: spoken(source?.name ?? "", target?.name ?? "", sight.digits, local, passed),
  };
}

/** The term that goes back over an edge, once it is written. @param {GraphEdge} edge @param {GraphSight} sight @returns {Ref | null} */
function passes({ passes: term }, { reading }) {
  if (!term) return null;
  const [tensor, index] = term;
  return reading(tensor, ...index) === null ? null : { tensor, index };
}

/** On the way forward what the current operation reads is its step, on the way back what it gets its gradient over. @param {GraphSight} sight @param {GraphEdge} edge @param {string} id */
function lookOf(sight, edge, id) {
  const look = sight.look(id, [edge.operation]);
  const end = sight.ids[sight.backward ? edge.source : edge.target];
  const touched = look.standing === "plain" && end === sight.current && sight.record?.phase !== "update";
  return touched ? { ...look, standing: /** @type {const} */ ("focus") } : look;
}

/** Under the numbers of its source, then past the columns between, to its target. @param {GraphSight} sight @param {GraphEdge} edge */
function wayOf({ room: { xs, ys, widths, layers, columns } }, edge) {
  const end = (/** @type {number} */ node, /** @type {1 | -1} */ side) => (xs[node] ?? 0) + (side * (widths[node] ?? 0)) / 2;
  const [from = 0, to = 0] = [edge.source, edge.target].map((node) => layers.columns.findIndex((nodes) => nodes.includes(node)));
  let [x, y] = [columns[from]?.clear ?? 0, ys[edge.source] ?? 0];
  let d = `M${tenth(end(edge.source, 1))} ${tenth(y)}H${tenth(x)}`;
  for (const [k, stop] of (layers.stops.get(edge) ?? []).entries()) {
    const { left = 0, clear = 0 } = columns[from + k + 1] ?? {};
    d += `${bend(x, y, left, ys[stop] ?? 0)}H${tenth(clear)}`;
    [x, y] = [clear, ys[stop] ?? 0];
  }
  const [x2, y2] = [end(edge.target, -1), ys[edge.target] ?? 0];
  const along = Math.abs(y2 - y) < 8 ? 0.5 : LABEL.x;
  return { d: d + bend(x, y, x2, y2), begin: x, end: columns[to]?.left ?? x2, label: { x: x + (x2 - x) * along, y: tenth(y + (y2 - y) * LABEL.y) } };
}

/** Between the numbers of one node and the next node, which would cover it. @param {ReturnType<typeof wayOf>} way @param {string} text */
function labelOn({ begin, end, label: { x, y } }, text) {
  const half = plateOf(text) / 2 + 1;
  return { text, x: tenth(Math.min(Math.max(x, begin + half), end - half)), y };
}

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
function bend(x1, y1, x2, y2) {
  const middle = (x1 + x2) / 2;
  return `C${tenth(middle)} ${tenth(y1)} ${tenth(middle)} ${tenth(y2)} ${tenth(x2)} ${tenth(y2)}`;
}

/** @param {string} source @param {string} target @param {number} digits @param {number | null} local @param {number | null} passed */
function spoken(source, target, digits, local, passed) {
  const way = say("edges.reads", { target, source });
  if (local === null) return way;
  return say(passed === null ? "edges.local" : "edges.back", { way, local: format(local, digits), passed: format(passed, digits) });
}
