/**
 * Moving the cursor: steps, places on the timeline, and playing by itself.
 * @import {State} from "../types.js"
 */
import { effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { speed } from "./preferences.js";
import { problem } from "./problem.js";
import { pause, running } from "./running.js";
import { adopt, look, queue, session } from "./session.js";
import { example, guess, predicting, selection, stepBy } from "./view.js";

export const playing = signal(false);

/**
 * Every press counts; a key that is held goes on as fast as answers come, and stops when it is let go.
 * @param {"next" | "previous"} direction @param {boolean} [held]
 */
export function step(direction, held = false) {
  if (held && queue.busy) return;
  stay();
  queue.add("step", async () => {
    const now = session.peek();
    if (!now || (direction === "next" && over(now))) return void (playing.value = false);
    const body = { granularity: stepBy.peek(), direction };
    await adopt(await api.step(now.id, body, leaves(now, direction) ? follow() : look()));
  });
}

/** Whether there is nothing after this position: training diverged here. @param {State} state */
export const over = ({ position, diverged }) => diverged?.iteration === position.iteration && position.operation === position.operations;

/** Whether a step goes to another iteration. @param {State} state @param {"next" | "previous"} direction */
const leaves = ({ position }, direction) => position.operation === (direction === "next" ? position.operations : 0);

/** In another iteration the example shown is one of its batch again. */
export function follow() {
  example.value = null;
  return look();
}

/** Ends what would hide the movement: inputs being tried out. */
function stay() {
  guess.value = null;
}

/** Goes to a position, null being as far in the iteration as now; while one is under way only the latest wish counts. @param {number | null} operation @param {number} [iteration] */
export function seek(operation, iteration) {
  stay();
  queue.replace("seek", async () => {
    const now = session.peek();
    if (!now) return;
    const target = { iteration: iteration ?? now.position.iteration, operation };
    const elsewhere = target.iteration !== now.position.iteration;
    await adopt(await api.seek(now.id, target, elsewhere ? follow() : look()));
  });
}

export const first = () => seek(0);

export function last() {
  const now = session.peek();
  if (now) seek(now.position.operations);
}

/** Back to iteration 0, with the same start parameters. */
export function reset() {
  playing.value = false;
  selection.value = null;
  seek(0, 0);
}

/** Goes to where an operation has just been done, and looks at it. @param {number} operation */
export function goTo(operation) {
  playing.value = false;
  selection.value = null;
  seek(operation + 1);
}

/** Pauses whatever moves by itself, else plays. */
export function togglePlay() {
  if (running.peek()) return pause();
  playing.value = !playing.value;
}

export function togglePredicting() {
  playing.value = false;
  selection.value = null;
  predicting.value = !predicting.value;
}

/** Steps by itself while playing; never faster than the answers come. */
export function keepPlaying() {
  effect(() => {
    if (!playing.value) return;
    const timer = setInterval(() => step("next", true), 1000 / speed.value);
    return () => clearInterval(timer);
  });
  effect(() => {
    if (problem.value || running.value) playing.value = false;
  });
}
