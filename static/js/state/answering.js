/**
 * The question that all are asked: what one answered, and what became of everybody's answers.
 * @import {Tally} from "../types.js"
 */
import { computed, signal } from "@preact/signals";
import * as api from "../roomapi.js";
import { report } from "./problem.js";
import { me, spotlight } from "./room.js";

/** What was given before the room has said that it has it. @type {import("@preact/signals").Signal<{number: number, answer: string | number} | null>} */
const given = signal(null);

/** The question on show. */
export const asked = computed(() => spotlight.value?.question ?? null);

/** What one answered, if one has. @type {import("@preact/signals").ReadonlySignal<string | number | null>} */
export const mine = computed(() => {
  const question = asked.value;
  if (!question) return null;
  return (given.value?.number === question.number ? given.value.answer : question.mine?.answer) ?? null;
});

/** @param {string | number} answer */
export async function giveAnswer(answer) {
  const [seat, question] = [me.peek(), asked.peek()];
  if (!seat || !question || question.revealed) return;
  const before = given.peek();
  given.value = { number: question.number, answer };
  try {
    await api.answer(seat, question.number, answer);
  } catch (error) {
    given.value = before;
    report(error);
  }
}

/** How long each bar is, as a share of the longest. @param {Tally} tally */
export const bars = ({ choices }) => {
  const most = Math.max(1, ...choices.map(({ count }) => count));
  return choices.map((one) => ({ ...one, share: one.count / most }));
};
