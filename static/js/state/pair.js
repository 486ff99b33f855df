/**
 * Another session beside this one: it goes to wherever this one goes, so that both can be seen at the same step.
 * @import {Metrics, Spec, State, Tape} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { positionBeside } from "../net/pairing.js";
import { tapeReading } from "../net/reading.js";
import { language } from "./preferences.js";
import { report } from "./problem.js";
import { Queue } from "./queue.js";
import { look, session } from "./session.js";
import { tapeOf } from "./tapes.js";
import { partner } from "./view.js";

/** The other session where it stands, and its tape. @type {import("@preact/signals").Signal<{state: State, tape: Tape} | null>} */
export const other = signal(null);
/** Whether it cannot, since its training diverged before. */
export const ended = computed(() => (other.value?.state.diverged?.iteration ?? Infinity) < (session.value?.position.iteration ?? 0));
/** Whether it stands where this one does. */
export const together = computed(() => {
  const [now, it] = [session.value, other.value];
  return now !== null && it !== null && !ended.value && stands(it.state, now, null);
});
/** Whether its numbers are those of a step close enough to be seen beside this one's. */
export const near = computed(() => Math.abs((session.value?.position.iteration ?? 0) - (other.value?.state.position.iteration ?? -Infinity)) <= 1);
/** Its costs and accuracies. @type {import("@preact/signals").Signal<Metrics & {id: string} | null>} */
export const otherCurves = signal(null);

/** What it is called among one's sessions. */
export const otherName = signal("");

/** What may be seen of the other now. */
export const otherReading = computed(() => {
  const it = other.value;
  return it ? tapeReading(it.tape, it.state.written, it.state.batch.shown) : () => null;
});

/** Iterations that it trains at once to catch up. */
const HOP = 500;

const queue = new Queue((error) => {
  if (error instanceof api.ApiError && error.status === 404) stop();
  report(error);
});

/** Begins when the first view of a pair is shown. */
export function keepTogether() {
  let first = session.peek()?.id;
  effect(() => {
    const [now, id] = [session.value, partner.value];
    if (!now) return;
    if (id === now.id || (first && first !== now.id && id === other.peek()?.state.id)) stop();
    else if (id) queue.replace("follow", () => follow(id, now));
    if (!id) other.value = otherCurves.value = null;
    first = now.id;
  });
}

/** Brings the other to where this one stands. @param {string} id @param {State} now */
async function follow(id, now) {
  const known = other.peek()?.state;
  let there = known?.id === id ? known : await met(id);
  const row = now.batch.shown < there.data.rows + there.data.tests ? now.batch.shown : null;
  // Where its spec changes on the way, its operations are others once it is there.
  for (let tries = 0; tries < 2 && !stands(there, now, row); tries += 1) there = await go(there, now, row);
  const numbers = await tapeOf(there);
  if (partner.peek() !== id) return;
  other.value = { state: there, tape: numbers };
  await measure(there);
  const next = session.peek();
  if (next && there.position.iteration < next.position.iteration && !ended.peek()) queue.replace("follow", () => follow(id, next));
}

/** The other for the first time. @param {string} id */
async function met(id) {
  const state = await api.state(id, look(null));
  const { sessions } = await api.sessions();
  const listed = sessions.find((one) => one.id === id);
  otherName.value = listed?.name || listed?.title || state.data.title;
  return state;
}

/** Where it should stand: where this one does, or at the end of its last iteration where its training ends before. @param {State} there @param {State} now */
function aim({ position, segments, diverged }, now) {
  const { iteration, operation, operations } = now.position;
  if (diverged && diverged.iteration < iteration) return { iteration: diverged.iteration, operation: position.operations };
  return { iteration, operation: operation === operations ? position.operations : positionBeside(operation, now.segments, segments) };
}

/** @param {State} there @param {State} now @param {number | null} row */
function stands(there, now, row) {
  const { iteration, operation } = aim(there, now);
  return there.position.iteration === iteration && there.position.operation === operation && (row === null || there.batch.shown === row);
}

/** A long way is gone in parts, so that it can be watched. @param {State} there @param {State} now @param {number | null} row */
async function go(there, now, row) {
  const reach = there.branches.find(({ current }) => current)?.reach ?? 0;
  const to = aim(there, now);
  const part = to.iteration > reach + HOP;
  try {
    return await api.seek(there.id, part ? { iteration: reach + HOP, operation: 0 } : to, look(part ? null : row));
  } catch (error) {
    if (!(error instanceof api.ApiError) || error.code !== "diverged") throw error;
    return api.state(there.id, look(null));
  }
}

/** @param {State} there */
async function measure({ id, edition }) {
  const known = otherCurves.peek();
  const same = known !== null && known.id === id && known.edition === edition;
  const got = await api.metrics(id, same ? (known.points.at(-1)?.iteration ?? -1) : -1, language.peek());
  otherCurves.value = { ...got, points: same ? [...known.points, ...got.points] : got.points, id };
}

export function stop() {
  partner.value = null;
}

/** @param {(id: string) => Promise<State>} make @param {string} name */
async function beside(make, name) {
  const now = session.peek();
  if (!now) return;
  try {
    const made = await make(now.id);
    await api.rename(made.id, name.slice(0, 100));
    partner.value = made.id;
  } catch (error) {
    report(error);
  }
}

/** Sees a branch beside the one where one stands: a copy, since a session stands on one at a time. @param {number} branch @param {string} name */
export const besideBranch = (branch, name) => beside((id) => api.duplicate(id, look(null), { branch }), name);

/** Sees the same data and start with other settings, from the first iteration on. @param {Partial<Spec>} settings @param {string} name */
export const besideSpec = (settings, name) => beside(async (id) => {
  const copy = await api.duplicate(id, look(null));
  try {
    await api.seek(copy.id, { iteration: 0, operation: 0 }, look(null));
    return await api.change(copy.id, settings, look(null));
  } catch (error) {
    await api.remove(copy.id);
    throw error;
  }
}, name);

/** @param {string} id */
export const besideSession = (id) => (partner.value = id);
