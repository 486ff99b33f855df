/**
 * The explanation on show: the selected number's, else the current step's.
 * @import {Explanation, Prediction, Written} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { sameRef } from "../net/places.js";
import { digits, language, notation } from "./preferences.js";
import { report } from "./problem.js";
import { running } from "./running.js";
import { lens, look, refresh, session } from "./session.js";
import { example, guess, role, selection, sessionId } from "./view.js";

/** @type {import("@preact/signals").Signal<Explanation | null>} */
const chosen = signal(null);

/** @type {import("@preact/signals").ReadonlySignal<Explanation | null>} */
export const explained = computed(() => {
  const ref = selection.value;
  if (running.value) return null;
  if (!ref) return session.value?.step?.explanation ?? null;
  return chosen.value && sameRef(chosen.value, ref) ? chosen.value : null;
});

/** The network's answer to inputs that were typed in. @type {import("@preact/signals").Signal<Prediction | null>} */
export const prediction = signal(null);

/** Asks for what the view needs, whenever the view or the session changes; only the latest answer counts. */
export function keepExplaining() {
  let asked = 0;
  effect(() => {
    const [state, ref] = [session.value, selection.value];
    void [digits.value, notation.value, language.value];
    const mine = (asked += 1);
    if (!state || !ref || state.id !== sessionId.value || running.value) return;
    api.explain(state.id, ref, look(state.batch.shown)).then(
      (answer) => mine === asked && (chosen.value = lens.explanation(answer)),
      (error) => mine === asked && refuse(error),
    );
  });
  effect(() => {
    const inputs = guess.value;
    const mine = session.value;
    if (!mine || !inputs) return void (prediction.value = null);
    api.predict(mine.id, inputs).then((answer) => guess.peek() === inputs && (prediction.value = answer), report);
  });
  let written = `${digits.peek()} ${notation.peek()}`;
  effect(() => {
    const [row, now] = [example.value, `${digits.value} ${notation.value}`];
    const shown = session.peek()?.batch.shown;
    if (now !== written || (row !== null && shown !== undefined && row !== shown)) refresh();
    written = now;
  });
}

/** A number that cannot be explained is no longer looked at, but by who follows: she is led to it again. @param {unknown} error */
function refuse(error) {
  if (role.peek() === "following") return;
  selection.value = null;
  report(error);
}

/** What was fetched to be copied, for each explanation on show. @type {WeakMap<Explanation, Promise<{[format: string]: Written}>>} */
const known = new WeakMap();

/** The explanation in every format, fetched once. @param {Explanation} it */
export function writtenOut(it) {
  const state = session.peek();
  const asked = known.get(it) ?? api.written(state?.id ?? "", it, look(state?.batch.shown));
  known.set(it, asked);
  asked.catch(() => known.delete(it));
  return asked;
}
