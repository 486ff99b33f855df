/**
 * Another session beside this one: it goes to wherever this one goes, so that both can be seen at the same step.
 * @import {Metrics, Spec, State, Tape} from "../types.js"
 */
import { batch, computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { positionBeside } from "../net/pairing.js";
import { tapeReading } from "../net/reading.js";
import { language } from "./preferences.js";
import { report } from "./problem.js";
import { Queue } from "./queue.js";
import { catalog, look, session } from "./session.js";
import { tapeOf } from "./tapes.js";
import { partner } from "./view.js";

/** The other session where it stands, and its tape. @type {import("@preact/signals").Signal<{state: State, tape: Tape} | null>} */
export const other = signal(null);
/** Whether it stands where this one does; it cannot where its training diverged before. */
export const together = signal(false);
/** Its costs and accuracies. @type {import("@preact/signals").Signal<Metrics & {id: string} | null>} */
export const otherCurves = signal(null);

/** What it is called among one's sessions. */
export const otherName = signal("");

/** What may be seen of the other now. */
export const otherReading = computed(() => {
  const it = other.value;
  return it ? tapeReading(it.tape, it.state.written, it.state.batch.shown) : () => null;
});

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
  try {
    // Where its spec changes on the way, its operations are others once it is there.
    for (let tries = 0; tries < 2 && !stands(there, now, row); tries += 1) there = await go(there, now, row);
  } catch (error) {
    if (!(error instanceof api.ApiError) || error.code !== "diverged") throw error;
    there = await api.state(id, look(row));
  }
  const numbers = await tapeOf(there);
  if (partner.peek() !== id) return;
  batch(() => {
    other.value = { state: there, tape: numbers };
    together.value = stands(there, now, there.batch.shown);
  });
  await measure(there);
}

/** The other for the first time. @param {string} id */
async function met(id) {
  const state = await api.state(id, look(null));
  const { sessions } = await api.sessions();
  const listed = sessions.find((one) => one.id === id);
  otherName.value = listed?.name || listed?.title || state.data.title;
  return state;
}

/** @param {State} there @param {State} now @param {number | null} row */
const stands = (there, now, row) => there.position.iteration === now.position.iteration && there.position.operation === operationFor(there, now) && (row === null || there.batch.shown === row);

/** @param {State} there @param {State} now */
const operationFor = (there, now) => (now.position.operation === now.position.operations ? there.position.operations : positionBeside(now.position.operation, now.segments, there.segments));

/** A long way is gone in as many requests as it takes. @param {State} there @param {State} now @param {number | null} row */
async function go(there, now, row) {
  const most = catalog.peek()?.limits["max_train_iterations"] ?? Infinity;
  const { iteration } = now.position;
  let reach = there.branches.find(({ current }) => current)?.reach ?? 0;
  for (; iteration - reach > most; reach += most) await api.seek(there.id, { iteration: reach + most, operation: 0 }, look(null));
  return api.seek(there.id, { iteration, operation: operationFor(there, now) }, look(row));
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
  await api.seek(copy.id, { iteration: 0, operation: 0 }, look(null));
  return api.change(copy.id, settings, look(null));
}, name);

/** @param {string} id */
export const besideSession = (id) => (partner.value = id);
