/**
 * Predict, then see: a question about the step to come, what became of the last answer, and the score.
 * @import {Question, Verdict} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { step } from "./moves.js";
import { language } from "./preferences.js";
import { report } from "./problem.js";
import { look, session } from "./session.js";
import { predicting, stepBy } from "./view.js";

/** @type {import("@preact/signals").Signal<Question | null>} */
export const question = signal(null);
/** @typedef {{verdict: Verdict, question: Question, answer: string, revision: number}} Judged an answer, and the state that its step leads to */
/** @type {import("@preact/signals").Signal<Judged | null>} */
const judged = signal(null);
/** What became of the answer whose step was the last one. @type {import("@preact/signals").ReadonlySignal<Judged | null>} */
export const last = computed(() => (judged.value?.revision === session.value?.revision ? judged.value : null));
/** Right and all answers by kind of question. @type {import("@preact/signals").Signal<{[title: string]: {right: number, all: number}}>} */
export const score = signal({});

/** What was missed, to be asked again where the same kind of operation comes. @type {Map<string, string>} */
const missed = new Map();

/** Judges the answer, then takes the step that shows the number. @param {string | number} answer @param {string} written as the person gave it */
export async function answer(answer, written) {
  const [now, asked] = [session.peek(), question.peek()];
  if (!now || !asked) return;
  question.value = null;
  try {
    const verdict = await api.judge(now.id, { operation: asked.operation, kind: asked.kind, answer }, look());
    judged.value = { verdict, question: asked, answer: written, revision: now.revision + 1 };
    count(asked, verdict.right);
    step("next");
  } catch (error) {
    question.value = asked;
    report(error);
  }
}

/** @param {Question} asked @param {boolean} right */
function count({ title, kind, explanation }, right) {
  const before = score.value[title] ?? { right: 0, all: 0 };
  score.value = { ...score.value, [title]: { right: before.right + (right ? 1 : 0), all: before.all + 1 } };
  if (!right) missed.set(explanation.kind, kind);
  else if (missed.get(explanation.kind) === kind) missed.delete(explanation.kind);
}

/** Asks about the step to come, whenever that is another one; only the latest answer counts. */
export function keepAsking() {
  let asked = 0;
  effect(() => {
    const [on, state, granularity] = [predicting.value, session.value, stepBy.value];
    void language.value;
    const mine = (asked += 1);
    question.value = null;
    if (!on || !state) return;
    ask(state.id, granularity).then(
      (found) => mine === asked && (question.value = found),
      (error) => mine === asked && report(error),
    );
  });
}

/** @param {string} id @param {import("../types.js").Granularity} granularity */
async function ask(id, granularity) {
  const found = await api.question(id, granularity, null, look());
  const again = found && missed.get(found.explanation.kind);
  if (!again || again === found.kind) return found;
  return api.question(id, granularity, again, look()).catch(() => found);
}
