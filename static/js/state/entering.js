/**
 * Into a room and out of it: as its teacher, beside her, or as one who joins.
 */
import { batch, effect } from "@preact/signals";
import * as sessions from "../api.js";
import * as api from "../roomapi.js";
import { keepFollowing } from "./following.js";
import { keepLeading } from "./leading.js";
import { dismiss, report } from "./problem.js";
import { closed, code, exploring, isShown, keepListening, keepRole, me, people, presenting, spotlight, teaches } from "./room.js";
import { chair, keepChair, keepPlace, place, plain } from "./seats.js";
import { adopt, arrive, fetchNotations, look, queue, rows, session } from "./session.js";
import { role, roomKeys, sessionId } from "./view.js";
/** @import {Me} from "./room.js" */

/** What is kept up while the page is in a room, by what ends it. @type {(() => void)[]} */
let kept = [];

/** Comes into the room that the address names. @param {string} search @param {string} hash @param {string} preset what a teacher begins with where nothing is there */
export async function enter(search, hash, preset) {
  const query = new URLSearchParams(search);
  const teach = query.get("teach") ?? query.get("present");
  code.value = plain(teach ?? query.get("room"));
  presenting.value = query.has("present");
  if (teach !== null) return takeChair(new URLSearchParams(hash.slice(1)).get("key"), preset);
  role.value = "joining";
  await fetchNotations();
  const known = place(code.peek());
  if (!known) return;
  const seat = { code: code.peek(), as: known.token, member: known.member };
  api.place(seat, { following: true }).catch(() => undefined);
  sit(seat);
}

/** @param {string | null} given the key in the address @param {string} preset */
async function takeChair(given, preset) {
  const known = chair(code.peek());
  const key = given ?? known?.key;
  if (presenting.peek()) {
    role.value = "presenting";
    await fetchNotations();
  } else {
    // What a student shows while she leads is not one's own.
    const there = sessionId.peek();
    sessionId.value = there === null || isShown(there) ? (known?.session ?? null) : there;
    await arrive(preset);
  }
  if (!key) return void (closed.value = true);
  keepChair(code.peek(), { ...known, key });
  sit({ code: code.peek(), as: key, member: null });
}

/** Takes a seat: listens, and is what one is in the room. @param {Me} seat */
function sit(seat) {
  batch(() => {
    code.value = seat.code;
    closed.value = exploring.value = false;
    me.value = seat;
  });
  for (const end of kept) end();
  kept = [keepRole(), keepListening(), keepAfterwards(), ...(presenting.peek() ? [] : [keepLeading(), keepFollowing()])];
}

/** A room that is closed leaves no trace; the teacher's page goes on as an ordinary one. */
const keepAfterwards = () =>
  effect(() => {
    if (!closed.value) return;
    const own = chair(code.peek())?.session;
    keepChair(code.peek(), null);
    keepPlace(code.peek(), null);
    if (teaches.peek() && !presenting.peek()) queueMicrotask(() => goHome(own));
  });

/** The teacher's page after a room, with her own session, also where a student led to the end. @param {string | undefined} own */
async function goHome(own) {
  if (own && isShown(sessionId.peek())) {
    await queue.add("room", async () => {
      await adopt(await sessions.state(own, look(null)));
      rows.value = await sessions.rows(own);
    });
  }
  leave();
}

/** Out of the room, as an ordinary page that goes on with what is there. */
export function leave() {
  for (const end of kept) end();
  kept = [];
  batch(() => {
    me.value = spotlight.value = people.value = role.value = null;
    roomKeys.value = [];
  });
  history.replaceState(null, "", location.pathname + location.hash);
}

/** Out of the room, to a session of one's own. */
export const startOver = () => location.assign(location.pathname);

/** Opens a room that is shown the session of this page. */
export async function open() {
  const now = session.peek();
  if (!now) return;
  try {
    const room = await api.open(now.id);
    dismiss();
    keepChair(room.code, { key: room.key, session: now.id });
    history.replaceState(null, "", `${location.pathname}?teach=${room.code}${location.hash}`);
    sit({ code: room.code, as: room.key, member: null });
  } catch (error) {
    report(error);
  }
}

/** Joins with a nickname, or without. @param {string} nickname */
export async function join(nickname) {
  try {
    const { member, token } = await api.join(code.peek(), nickname.trim());
    dismiss();
    keepPlace(code.peek(), { member, token });
    sit({ code: code.peek(), as: token, member });
  } catch (error) {
    report(error);
  }
}

/** Goes to where a room is joined by its code. @param {string} typed */
export const goTo = (typed) => location.assign(`?room=${encodeURIComponent(plain(typed))}`);
