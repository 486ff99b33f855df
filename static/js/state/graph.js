/**
 * The computation graph on show: asked for once for an iteration, and where it is large once for each node around which it is shown.
 * @import {Graph, Ref, State} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { idOf, nodeOf } from "../net/graph.js";
import { language, notation } from "./preferences.js";
import { report } from "./problem.js";
import { look, session } from "./session.js";
import { panel, selection } from "./view.js";

const KEPT = 40;
/** @type {Map<string, Graph>} */
const graphs = new Map();

/** @type {import("@preact/signals").Signal<{graph: Graph, of: State, numbers: string} | null>} */
const latest = signal(null);

/** The panels that show it. */
const SHOWING = new Set(["graph", "both"]);

/** Another graph was asked for and has not come yet. */
export const waiting = signal(false);

/** A first glance at a large graph is at its first sum. @type {Ref} */
const FIRST = { tensor: "z1", index: [0] };

/** What the numbers and signs of a graph depend on. @param {State} state */
const numbersOf = ({ id, edition, position, batch }) => `${id} ${edition} ${position.iteration} ${batch.shown} ${notation.value} ${language.value}`;

/** @param {Ref | null | undefined} ref what is told around: not everything is a node */
const centreOf = (ref) => (ref && ref.tensor !== "t" ? nodeOf(ref) : FIRST);

/** The graph to draw: the one before until a new one has come, but never another network's. */
export const graph = computed(() => {
  const [state, known] = [session.value, latest.value];
  if (!state || !known || known.of.id !== state.id || known.of.edition !== state.edition) return null;
  return { graph: known.graph, fresh: known.numbers === numbersOf(state) };
});

/** Asks for the graph whenever it is looked at and another one is needed; only the latest answer counts. */
export function keepGraph() {
  let asked = 0;
  effect(() => {
    const state = session.value;
    const around = centreOf(selection.value ?? state?.step?.explanation);
    const mine = (asked += 1);
    if (!state || !SHOWING.has(panel.value)) return;
    const [whole, part] = [numbersOf(state), `${numbersOf(state)} ${idOf(around)}`];
    const known = graphs.get(whole) ?? graphs.get(part);
    waiting.value = !known;
    if (known) return void (latest.value = { graph: known, of: state, numbers: whole });
    api.graph(state.id, around, look(state.batch.shown)).then((answer) => {
      if (answer.iteration !== state.position.iteration) return;
      graphs.set(answer.graph.centre ? part : whole, answer.graph);
      for (const old of [...graphs.keys()].slice(0, -KEPT)) graphs.delete(old);
      if (mine !== asked) return;
      latest.value = { graph: answer.graph, of: state, numbers: whole };
      waiting.value = false;
    }, report);
  });
}
