/**
 * What is the matter with the network: asked for once the page rests, never while steps are under way.
 * @import {Diagnosis, Finding, State} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { playing } from "./moves.js";
import { language } from "./preferences.js";
import { queue, session } from "./session.js";
import { role } from "./view.js";

/** How long the page rests before it asks, in milliseconds. */
const REST = 500;

/** @type {import("@preact/signals").Signal<{key: string, diagnosis: Diagnosis} | null>} */
const answered = signal(null);
/** What was put away, by name and layers, until another session begins. @type {import("@preact/signals").Signal<Set<string>>} */
const dismissed = signal(new Set());
/** The session and edition in which the page has stood where training diverged. */
const met = signal("");

/** The parameters at the start of an iteration decide, so within it the answer is the same. @param {State} state */
const keyOf = ({ id, edition, position }) => `${id} ${edition} ${position.iteration} ${language.value}`;

/** @param {Finding} finding */
const nameOf = ({ name, layers }) => `${name} ${layers}`;

/** The last answer on this network; from one iteration to the next it stays until the page rests. */
const diagnosis = computed(() => {
  const [state, answer] = [session.value, answered.value];
  return state && answer?.key.startsWith(`${state.id} ${state.edition} `) ? answer.diagnosis : null;
});

/** What is worth noticing here. @type {import("@preact/signals").ReadonlySignal<Finding[]>} */
export const findings = computed(() => diagnosis.value?.findings.filter((finding) => !dismissed.value.has(nameOf(finding))) ?? []);

/** The iteration that the findings are about. */
export const lookedAt = computed(() => diagnosis.value?.iteration ?? null);

/** Where training ends, once the page has been there: it tells nothing beforehand. @type {import("@preact/signals").ReadonlySignal<State["diverged"]>} */
export const diverged = computed(() => {
  const state = session.value;
  return state && (here(state) || met.value === `${state.id} ${state.edition}`) ? state.diverged : null;
});

/** Whether what went wrong lies before the cursor. @param {State} state */
const here = ({ diverged: end, position }) => end !== null && position.iteration === end.iteration && position.operation >= end.operation;

/** @param {Finding} finding */
export function dismissFinding(finding) {
  dismissed.value = new Set([...dismissed.value, nameOf(finding)]);
}

/** Keeps the findings those of the iteration on show. */
export function keepDiagnosing() {
  let known = "";
  effect(() => {
    const state = session.value;
    if (state && here(state)) met.value = `${state.id} ${state.edition}`;
  });
  effect(() => {
    const state = session.value;
    if (!state || playing.value || /following|closed/.test(role.value ?? "")) return;
    if (state.id !== known) dismissed.value = new Set();
    known = state.id;
    const key = keyOf(state);
    if (answered.peek()?.key === key) return;
    const timer = setTimeout(() => ask(state.id, key), REST);
    return () => clearTimeout(timer);
  });
}

/** @param {string} id @param {string} key */
async function ask(id, key) {
  if (queue.busy) return void setTimeout(() => ask(id, key), REST);
  const now = session.peek();
  if (!now || keyOf(now) !== key) return;
  try {
    answered.value = { key, diagnosis: await api.diagnosis(id, language.peek()) };
  } catch {
    // What cannot be asked now is asked again after the next move; the page is complete without it.
  }
}
