/**
 * What the server said: one session at one position, with the tape it is read from. Older answers are dropped.
 * @import {Catalog, Init, Phase, Reading, Rows, State, Tape} from "../types.js"
 * @import {Look} from "../api.js"
 */
import { batch, computed, signal } from "@preact/signals";
import * as api from "../api.js";
import { tapeReading } from "../net/reading.js";
import { digits } from "./preferences.js";
import { dismiss, report } from "./problem.js";
import { Queue } from "./queue.js";
import { fetchNext, forget, tapeOf } from "./tapes.js";
import { example, guess, selection, sessionId } from "./view.js";

/** @type {import("@preact/signals").Signal<State | null>} */
export const session = signal(null);
/** @type {import("@preact/signals").Signal<Tape | null>} */
export const tape = signal(null);
/** @type {import("@preact/signals").Signal<Catalog | null>} */
export const catalog = signal(null);
/** The session's data, row by row. @type {import("@preact/signals").Signal<Rows | null>} */
export const rows = signal(null);

export const queue = new Queue(report);

/** What this page's session was begun with. @type {{id: string, init: Init} | null} */
let begun = null;

/** What may be seen now. @type {import("@preact/signals").ReadonlySignal<Reading>} */
export const reading = computed(() => {
  const [state, numbers] = [session.value, tape.value];
  return state && numbers ? tapeReading(numbers, state.written, state.batch.shown) : () => null;
});

/** The pass of the last operation done. @type {import("@preact/signals").ReadonlySignal<Phase>} */
export const phase = computed(() => {
  const state = session.value;
  const last = (state?.position.operation ?? 0) - 1;
  return state?.segments.find(({ first, end }) => first <= last && last < end)?.phase ?? "forward";
});

/** @returns {Look} */
export const look = () => ({ example: example.peek(), digits: digits.peek() });

/** @param {State} next */
const older = (next) => {
  const now = session.peek();
  return now !== null && now.id === next.id && next.revision < now.revision;
};

/**
 * Takes over an answer, unless a newer one has been taken over already.
 * @param {State} next
 * @param {number} [changes] how many changes of ours lie between; more means that somebody else changed the session too
 */
export async function adopt(next, changes = 1) {
  if (older(next)) return;
  if (next.revision > (session.peek()?.revision ?? next.revision) + changes) forget();
  const numbers = await tapeOf(next);
  if (older(next)) return;
  batch(() => {
    session.value = next;
    tape.value = numbers;
    sessionId.value = next.id;
    dismiss();
  });
  requestIdleCallback(() => fetchNext(next));
}

/** Asks again with today's view: another example, other digits. */
export function refresh() {
  const now = session.peek();
  if (now) queue.replace("refresh", async () => adopt(await api.state(now.id, look()), 0));
}

/**
 * Begins a new session in the place of the present one.
 * @param {Init} init
 * @returns {Promise<boolean>} whether it began
 */
export async function begin(init) {
  let began = false;
  await queue.add("begin", async () => {
    const state = await api.create(init, { example: null, digits: digits.peek() });
    began = true;
    begun = { id: state.id, init };
    await open(state);
  });
  return began;
}

/** @param {State} state */
async function open(state) {
  forget();
  batch(() => {
    example.value = null;
    selection.value = null;
    guess.value = null;
    rows.value = null;
  });
  await adopt(state);
  rows.value = await api.rows(state.id);
}

/** Comes back to the session in the address; without one, begins with a preset. @param {string} preset */
export async function arrive(preset) {
  try {
    catalog.value = await api.catalog();
  } catch (error) {
    report(error);
  }
  const id = sessionId.peek();
  if (!id) return void (await begin({ preset }));
  await queue.add("begin", async () => {
    await adopt(await arrived(id));
    rows.value = await api.rows(id);
  });
}

/** The session in the address; without the example in it, when there is no such row. @param {string} id */
async function arrived(id) {
  try {
    return await api.state(id, look());
  } catch (error) {
    if (example.peek() === null || !(error instanceof api.ApiError) || error.status !== 422) throw error;
    example.value = null;
    return api.state(id, look());
  }
}

/** The same network anew, after the server has lost it; what it was is known only here. @param {string} preset where nothing is known */
export function beginAgain(preset) {
  const now = session.peek();
  const data = rows.peek();
  if (!now) return begin({ preset });
  if (begun?.id === now.id) return begin(begun.init);
  const own = data ? { inputs: data.inputs.map((row) => row.map(Number)), targets: data.targets.map((row) => row.map(Number)) } : {};
  return begin({ spec: now.spec, data: now.data.name ? { name: now.data.name } : own });
}
