/**
 * What each neuron has learned of the plane of inputs, while the picture shows it: it comes with each picture of a run, else it is asked for.
 * @import {Tensor} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { latest } from "./latest.js";
import { regions as wished, theme } from "./preferences.js";
import { report } from "./problem.js";
import { newest, session } from "./session.js";
import { panel } from "./view.js";

/** Points along an axis of a region. */
const SIZE = 20;

/** @type {import("@preact/signals").Signal<Tensor | null>} */
const shades = signal(null);

/** How fine regions are wanted; null while none is to be seen: there are two inputs, and it is wished. @type {import("@preact/signals").ReadonlySignal<number | null>} */
export const wanted = computed(() => {
  const plane = session.value?.spec.layers[0]?.units === 2;
  return wished.value && plane && (panel.value === "network" || panel.value === "both") ? SIZE : null;
});

/** What makes them, fetched when one is first wanted. */
const made = signal(/** @type {typeof import("../net/regions.js") | null} */ (null));
const squares = computed(() => (session.value && made.value?.squaresOf(session.value.spec)) ?? new Map());

/** @type {import("@preact/signals").ReadonlySignal<import("../net/regions.js").Regions | null>} */
export const regions = computed(() => (wanted.value && shades.value && made.value?.regionsOf(shades.value, squares.value, theme.value)) || null);

/** Keeps them those of the newest picture; only the latest answer counts. */
export function keepColouring() {
  const ask = latest(async () => {
    const [id, size] = [newest.peek()?.state.id, wanted.peek()];
    if (id && size) shades.value = await api.regions(id, size);
  });
  effect(() => {
    if (wanted.value && !made.peek()) import("../net/regions.js").then((module) => (made.value = module), report);
  });
  effect(() => {
    const [frame, size] = [newest.value, wanted.value];
    if (!frame || !size) return;
    if (frame.regions) shades.value = frame.regions;
    else ask();
  });
}
