/**
 * What the server said: one session at one position, with the tape it is read from. Older answers are dropped.
 * @import {Catalog, Explanation, Init, Phase, Reading, Rows, Signs, Spec, State, Tape, Tensor, Writing} from "../types.js"
 * @import {Look} from "../api.js"
 */
import { batch, computed, signal } from "@preact/signals";
import * as api from "../api.js";
import { tapeReading } from "../net/reading.js";
import { digits, language, notation, USUAL_NOTATION } from "./preferences.js";
import { dismiss, problem, report } from "./problem.js";
import { Queue } from "./queue.js";
import { fetchNext, tapeOf } from "./tapes.js";
import { example, guess, linked, selection, sessionId } from "./view.js";

/** How often what is read rather than watched follows a session that runs, in milliseconds. */
const CALM = 250;

/** @typedef {{state: State, tape: Tape, regions: Tensor | null}} Frame an answer as a picture of it needs it; regions where they came with it */

/** The newest answer, which the picture of a run is painted from. @type {import("@preact/signals").Signal<Frame | null>} */
export const newest = signal(null);
/** The same for all other panels, but a few times a second only while a session runs. @type {import("@preact/signals").Signal<State | null>} */
export const session = signal(null);
/** @type {import("@preact/signals").Signal<Tape | null>} */
export const tape = signal(null);
/** The ways to write. @type {import("@preact/signals").Signal<Writing[]>} */
export const notations = signal([]);
/** What there is to choose from, once it was asked for. @type {import("@preact/signals").Signal<Catalog | null>} */
export const catalog = signal(null);
/** The session's data, row by row. @type {import("@preact/signals").Signal<Rows | null>} */
export const rows = signal(null);

export const queue = new Queue(report);

/** What this page's session was begun with. @type {import("@preact/signals").Signal<{id: string, init: Init, spec: Spec} | null>} */
export const begun = signal(null);

/** What becomes of a state and of an explanation before they are shown: a room may cover their numbers. */
export const lens = { state: (/** @type {State} */ state) => state, explanation: (/** @type {Explanation} */ it) => it };

/** What may be seen now. @type {import("@preact/signals").ReadonlySignal<Reading>} */
export const reading = computed(() => (session.value && tape.value ? readingOf(session.value, tape.value) : () => null));

/** @param {State} state @param {Tape} numbers */
export const readingOf = (state, numbers) => tapeReading(numbers, state.run?.going ? forwardOf(state.written) : state.written, state.batch.shown);

/** What tells most of a session that runs: activations and weights, which gradients would cover. @param {State["written"]} written */
const forwardOf = (written) => Object.fromEntries(Object.entries(written).filter(([name]) => /^(z|a|Wa|max|sum|share|own|C|penalty_\w+)\d*$/.test(name)));

/** Changes when the parameters at the cursor do, and only then. */
export const standing = computed(() => {
  const now = session.value;
  if (!now) return "";
  const moved = Object.entries(now.written).reduce((sum, [name, count]) => (name.endsWith(".new") ? sum + count : sum), 0);
  return `${now.id} ${now.edition} ${now.position.iteration} ${moved}`;
});

/** The pass of the last operation done; of a session that runs, the one whose numbers say most. @type {import("@preact/signals").ReadonlySignal<Phase>} */
export const phase = computed(() => {
  const state = session.value;
  if (state?.run?.going) return "forward";
  const last = (state?.position.operation ?? 0) - 1;
  return state?.segments.find(({ first, end }) => first <= last && last < end)?.phase ?? "forward";
});

/** The notation that was chosen. @type {import("@preact/signals").ReadonlySignal<Writing | undefined>} */
export const writing = computed(() => notations.value.find(({ name }) => name === notation.value));
/** Its signs. @type {import("@preact/signals").ReadonlySignal<Signs>} */
export const signs = computed(() => writing.value?.signs ?? {});

/** @param {number | null} [row] @returns {Look} */
export const look = (row = example.peek()) => ({ example: row, digits: digits.peek(), notation: notation.peek(), language: language.peek() });

/** @param {State} next */
const older = (next) => {
  const now = newest.peek()?.state;
  return now !== undefined && now.id === next.id && next.revision < now.revision;
};

