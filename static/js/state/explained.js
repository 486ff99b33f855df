/**
 * The explanation on show: the selected number's, else the current step's.
 * @import {Explanation, Prediction} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { sameRef } from "../net/places.js";
import { digits } from "./preferences.js";
import { report } from "./problem.js";
import { refresh, session } from "./session.js";
import { example, guess, selection } from "./view.js";

/** @type {import("@preact/signals").Signal<Explanation | null>} */
const chosen = signal(null);

/** @type {import("@preact/signals").ReadonlySignal<Explanation | null>} */
export const explained = computed(() => {
  const ref = selection.value;
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
    const mine = (asked += 1);
    if (!state || !ref) return;
    api.explain(state.id, ref, { example: state.batch.shown, digits: digits.value }).then(
      (answer) => mine === asked && (chosen.value = answer),
      (error) => mine === asked && refuse(error),
    );
  });
  effect(() => {
    const inputs = guess.value;
    const mine = session.value;
    if (!mine || !inputs) return void (prediction.value = null);
    api.predict(mine.id, inputs).then((answer) => guess.peek() === inputs && (prediction.value = answer), report);
  });
  let written = digits.peek();
  effect(() => {
    const [row, places] = [example.value, digits.value];
    const shown = session.peek()?.batch.shown;
    if (places !== written || (row !== null && shown !== undefined && row !== shown)) refresh();
    written = places;
  });
}

/** A number that cannot be explained is no longer looked at. @param {unknown} error */
function refuse(error) {
  selection.value = null;
  report(error);
}
