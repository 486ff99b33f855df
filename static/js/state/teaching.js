/**
 * What a teacher does with a room, beside showing her page: from there, or from the window beside it.
 * @import {Question} from "../types.js"
 * @import {Asking, Seat} from "../roomapi.js"
 */
import { computed, signal } from "@preact/signals";
import * as sessions from "../api.js";
import * as api from "../roomapi.js";
import { report } from "./problem.js";
import { code, me, people, spotlight } from "./room.js";
import { keepAddress, typedAddress } from "./seats.js";
import { look } from "./session.js";
import { stepBy } from "./view.js";
import { say } from "../words/say.js";

/** Does something as the teacher. @param {(seat: Seat) => Promise<unknown>} what */
async function asTeacher(what) {
  const seat = me.peek();
  if (seat?.member !== null) return false;
  try {
    await what(seat);
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

export const toggleFrozen = () => asTeacher((seat) => api.freeze(seat, !spotlight.peek()?.frozen));
export const toggleCovered = () => asTeacher((seat) => api.show(seat, { covered: !spotlight.peek()?.covered }));
/** @param {number | null} member null takes the lead back */
export const handOver = (member) => asTeacher((seat) => api.lead(seat, member));
export const close = () => asTeacher((seat) => api.close(seat));

export const members = computed(() => people.value?.members ?? []);

/** The question that may be asked about the step to come. @type {import("@preact/signals").Signal<Question | null>} */
export const offered = signal(null);

/** Finds a question about the step to come; another one than is offered, where there is one. */
export async function offer() {
  const [shown, now] = [spotlight.peek(), offered.peek()];
  if (!shown?.session) return;
  const kind = now ? (now.kinds[(now.kinds.indexOf(now.kind) + 1) % now.kinds.length] ?? null) : null;
  try {
    offered.value = await sessions.question(shown.session, stepBy.peek(), kind, look());
  } catch (error) {
    report(error);
  }
}

/** @param {Asking} question */
export const ask = (question) => asTeacher((seat) => api.ask(seat, question));

/** Shows what was answered; whoever leads then takes the step. */
export const reveal = () => asTeacher(async (seat) => {
  const question = spotlight.peek()?.question;
  if (!question || question.revealed) return;
  if (spotlight.peek()?.covered) await api.show(seat, { covered: false });
  await api.reveal(seat, question.number);
});

/** Takes the question off all screens. */
export const putAway = () => asTeacher(async (seat) => {
  const question = spotlight.peek()?.question;
  if (question) await api.putAway(seat, question.number);
});

/** Where the others find this page: empty where that has to be asked. */
export const home = signal("");
/** What they open: the server's own word, where it has one. @type {import("@preact/signals").Signal<string | null>} */
const told = signal("");
/** Whether the server knows it. */
export const addressKnown = computed(() => told.value !== null);
export const address = computed(() => told.value ?? (home.value && `${home.value}?room=${code.value}`));

/** Finds out where the others find this page. */
export async function findAddress() {
  try {
    told.value = (await api.about(code.peek())).address;
    home.value = typedAddress() || (isOwn(location.hostname) ? "" : location.origin + location.pathname);
  } catch (error) {
    report(error);
  }
}

/** Whether a name leads only to the machine that it is said on. @param {string} name */
const isOwn = (name) => /^(localhost|127\..*|\[::1\])$/.test(name);

/** An address as a browser has it, from one as people type it. @param {string} typed */
export const wholeAddress = (typed) => typed.trim() && `${/^https?:/.test(typed.trim()) ? "" : "http://"}${typed.trim()}`.replace(/\/?$/, "/");

/** @param {string} typed */
export function setAddress(typed) {
  home.value = wholeAddress(typed);
  keepAddress(home.peek());
}

/** The address as a picture. */
export const picture = computed(() => api.pictureOf(code.value, addressKnown.value ? "" : home.value));

/** Whether rooms can be opened here; null while it is not known. @type {import("@preact/signals").Signal<boolean | null>} */
export const shared = signal(null);
export const askSharing = () => api.sharing().then(({ shared: is }) => void (shared.value = is), report);


/** What a member is called. @param {number} member */
export const nameOf = (member) => members.value.find((one) => one.member === member)?.nickname ?? say("room.guest", { number: member });
