/**
 * Drawing rows of data on the plot of the function, and rubbing them out: each stroke is an edit.
 * @import {Ink, Point, Sheet} from "../net/drawn.js"
 * @import {Span} from "../net/plane.js"
 */
import { computed, signal } from "@preact/signals";
import { drawnOn, MOST_ROWS, rubbedFrom, withoutNearest } from "../net/drawn.js";
import { remakeData } from "./edits.js";
import { neuron, picked, varying } from "./plane.js";
import { rows, session } from "./session.js";

/** Whether strokes on the plot change the data. */
export const drawing = signal(false);
/** Whether they take rows away. */
export const erasing = signal(false);
/** The class, by its number, or the target that new rows have. */
export const chosen = signal(0);
/** What the stroke under way has touched. @type {import("@preact/signals").Signal<Point[]>} */
const stroke = signal([]);
/** Strokes that the server has not answered yet. @type {import("@preact/signals").Signal<Point[][]>} */
const sent = signal([]);
/** What is not in the data yet. */
export const touched = computed(() => [...sent.value.flat(), ...stroke.value]);
/** Where the keys stand. @type {import("@preact/signals").Signal<Point | null>} */
export const cross = signal(null);

/** Whether the data can be drawn on: small enough, and no input is made of others. */
export const drawable = computed(() => {
  const [data, state] = [rows.value, session.value];
  const made = /** @type {{products?: unknown[]} | null} */ (state?.data.choice)?.products ?? [];
  return data !== null && !data.image && data.inputs.length <= MOST_ROWS && made.length === 0;
});

/** @type {import("@preact/signals").ReadonlySignal<Ink>} */
export const ink = computed(() => (rows.value?.classes ? { kind: "class", value: Math.min(Math.max(Math.round(chosen.value), 0), rows.value.classes.length - 1) } : { kind: "number", value: chosen.value }));

export function toggleDrawing() {
  drawing.value = !drawing.peek();
  stroke.value = [];
  const [state, { up }] = [session.peek(), varying.peek()];
  const last = (state?.spec.layers.length ?? 1) - 1;
  // Over one input, it is the output's targets that are drawn.
  if (drawing.value && up === null && neuron.peek().layer !== last) picked.value = { layer: last, unit: 0 };
}

/** @param {Span} wide @param {Span} tall @returns {Sheet | null} */
function sheet(wide, tall) {
  const [data, state, { layer, unit }] = [rows.peek(), session.peek(), neuron.peek()];
  if (!data || !state) return null;
  return { data, ...varying.peek(), unit: layer === state.spec.layers.length - 1 ? unit : 0, shown: state.batch.shown, wide, tall };
}

/** @param {Point} point */
export function dab(point) {
  stroke.value = [...stroke.peek(), point];
}

/** Ends the stroke: what it touched becomes rows, or goes. @param {Span} wide @param {Span} tall */
export async function lift(wide, tall) {
  const [points, colour, erases] = [stroke.peek(), ink.peek(), erasing.peek()];
  if (points.length === 0) return;
  stroke.value = [];
  sent.value = [...sent.peek(), points];
  await remakeData(() => {
    const on = sheet(wide, tall);
    return on && (erases ? rubbedFrom(on, points) : drawnOn(on, points, colour));
  });
  sent.value = sent.peek().filter((one) => one !== points);
}

/** Takes away the row that lies nearest to the cross. @param {Span} wide @param {Span} tall */
export function rubNearest(wide, tall) {
  const at = cross.peek();
  if (!at) return;
  remakeData(() => {
    const on = sheet(wide, tall);
    return on && withoutNearest(on, at);
  });
}
