/**
 * Training that goes on by itself: started, paused, and followed in pictures as fast as this page can draw them.
 * @import {Goal, Point} from "../types.js"
 * @import {Moved} from "../events.js"
 * @import {Frame} from "./session.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { listen } from "../events.js";
import { report } from "./problem.js";
import { wanted } from "./regions.js";
import { adopt, look, newest, queue, session, show } from "./session.js";
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

/** The newest measured point that the server told of. @type {import("@preact/signals").Signal<{edition: number, newest: Point} | null>} */
export const measured = signal(null);

/** What is heard of the session of this page: its own stream, or a room's. */
export const hearing = signal(listen);

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
  if (!now) return;
  pausing = true;
  api.pause(now.id, look()).then(adopt).catch(report).finally(() => (pausing = false));
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

/** A faster run, in iterations a second, is asked for one picture after the other, not only when told that it went on. */
const SLOW = 10;

/** The newest revision that is known to be there, or to come. */
let told = 0;
/** The next picture, on its way while one waits for the display and is drawn. @type {{id: string, frame: Promise<Frame>} | null} */
let ahead = null;
/** A pause was asked for: what comes before it is not worth drawing. */
let pausing = false;

/** Asks for a picture where the page has an older one. @param {Moved} moved */
function follow(moved) {
  told = Math.max(told, moved.revision);
  if (isBehind()) queue.replace("frame", picture);
}

const isBehind = () => !document.hidden && !pausing && (newest.peek()?.state.revision ?? Infinity) < told;

/** Shows a picture in the next frame of the display; of a fast run, the one after it is asked for before that. */
async function picture() {
  const [now, coming] = [newest.peek()?.state, ahead];
  ahead = null;
  if (!now || !isBehind()) return;
  const frame = await (coming?.id === now.id ? coming.frame : api.frame(now.id, look(), wanted.peek()));
  const { id, revision, run } = frame.state;
  if (run?.going && (run.speed ?? Infinity) > SLOW && !pausing) {
    told = revision + 1;
    ahead = { id, frame: api.frame(id, look(), wanted.peek()) };
    ahead.frame.catch(() => undefined);
    queue.replace("frame", picture);
  }
  await display();
  if (!pausing) show(frame);
}

/** The next frame of the display. */
const display = () => new Promise((drawn) => requestAnimationFrame(drawn));

/** Listens to the session of this page, but not behind other tabs: a browser keeps few connections open. */
export function keepFollowing() {
  const hidden = signal(document.hidden);
  document.addEventListener("visibilitychange", () => (hidden.value = document.hidden));
  const id = computed(() => (session.value?.id === sessionId.value ? sessionId.value : null));
  const quiet = computed(() => hidden.value && !running.value);
  effect(() => {
    const [listened, silent] = [id.value, quiet.value];
    told = 0;
    measured.value = null;
    if (listened === null || silent) return;
    return hearing.value(listened, { position: follow, metrics: (point) => (measured.value = point) });
  });
}
