/**
 * What a teacher prepares, kept in this browser: notes, and questions in her own words.
 * @import {Asking} from "../roomapi.js"
 */
import { effect, signal } from "@preact/signals";
import { parse } from "../number.js";

const [NOTES, QUESTIONS] = ["stepgrad.notes", "stepgrad.questions"];
/** An answer is right that is off by no more than this share. */
const TOLERANCE = 0.02;
const [FEWEST, MOST] = [2, 8];
/** What stands before the right one. */
const RIGHT = "*";

/** @typedef {{text: string, answers: string}} Prepared a question, and its answers, one a line */

/** @param {string} name @param {any} otherwise */
function kept(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

export const notes = signal(String(kept(NOTES, "")));
/** @type {import("@preact/signals").Signal<Prepared[]>} */
export const prepared = signal(kept(QUESTIONS, []));

for (const [name, what] of /** @type {const} */ ([[NOTES, notes], [QUESTIONS, prepared]])) {
  effect(() => {
    try {
      localStorage.setItem(name, JSON.stringify(what.value));
    } catch {
      // What cannot be kept is there until the page is closed.
    }
  });
}

/** A question as it is asked: with answers to choose from, or, of a single number, one to be typed; null where it is neither. @param {Prepared} written @returns {Asking | null} */
export function askingOf({ text, answers }) {
  const lines = answers.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const number = lines.length === 1 ? parse(lines[0] ?? "") : null;
  if (text.trim() === "") return null;
  if (number !== null) return { text: text.trim(), answer: number, tolerance: Math.max(Math.abs(number) * TOLERANCE, 1e-9) };
  if (lines.length < FEWEST || lines.length > MOST) return null;
  const right = lines.findIndex((line) => line.startsWith(RIGHT));
  return { text: text.trim(), options: lines.map((line) => line.replace(RIGHT, "").trim()), ...(right >= 0 && { answer: String(right) }) };
}

/** @param {Prepared} one */
export const prepare = (one) => void (prepared.value = [...prepared.peek(), one]);
/** @param {Prepared} one */
export const drop = (one) => void (prepared.value = prepared.peek().filter((other) => other !== one));
