/**
 * Training that goes on by itself: started, paused, and followed in pictures as fast as this page can draw them.
 * @import {Goal, Point, Run} from "../types.js"
 * @import {Moved} from "../events.js"
 */
import { batch, computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { listen } from "../events.js";
import { report } from "./problem.js";
import { adopt, adoptFrame, look, queue, session } from "./session.js";
import { guess, sessionId } from "./view.js";

/** @typedef {"none" | "iteration" | "epoch" | "cost" | "accuracy"} Until */

/** Iterations a second; null is as fast as possible. */
export const PACES = [1, 10, 100, 1000, null];

/** What the next run goes on to. @type {import("@preact/signals").Signal<Until>} */
export const until = signal("none");
/** How far, for each thing to go on to. */
export const amount = signal({ iteration: 1000, epoch: 100, cost: 0.05, accuracy: 0.95 });
/** @type {import("@preact/signals").Signal<number | null>} */
export const pace = signal(null);

/** How far the run is, told a few times a second. @type {import("@preact/signals").Signal<Run | null>} */
export const progress = signal(null);
/** The newest measured point that the server told of. @type {import("@preact/signals").Signal<{edition: number, newest: Point} | null>} */
export const measured = signal(null);

export const running = computed(() => session.value?.run?.going === true);

export function train() {
  guess.value = null;
  const wish = until.peek();
  /** @type {Goal} */
  const goal = wish === "none" ? {} : { [wish]: amount.peek()[wish] };
  queue.add("run", async () => {
    const now = session.peek();
    if (now) await adopt(await api.run(now.id, { until: goal, speed: pace.peek() }, look()));
  });
}

/** Asks at once, whatever else is asked: a pause is not to wait. */
export function pause() {
  const now = session.peek();
  if (now) api.pause(now.id, look()).then(adopt).catch(report);
}

export const toggleRun = () => (running.peek() ? pause() : train());

/** A run that goes on is given its new goal or pace. */
function renew() {
  if (running.peek()) train();
}

/** @param {Until} wish */
export function setUntil(wish) {
  until.value = wish;
  renew();
}

/** @param {Exclude<Until, "none">} of @param {number} value */
export function setAmount(of, value) {
  amount.value = { ...amount.peek(), [of]: value };
  renew();
}

/** @param {number | null} value */
export function setPace(value) {
  pace.value = value;
  renew();
}

/** Asks for a picture where the page has an older one; while one is under way only the newest counts. @param {Moved} moved */
function follow(moved) {
  const now = session.peek();
  if (now !== null && !document.hidden && moved.revision > now.revision) queue.replace("frame", () => picture(moved.revision));
}

/** A session that runs as fast as it can is asked for the next picture as soon as one is here. @param {number} revision */
async function picture(revision) {
  const now = session.peek();
  if (now === null || now.revision >= revision) return;
  await adoptFrame(now.id);
  const next = session.peek();
  if (next?.run?.going && next.run.speed === null && !document.hidden) queue.replace("frame", () => picture(next.revision + 1));
}

/** Listens to the session of this page, but not behind other tabs: a browser keeps few connections open. */
export function keepFollowing() {
  const hidden = signal(document.hidden);
  document.addEventListener("visibilitychange", () => (hidden.value = document.hidden));
  const id = computed(() => (session.value?.id === sessionId.value ? sessionId.value : null));
  const quiet = computed(() => hidden.value && !running.value);
  effect(() => {
    const [listened, silent] = [id.value, quiet.value];
    batch(() => {
      progress.value = null;
      measured.value = null;
    });
    if (listened === null || silent) return;
    return listen(listened, {
      position: follow,
      run: (run) => (progress.value = run),
      metrics: (point) => (measured.value = point),
    });
  });
}
