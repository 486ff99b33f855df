/**
 * Another example beside the one that is shown: its numbers at the same step.
 * @import {Reading, Tape} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import { tapeReading } from "../net/reading.js";
import { report } from "./problem.js";
import { session } from "./session.js";
import { tapeWith } from "./tapes.js";

/** The row to compare with; null while none is. @type {import("@preact/signals").Signal<number | null>} */
export const compared = signal(null);

/** Its numbers, and of which state. @type {import("@preact/signals").Signal<{tape: Tape, key: string} | null>} */
const found = signal(null);

/** What numbers those of a row belong to. @param {import("../types.js").State} state @param {number} row */
const keyOf = ({ id, edition, position }, row) => `${id} ${edition} ${position.iteration} ${row}`;

/** What may be seen of it now. @type {import("@preact/signals").ReadonlySignal<Reading | null>} */
export const comparison = computed(() => {
  const [state, row, numbers] = [session.value, compared.value, found.value];
  if (!state || row === null || numbers?.key !== keyOf(state, row)) return null;
  return tapeReading(numbers.tape, state.written, row);
});

/** Asks for the numbers of the row that is compared, whenever another iteration or row is. */
export function keepComparing() {
  effect(() => {
    const [state, row] = [session.value, compared.value];
    if (!state || row === null) return;
    const key = keyOf(state, row);
    if (found.peek()?.key === key) return;
    tapeWith(state, row).then((tape) => (found.value = { tape, key }), report);
  });
  let id = session.peek()?.id;
  effect(() => {
    const now = session.value?.id;
    if (now !== id) compared.value = null;
    id = now;
  });
}
