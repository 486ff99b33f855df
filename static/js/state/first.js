/**
 * The first minutes: where the tour stands, and the hint that helps now. What was dismissed stays so.
 */
import { computed, signal } from "@preact/signals";
import { HINTS } from "../words/hints.js";
import { STOPS } from "../words/tour.js";
import { laterWords } from "./language.js";
import { dismissed } from "./preferences.js";
import { phase, session } from "./session.js";
import { guess, panel, selection, stepBy } from "./view.js";

const TOUR = "tour";

/** The number of the tour's stop; null while it is not taken. @type {import("@preact/signals").Signal<number | null>} */
export const stop = signal(null);

/** Whether the tour is still to be offered. */
export const invites = computed(() => stop.value === null && !dismissed.value.includes(TOUR));

export const hint = computed(() => {
  const state = session.value;
  if (!state || panel.value !== "network" || stop.value !== null || invites.value || guess.value) return null;
  const moment = { position: state.position, phase: phase.value, stepBy: stepBy.value, selected: selection.value !== null };
  return HINTS.find(({ name, when }) => !dismissed.value.includes(name) && when(moment)) ?? null;
});

/** @param {string} name */
export function dismissHint(name) {
  if (!dismissed.peek().includes(name)) dismissed.value = [...dismissed.peek(), name];
}

/** Begins when its words are there: each stop is laid out by them. */
export async function takeTour() {
  await laterWords();
  stop.value = 0;
}

/** @param {number} by */
export function nextStop(by) {
  const next = (stop.peek() ?? 0) + by;
  if (next >= STOPS.length) leaveTour();
  else stop.value = Math.max(next, 0);
}

export function leaveTour() {
  stop.value = null;
  dismissHint(TOUR);
}
