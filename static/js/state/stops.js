/**
 * Where steps, runs and going on stop by themselves.
 * @import {Breakpoint, State} from "../types.js"
 */
import { signal } from "@preact/signals";
import * as api from "../api.js";
import { change } from "./edits.js";
import { follow } from "./moves.js";
import { look, session } from "./session.js";
import { guess, selection } from "./view.js";

/** The last way on that met no stop: from which iteration, and up to where. @type {import("@preact/signals").Signal<{from: number, to: number, revision: number} | null>} */
export const missed = signal(null);

const now = () => session.peek()?.breakpoints ?? [];

/** What the server adds to a stop is not sent back. @param {State["breakpoints"][number]} stop @returns {Breakpoint} */
const sent = ({ at: _, ...stop }) => stop;

/** @param {Breakpoint[]} stops */
const set = (stops) => change((id) => api.setBreakpoints(id, stops, look()));

/** @param {Breakpoint} stop */
export const addStop = (stop) => set([...now().map(sent), stop]);

/** @param {number} number */
export const removeStop = (number) => set(now().map(sent).toSpliced(number, 1));

/** Goes on until a stop is met, or for as many iterations as the server looks through. */
export const goOn = () => change(async (id) => {
  const from = session.peek()?.position.iteration ?? 0;
  const next = await api.goOn(id, follow());
  guess.value = null;
  selection.value = null;
  missed.value = next.stopped.length > 0 ? null : { from, to: next.position.iteration, revision: next.revision };
  return next;
});
