/**
 * The class that this page is in: who one is there, what all are shown, and the stream that tells it.
 * @import {People, Spotlight} from "../types.js"
 * @import {Ears} from "../events.js"
 * @import {Seat} from "../roomapi.js"
 */
import { computed, effect, signal } from "@preact/signals";
import { ApiError } from "../api.js";
import { listen } from "../events.js";
import { Line } from "../line.js";
import * as api from "../roomapi.js";
import { digits, language, notation } from "./preferences.js";
import { hearing } from "./running.js";
import { session } from "./session.js";
import { role } from "./view.js";

/** @typedef {"joining" | "following" | "exploring" | "leading" | "teaching" | "presenting" | "closed"} Role */
/** @typedef {Seat & {member: number | null}} Me who one is in a room; the teacher is no member */

/** The room's code. */
export const code = signal("");
/** @type {import("@preact/signals").Signal<Me | null>} */
export const me = signal(null);
/** @type {import("@preact/signals").Signal<Spotlight | null>} */
export const spotlight = signal(null);
/** Who is there, and what they answer: for the teacher alone. @type {import("@preact/signals").Signal<People | null>} */
export const people = signal(null);
/** How many are there, and how many of them have answered. */
export const count = signal({ here: 0, answered: 0 });
/** Whether the room is heard. */
export const heard = signal(true);
/** Whether one is on one's own way. */
export const exploring = signal(false);
/** Whether this is the teacher's second window. */
export const presenting = signal(false);
/** Whether the room was closed while one was in it. */
export const closed = signal(false);

export const teaches = computed(() => me.value !== null && me.value.member === null);
/** Whether this page shows the others what they see. */
export const leads = computed(() => role.value === "teaching" || role.value === "leading");

/** Who one is, of all that can be. @param {{me: Me | null, leader: number | null, exploring: boolean, presenting: boolean, closed: boolean}} now @returns {Role} */
export function roleOf({ me: self, leader, exploring: away, presenting: beside, closed: over }) {
  if (!self) return "joining";
  if (over) return away ? "exploring" : "closed";
  if (beside) return "presenting";
  if (leader === self.member) return self.member === null ? "teaching" : "leading";
  return away ? "exploring" : "following";
}

/** Keeps the role what it is; returns what ends that. */
export const keepRole = () =>
  effect(() => {
    const leader = spotlight.value?.leader ?? null;
    role.value = roleOf({ me: me.value, leader, exploring: exploring.value, presenting: presenting.value, closed: closed.value });
  });

/** Whether a name stands for the session that a room is shown. @param {string | null | undefined} id */
export const isShown = (id) => id?.startsWith("~") === true;

/** Listens to the room and, over the same stream, to the session of this page; returns what ends that. */
export function keepListening() {
  /** What wants to hear of that session. @type {Ears | null} */
  let ears = null;
  hearing.value = (_, wanted) => {
    ears = wanted;
    return () => void (ears = null);
  };
  const worked = computed(() => (leads.value || role.value === "exploring" ? (session.value?.id ?? "") : ""));
  const address = computed(() => {
    /** @type {{[name: string]: string}} */
    const look = { digits: String(digits.value), notation: notation.value, language: language.value };
    if (worked.value && !isShown(worked.value)) look["session"] = worked.value;
    return me.value && !closed.value ? api.events(me.value, look) : "";
  });
  const stop = effect(() => {
    if (address.value === "") return;
    const line = new Line({
      address: () => address.peek(),
      turned: (open) => (heard.value = open),
      refused: () => ask(line),
      ears: {
        spotlight: (/** @type {Spotlight} */ next) => void (next.revision >= (spotlight.peek()?.revision ?? 0) && (spotlight.value = next)),
        room: (/** @type {People} */ now) => void (people.value = now),
        here: (/** @type {{here: number, answered?: number}} */ { here, answered = 0 }) => void (count.value = { here, answered }),
        // Who follows is sent the states themselves.
        position: (moved) => void (worked.peek() && ears?.position(moved)),
        metrics: (point) => void ears?.metrics(point),
        closed: () => void (closed.value = true),
      },
    });
    return () => line.hangUp();
  });
  return () => {
    stop();
    hearing.value = listen;
  };
}

/** Why there is no stream: the room may be gone. @param {Line} line */
async function ask(line) {
  try {
    await api.about(code.peek());
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) return;
    line.hangUp();
    closed.value = true;
  }
}
