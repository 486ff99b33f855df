/**
 * The computation graph as plain data: a pure function of the graph, what is known, where the cursor stands, and the view.
 * @import {Graph, GraphEdge, GraphNode, Reading, Ref, Spec, StepRecord, Wire} from "../types.js"
 * @import {Theme} from "./colour.js"
 * @import {EdgeItem} from "./graphedges.js"
 * @import {NodeItem} from "./graphnodes.js"
 * @import {Room} from "./graphroom.js"
 * @import {Standing} from "./neurons.js"
 */
import { edgesOf } from "./graphedges.js";
import { nodesOf } from "./graphnodes.js";
import { parts } from "./places.js";
import { say } from "../words/say.js";

/**
 * @typedef {object} GraphView what the drawing is made from
 * @property {Graph} graph
 * @property {boolean} fresh whether the local derivatives are those of the numbers
 * @property {Spec} spec @property {number} batch how many examples it has
 * @property {Reading} reading @property {StepRecord | null} record
 * @property {Ref | null} selection @property {Ref | null} marked
 * @property {number} digits @property {Theme} theme
 * @property {Room} room where everything stands
 *
 * @typedef {GraphView & {
 *   ids: string[], current: string | null, backward: boolean,
 *   gradient: (node: GraphNode) => number | null,
 *   look: (id: string, operations: (number | null | undefined)[]) => {standing: Standing, selected: boolean, marked: boolean}
 * }} GraphSight
 *
 * @typedef {object} GraphScene
 * @property {number} width @property {number} height @property {number} scale
 * @property {NodeItem[]} nodes @property {EdgeItem[]} edges
 * @property {{id: string, x: number, text: string}[]} titles
 * @property {string[][]} order
 * @property {{x: number, y: number} | null} focus where the current step is
 */

/** The drawing's name for a node. @param {Ref} ref */
export const idOf = ({ tensor, index }) => `${tensor}:${index.join(",")}`;

/** Products that go back belong to an edge, gradients and what an update makes to the node of their number. @param {Ref} ref */
export function homeOf({ tensor, index }) {
  const { kind, layer } = parts(tensor);
  if (layer === null) return idOf({ tensor, index });
  if (kind === "Wdz") return `a${layer - 1}:${index[0]}>Wa${layer}:${index.toReversed().join(",")}`;
  const letter = HOMES[kind] ?? (/[Wb]$/.test(kind) ? kind.slice(-1) : kind);
  return idOf({ tensor: `${letter}${layer}`, index });
}

/** @type {{[kind: string]: string}} */
const HOMES = { dz: "z", da: "a", inner: "sum" };

/** The node that a graph is to be told around. @param {Ref} ref @returns {Ref} */
export function nodeOf(ref) {
  const [tensor = "", index = ""] = (homeOf(ref).split(">").at(-1) ?? "").split(":");
  return { tensor, index: index === "" ? [] : index.split(",").map(Number) };
}

/** @param {GraphView} view @returns {GraphScene} */
export function graphOf(view) {
  const { width, height, scale } = view.room;
  const sight = sightOf(view);
  const [nodes, edges] = [nodesOf(sight), edgesOf(sight)];
  const current = nodes.find(({ id }) => id === sight.current?.split(">")[0]);
  return {
    width, height, scale, nodes, edges, titles: titlesOf(sight), order: orderOf(sight, edges),
    focus: current ? { x: current.x * scale, y: current.y * scale } : null,
  };
}

/** @param {GraphView} view @returns {GraphSight} */
function sightOf(view) {
  const { record, reading, selection, marked } = view;
  const [chosen, pointed, current] = [selection, marked, record?.explanation].map((ref) => (ref ? homeOf(ref) : null));
  const within = (/** @type {number | null | undefined} */ operation) =>
    typeof operation === "number" && record !== null && record.first <= operation && operation <= record.operation;
  return {
    ...view, ids: view.graph.nodes.map(idOf), current: current ?? null,
    backward: record?.phase === "backward" || record?.phase === "update",
    gradient: ({ gradient }) => {
      const value = gradient && reading(gradient.tensor, ...gradient.index);
      return value === null ? null : (gradient?.constant ?? value);
    },
    look: (id, operations) => ({
      standing: current === id ? "current" : operations.some(within) ? "focus" : "plain",
      selected: chosen === id, marked: pointed === id,
    }),
  };
}

/** What the numbers of a column are. @param {GraphSight} sight */
function titlesOf({ graph, room: { layers, columns } }) {
  return layers.columns.flatMap((nodes, k) => {
    const kinds = new Set(nodes.map((node) => graph.nodes[node]).filter((node) => node && node.kind !== "given").map((node) => titleOf(/** @type {GraphNode} */ (node))));
    return kinds.size === 0 ? [] : [{ id: `${k}`, x: columns[k]?.x ?? 0, text: [...kinds].join(", ") }];
  });
}

/** @param {GraphNode} node */
const titleOf = ({ tensor, kind }) => (TITLED.has(kind) ? say(`columns.${kind}`) : parts(tensor).kind);

const TITLED = new Set(["product", "sum", "activation", "dropout", "share", "own_cost", "cost", "maximum", "total", "penalty"]);

/** Nodes by column, and between them the edges. @param {GraphSight} sight @param {EdgeItem[]} edges */
function orderOf({ room: { layers }, ids, graph }, edges) {
  return layers.columns.flatMap((nodes) => {
    const own = nodes.filter((node) => node < ids.length);
    const leaving = edges.filter((_, k) => own.includes(graph.edges[k]?.source ?? -1));
    return [own.map((node) => ids[node] ?? ""), leaving.map(({ id }) => id)].filter((column) => column.length > 0);
  });
}