/** Which numbers there are. @param {State} state */
const numbersOf = ({ spec, written }) => `${spec.layers.map(({ units }) => units)} ${Object.keys(written)}`;

/** Takes over an answer, unless a newer one has been taken over already. @param {State} next */
export async function adopt(next) {
  if (older(next)) return;
  // Of a session that runs, neither this state nor its tape is found a moment later: the newest ones come at once.
  if (next.run?.going) return show(await api.frame(next.id, look(), null));
  const numbers = await tapeOf(next);
  if (older(next)) return;
  show({ state: next, tape: numbers, regions: null });
  dismiss();
  requestIdleCallback(() => fetchNext(next));
}

/** When the panels were given what they show. */
let calmSince = 0;

/** Shows an answer, unless a newer one is shown already. @param {Frame} next */
export function show(next) {
  if (older(next.state)) return;
  const [now, state] = [session.peek(), lens.state(next.state)];
  const same = now?.id === state.id && now.edition === state.edition && now.run?.going && state.run?.going;
  batch(() => {
    newest.value = { ...next, state };
    if (same && performance.now() - calmSince < CALM) return;
    calmSince = performance.now();
    if (now?.id === state.id && numbersOf(now) !== numbersOf(state)) selection.value = null;
    session.value = state;
    tape.value = next.tape;
    sessionId.value = state.id;
  });
}

/** Asks again with today's view: another example, other digits, another notation or language. */
export function refresh() {
  const now = session.peek();
  if (now) queue.replace("refresh", async () => adopt(await api.state(now.id, look())));
}

/**
 * Begins a new session in the place of the present one.
 * @param {Init} init
 * @returns {Promise<boolean>} whether it began
 */
export async function begin(init) {
  let began = false;
  await queue.add("begin", async () => {
    const state = await api.create(init, look(null));
    began = true;
    begun.value = { id: state.id, init, spec: state.spec };
    await open(state);
  });
  return began;
}

/** Goes to another session. @param {() => Promise<State>} ask @returns {Promise<boolean>} whether it is there */
export async function visit(ask) {
  let there = false;
  await queue.add("begin", async () => {
    const state = await ask();
    there = true;
    await open(state);
  });
  return there;
}

/** @param {State} state */
async function open(state) {
  batch(() => {
    example.value = null;
    selection.value = null;
    guess.value = null;
    rows.value = null;
  });
  await adopt(state);
  rows.value = await api.rows(state.id);
}

/** The rows after an edit of the data, or its taking back; what the session was begun with no longer says them. @param {string} id */
export async function renewRows(id) {
  begun.value = null;
  rows.value = await api.rows(id);
}

const tellCatalog = async () => void (catalog.value = await api.catalog(language.peek()));

/** @type {Promise<void> | null} */
let asked = null;

/** Resolves when there is a catalog, or it cannot be had. */
export function fetchCatalog() {
  asked ??= tellCatalog().catch((error) => {
    asked = null;
    report(error);
  });
  return asked;
}

/** The same in the language of the page, where it was asked for. */
export const renewCatalog = async () => asked && tellCatalog();

export async function fetchNotations() {
  try {
    notations.value = await api.notations();
    if (!writing.value) notation.value = USUAL_NOTATION;
  } catch (error) {
    report(error);
  }
}

/** Comes back to the session in the address; without one, begins with a preset. @param {string} preset */
export async function arrive(preset) {
  await fetchNotations();
  if (linked.peek() !== null) return void (await openLink(preset));
  const id = sessionId.peek();
  if (!id) return void (await begin({ preset }));
  await queue.add("begin", async () => {
    await adopt(await arrived(id));
    rows.value = await api.rows(id);
  });
}

/** Opens the link in the address as a session of one's own; one that cannot be read is told of, and gives way to a preset. @param {string} preset */
async function openLink(preset) {
  await queue.add("begin", async () => {
    const { read } = await import("../link.js");
    const state = await api.openFile(await read(linked.peek() ?? ""), look(null));
    linked.value = null;
    await adopt(example.peek() === null ? state : await arrived(state.id));
    rows.value = await api.rows(state.id);
  });
  const why = problem.peek();
  if (linked.peek() === null || why?.code === "unreachable") return;
  linked.value = null;
  await begin({ preset });
  problem.value = why;
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
