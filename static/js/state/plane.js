/**
 * The function that the network has become: which neuron is looked at, over which inputs, and the numbers of that plane.
 * @import {Curve, Tensor} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { placeOf } from "../net/places.js";
import { latest } from "./latest.js";
import { report } from "./problem.js";
import { newest, reading, session } from "./session.js";
import { panel, selection } from "./view.js";

export const PANEL = "function";

/** @typedef {{layer: number, unit: number}} Neuron */

/** Chosen by hand; else the selected one, else the first output. @type {import("@preact/signals").Signal<Neuron | null>} */
export const picked = signal(null);
/** Sums z or activations a. @type {import("@preact/signals").Signal<"z" | "a">} */
export const letter = signal("a");
/** The inputs that vary. */
export const axes = signal({ across: 0, up: 1 });

/** @type {import("@preact/signals").Signal<{[name: string]: Tensor} | null>} */
export const plane = signal(null);
/** @type {import("@preact/signals").Signal<Curve | null>} */
export const curve = signal(null);

/** @type {import("@preact/signals").ReadonlySignal<Neuron>} */
export const neuron = computed(() => {
  const layers = session.value?.spec.layers ?? [];
  const exists = (/** @type {Neuron} */ { layer, unit }) => layer > 0 && unit < (layers[layer]?.units ?? 0);
  const chosen = selection.value ? placeOf(selection.value) : null;
  if (picked.value && exists(picked.value)) return picked.value;
  if (chosen && "layer" in chosen && "unit" in chosen && exists(chosen)) return { layer: chosen.layer, unit: chosen.unit };
  return { layer: layers.length - 1, unit: 0 };
});

/** The inputs that vary and exist; `up` is null where there is only one. */
export const varying = computed(() => {
  const inputs = session.value?.spec.layers[0]?.units ?? 1;
  const across = Math.min(axes.value.across, inputs - 1);
  if (inputs === 1) return { across, up: null };
  const up = Math.min(axes.value.up, inputs - 1);
  return { across, up: up === across ? (across + 1) % inputs : up };
});

/**
 * The numbers of the neuron that is looked at, and the axes under them; null while those of another network are there.
 * @typedef {{values: Tensor["data"], width: number, height: number, across: ArrayLike<number>, up: ArrayLike<number>}} Grid
 * @type {import("@preact/signals").ReadonlySignal<Grid | null>}
 */
export const grid = computed(() => {
  const { layer, unit } = neuron.value;
  const numbers = plane.value?.[`${letter.value}${layer}`];
  const [across, up] = [plane.value?.["across"], plane.value?.["up"]];
  const [units = 0, height = 0, width = 0] = numbers?.shape ?? [];
  if (!numbers || !across || !up || units !== session.value?.spec.layers[layer]?.units || (height === 1) !== (varying.value.up === null)) return null;
  return { values: numbers.data.subarray(unit * width * height, (unit + 1) * width * height), width, height, across: across.data, up: up.data };
});

/** A bias that is tried out, and what it is tried out in the place of. @type {import("@preact/signals").Signal<{of: string, b: number} | null>} */
export const tried = signal(null);

/** The weights and the bias of a neuron that sees one or two inputs; null for others. */
export const line = computed(() => {
  const { layer, unit } = neuron.value;
  const inputs = session.value?.spec.layers[0]?.units ?? 0;
  if (layer !== 1 || inputs > 2) return null;
  const [w1, w2, b] = [reading.value("W1", unit, 0), inputs === 2 ? reading.value("W1", unit, 1) : 0, reading.value("b1", unit)];
  return w1 === null || w2 === null || b === null ? null : { w1, w2, b, unit, key: `${session.value?.id} ${unit} ${b}` };
});

/** The line with the bias that is tried out. @type {import("@preact/signals").ReadonlySignal<{w1: number, w2: number, b: number} | null>} */
export const ghost = computed(() => {
  const now = line.value;
  return now && tried.value?.of === now.key && now.w2 !== 0 ? { w1: now.w1, w2: now.w2, b: tried.value.b } : null;
});

/** How far the curve of the activation goes: the neuron's sum lies on it. */
const reach = computed(() => {
  const z = reading.value(`z${neuron.value.layer}`, neuron.value.unit);
  return Math.min(Math.max(6, Math.ceil(Math.abs(Number.isFinite(z) ? Number(z) : 0) * 1.2)), 1000);
});

/** Points along an axis; a line can afford more. */
const sizeOf = (/** @type {number | null} */ up) => (up === null ? 150 : 60);

/** Asks for what is looked at; only the latest answer counts. */
export function keepLooking() {
  const ask = latest(async () => {
    const [state, { across, up }] = [newest.peek()?.state, varying.peek()];
    if (state && panel.peek() === PANEL) plane.value = await api.plane(state.id, { across, up, size: sizeOf(up), example: state.batch.shown });
  });
  effect(() => {
    if (panel.value === PANEL && newest.value && varying.value) ask();
  });
  let asked = 0;
  effect(() => {
    const activation = session.value?.spec.layers[neuron.value.layer]?.activation;
    const far = reach.value;
    const mine = (asked += 1);
    if (panel.value !== PANEL || !activation) return;
    if (activation === "softmax") return void (curve.value = null);
    api.curve(activation, far).then((found) => mine === asked && (curve.value = found), report);
  });
}
