/**
 * What one who leads shows: her session, what she looks at, and what she points at.
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../roomapi.js";
import { covered } from "./following.js";
import { latest } from "./latest.js";
import { goTo, playing } from "./moves.js";
import { isShown, leads, me, spotlight } from "./room.js";
import { session } from "./session.js";
import { example, guess, marked, panel, pinned, selection, stepBy } from "./view.js";
/** @import {Ref} from "../types.js" */

/** How long to wait between two moves of the ring, in milliseconds. */
const APART = 120;

/** Whether what is under the pointer or the focus is pointed at. */
export const pointing = signal(false);
/** What is. @type {import("@preact/signals").Signal<Ref | null>} */
const ring = signal(null);

/** What all point at, or are pointed to. @type {import("@preact/signals").ReadonlySignal<Ref | null>} */
export const pointedAt = computed(() => (leads.value ? ring.value : (spotlight.value?.ring ?? null)));

export function togglePointing() {
  pointing.value = !pointing.peek();
}

/** Tells the room what to look at, whenever that is something else; and plays the step that a question was about. */
export function keepLeading() {
  const wanted = computed(() => {
    const id = session.value?.id;
    if (!leads.value || !id || isShown(id)) return null;
    const look = { example: example.value, guess: guess.value, selection: selection.value, pinned: pinned.value, panel: panel.value, by: stepBy.value };
    return JSON.stringify({ session: id, look, ring: ring.value });
  });
  const tell = latest(async () => {
    const [seat, body] = [me.peek(), wanted.peek()];
    if (!seat || body === null) return;
    await api.show(seat, JSON.parse(body));
    await new Promise((done) => setTimeout(done, APART));
  });
  const ends = [
    effect(() => void (wanted.value !== null && tell())),
    effect(() => {
      if (!pointing.value || !leads.value) ring.value = null;
      else if (marked.value) ring.value = marked.value;
    }),
    keepPlaying(),
  ];
  return () => {
    pointing.value = false;
    for (const end of ends) end();
  };
}

/** Once a question is revealed, its step is shown. */
function keepPlaying() {
  let open = -1;
  return effect(() => {
    const question = spotlight.value?.question ?? null;
    const was = open;
    open = question && !question.revealed ? question.number : -1;
    if (!question?.revealed || question.number !== was || question.operation === null || !leads.peek()) return;
    playing.value = covered.value = false;
    goTo(question.operation);
  });
}
