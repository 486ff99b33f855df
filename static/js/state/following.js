/**
 * Seeing what all are shown, and leaving it for a copy of one's own.
 * @import {Spotlight, State} from "../types.js"
 */
import { batch, effect, signal } from "@preact/signals";
import * as sessions from "../api.js";
import { coveredExplanation, coveredState } from "../net/cover.js";
import * as api from "../roomapi.js";
import { playing } from "./moves.js";
import { report } from "./problem.js";
import { exploring, isShown, me, spotlight } from "./room.js";
import { chair, keepChair } from "./seats.js";
import { adopt, lens, look, queue, refresh, rows, session } from "./session.js";
import { building, dialog, editing, example, guess, panel, pinned, predicting, role, selection, stepBy } from "./view.js";

/** What who follows cannot do. */
const HANDS = /^(step|seek|edit|run|begin|refresh|frame)$/;
/** How often a session that runs is looked at, in milliseconds. */
const CALM = 1000;

/** Whether numbers are covered on this page. */
export const covered = signal(false);

/** Keeps the page what it is to be; returns what ends that. */
export function keepFollowing() {
  const ends = [
    effect(() => void (queue.refuses = follows() ? HANDS : null)),
    effect(() => void (follows() && quieten())),
    effect(() => void (covered.value = role.value !== "exploring" && spotlight.value?.covered === true)),
    keepCovered(),
    effect(() => void (role.value === "following" && spotlight.value && aim(spotlight.value))),
    effect(() => void (role.value === "following" && spotlight.value?.state && see(spotlight.value.state))),
    // Who comes back, or was called back, no longer explores.
    effect(() => void (spotlight.value?.frozen && (exploring.value = false))),
    keepOwn(),
  ];
  return () => {
    for (const end of ends) end();
    queue.refuses = null;
  };
}

const follows = () => role.value === "following" || role.value === "closed";

/** Ends whatever one was about. */
function quieten() {
  batch(() => {
    playing.value = building.value = predicting.value = false;
    guess.value = editing.value = pinned.value = null;
    if (dialog.peek() !== "help") dialog.value = null;
  });
}

/** Looks at what the others look at, whatever was clicked. @param {Spotlight} shown */
function aim({ look: at, covered: hides }) {
  panel.value = hides ? "network" : (at.panel ?? "network");
  stepBy.value = at.by ?? "operation";
  example.value = at.example ?? null;
  put(selection, hides ? null : at.selection);
  put(guess, hides ? null : at.guess);
  put(pinned, at.pinned);
}

/** Sets what is another one, whoever made it so. @template T @param {import("@preact/signals").Signal<T | null>} of @param {T | null | undefined} wanted */
function put(of, wanted = null) {
  if (JSON.stringify(of.value) !== JSON.stringify(wanted)) of.value = wanted;
}

/** When a session that runs was looked at last. */
let lookedAt = 0;

/** Shows a state that was sent, with its tape; one that comes meanwhile takes its place. @param {State} state */
function see(state) {
  if (state.run?.going) {
    if (performance.now() - lookedAt < CALM) return;
    lookedAt = performance.now();
  }
  queue.replace("room", async () => {
    try {
      if (isPast(state)) return;
      await adopt(state);
      await renewRows(state);
    } catch (error) {
      // What was shown a moment ago may be gone; what is shown now has been sent, or will be.
      if (!(error instanceof sessions.ApiError) || ![0, 404].includes(error.status)) throw error;
    }
  });
}

/** Whether the room has gone on to another session. @param {{id: string}} state */
const isPast = ({ id }) => spotlight.peek()?.session !== id;

/** Whose rows are there. */
let known = "";

/** @param {State} state */
async function renewRows({ id, edition, data }) {
  const wanted = JSON.stringify([id, data.choice ?? edition]);
  if (wanted === known || isPast({ id })) return;
  rows.value = await sessions.rows(id);
  known = wanted;
}

/** Covers what was computed, and what comes; uncovers it again. */
function keepCovered() {
  const bare = { ...lens };
  const stop = effect(() => {
    Object.assign(lens, covered.value ? { state: coveredState, explanation: coveredExplanation } : bare);
    if (covered.value && role.peek() !== "following") {
      panel.value = "network";
      guess.value = null;
    }
    const shown = spotlight.peek()?.state;
    if (role.peek() === "following") shown && see(shown);
    else refresh();
  });
  return () => {
    stop();
    Object.assign(lens, bare);
  };
}

/** Leaves for a copy of one's own, from exactly here. */
export async function explore() {
  const [seat, shown] = [me.peek(), spotlight.peek()];
  if (role.peek() !== "following" || seat?.member == null || !shown?.session || shown.frozen) return;
  await queue.add("room", async () => {
    const state = await api.copy(seat, shown.session ?? "", look());
    await api.place(seat, { following: false, session: state.id });
    exploring.value = true;
    known = "";
    await adopt(state);
  });
}

/** Goes back to where the others are. */
export async function comeBack() {
  const seat = me.peek();
  exploring.value = false;
  if (seat?.member != null) await api.place(seat, { following: true }).catch(report);
}

export const toggleExploring = () => (exploring.peek() ? comeBack() : explore());

/** Goes on in a session of one's own. @param {() => Promise<State>} ask */
const take = (ask) =>
  queue.add("room", async () => {
    known = "";
    const state = await ask();
    await adopt(state);
    rows.value = await sessions.rows(state.id);
  });

const copyOfShown = () => api.copy(/** @type {import("./room.js").Me} */ (me.peek()), spotlight.peek()?.session ?? "", look());

/** Keeps a session of one's own at hand while one leads: the teacher's, or a copy of what all see. */
function keepOwn() {
  const leading = effect(() => void (role.value === "leading" && take(copyOfShown)));
  const teaching = effect(() => {
    const [seat, now] = [me.value, session.value?.id];
    const before = seat && role.value === "teaching" && now ? chair(seat.code) : null;
    if (!seat || !before || !now) return;
    if (!isShown(now)) keepChair(seat.code, { ...before, session: now });
    else if (before.session) take(() => sessions.state(before.session ?? "", look()));
  });
  return () => {
    leading();
    teaching();
  };
}
