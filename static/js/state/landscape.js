/**
 * The cost over two parameters: which two, how far around, and what the server found.
 * @import {Ref, Tensor} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { exists, parametersOf } from "../net/landscape.js";
import { parameterOf, sameRef } from "../net/places.js";
import { latest } from "./latest.js";
import { session, standing } from "./session.js";
import { panel, selection } from "./view.js";

const PANEL = "landscape";

/** Chosen by hand; a selected weight or bias comes before the first. @type {import("@preact/signals").Signal<{x: Ref | null, y: Ref | null}>} */
export const picked = signal({ x: null, y: null });
/** How far the map goes, 1 being around the path. */
export const wide = signal(1);

/** Both parameters, which exist and differ. @type {import("@preact/signals").ReadonlySignal<{x: Ref, y: Ref} | null>} */
export const pair = computed(() => {
  const spec = session.value?.spec;
  if (!spec) return null;
  const all = parametersOf(spec);
  const known = (/** @type {Ref | null} */ ref) => (ref && exists(spec, ref) ? ref : null);
  const x = known(parameterOf(selection.value)) ?? known(picked.value.x) ?? all[0];
  if (!x) return null;
  const y = [known(picked.value.y), all[all.findIndex((ref) => sameRef(ref, x)) + 1] ?? null, ...all].find((ref) => ref && !sameRef(ref, x));
  return y ? { x, y } : null;
});

/**
 * @typedef {{x: Ref, y: Ref, rows: number, total: number, xs: ArrayLike<number>, ys: ArrayLike<number>, cost: ArrayLike<number>,
 *   here: {x: number, y: number}, path: {x: number, y: number, iteration: number}[], id: string}} Found
 * @type {import("@preact/signals").Signal<Found | null>}
 */
export const landscape = signal(null);

/** What the map depends on; stepping through a pass changes none of it. */
const wanted = computed(() => (pair.value ? `${standing.value} ${JSON.stringify(pair.value)} ${wide.value}` : ""));

/** Points along an axis: fewer where each takes long. */
function sizeOf() {
  const state = session.peek();
  const weights = state?.spec.layers.slice(1).reduce((sum, { units }, k) => sum + units * ((state.spec.layers[k]?.units ?? 0) + 1), 0) ?? 0;
  return weights * (state?.data.rows ?? 0) > 50_000 ? 25 : 41;
}

export function keepSurveying() {
  const ask = latest(async () => {
    const [id, asked] = [session.peek()?.id, pair.peek()];
    if (!id || !asked || panel.peek() !== PANEL) return;
    const { header, tensors } = await api.landscape(id, { ...asked, wide: wide.peek(), size: sizeOf() });
    landscape.value = { ...asked, ...read(tensors), rows: header.rows, total: header.total, id };
  });
  effect(() => {
    if (panel.value === PANEL && wanted.value) ask();
  });
}

/** @param {{[name: string]: Tensor}} tensors */
function read(tensors) {
  const numbers = (/** @type {string} */ name) => tensors[name]?.data ?? new Float64Array();
  const [here, path] = [numbers("here"), numbers("path")];
  return {
    xs: numbers("x"), ys: numbers("y"), cost: numbers("cost"), here: { x: here[0] ?? NaN, y: here[1] ?? NaN },
    path: Array.from(numbers("iterations"), (iteration, k) => ({ x: path[2 * k] ?? NaN, y: path[2 * k + 1] ?? NaN, iteration })),
  };
}
