/**
 * What was asked about single weights and biases, and holds only for the iteration and the edition it was asked in.
 * @import {GradientCheck, History, Nudge, Ref, State} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { parameterOf } from "../net/places.js";
import { report } from "./problem.js";
import { session } from "./session.js";
import { selection } from "./view.js";

/** By how much to nudge; null is what suits. @type {import("@preact/signals").Signal<number | null>} */
export const epsilon = signal(null);

/** @type {import("@preact/signals").Signal<{when: string, nudge: Nudge} | null>} */
const nudge = signal(null);
/** @type {import("@preact/signals").Signal<{when: string, check: GradientCheck} | null>} */
const check = signal(null);
/** A selected parameter's values so far. @type {import("@preact/signals").Signal<History | null>} */
export const history = signal(null);

/** @param {State} state */
const whenOf = ({ id, edition, position }) => `${id} ${edition} ${position.iteration}`;
const now = computed(() => (session.value ? whenOf(session.value) : ""));

/** The last nudge, if it still holds. @type {import("@preact/signals").ReadonlySignal<Nudge | null>} */
export const nudged = computed(() => (nudge.value?.when === now.value ? nudge.value.nudge : null));
/** The last check of all gradients, if it still holds. @type {import("@preact/signals").ReadonlySignal<GradientCheck | null>} */
export const checked = computed(() => (check.value?.when === now.value ? check.value.check : null));

/** @param {Ref} parameter */
export async function nudgeIt(parameter) {
  const state = session.peek();
  if (!state) return;
  try {
    nudge.value = { when: whenOf(state), nudge: await api.nudge(state.id, parameter, epsilon.peek()) };
  } catch (error) {
    report(error);
  }
}

export async function checkAll() {
  const state = session.peek();
  if (!state) return;
  try {
    check.value = { when: whenOf(state), check: await api.gradientCheck(state.id) };
  } catch (error) {
    report(error);
  }
}

/** Asks for the history of what is selected, one question at a time. */
export function keepHistory() {
  let busy = false;
  let known = "";
  const ask = async () => {
    const [state, ref] = [session.peek(), parameterOf(selection.peek())];
    if (!state || !ref) return void (history.value = null);
    const wanted = `${whenOf(state)} ${ref.tensor} ${ref.index}`;
    if (busy || wanted === known) return;
    busy = true;
    known = wanted;
    history.value = await api.history(state.id, ref).catch(() => null);
    busy = false;
    ask();
  };
  effect(() => {
    void [now.value, selection.value];
    ask();
  });
}
