/**
 * The question about the step to come, and what became of the last answer.
 * @import {Judged} from "../state/questions.js"
 * @import {Question} from "../types.js"
 */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { parse } from "../number.js";
import { answer, keepAsking, last, question, score } from "../state/questions.js";
import { step, togglePredicting } from "../state/moves.js";
import { session } from "../state/session.js";
import { guess, predicting } from "../state/view.js";
import { Formula } from "../ui/math.js";
import { Said } from "../ui/said.js";
import { say } from "../words/say.js";

keepAsking();

export function Predict() {
  if (!predicting.value || guess.value) return null;
  const asked = question.value;
  return html`<section class="question" aria-labelledby="question-title">
    <div class="which"><span class="badge">${say("question.predict")}</span><${Score} />
      <button class="quiet" onClick=${togglePredicting}>${say("question.stop")}</button></div>
    <div role="status">${last.value && html`<${Outcome} of=${last.value} />`}</div>
    ${asked ? html`<${Asked} key=${`${asked.operation}:${asked.kind}`} it=${asked} />` : html`<${Waiting} />`}
  </section>`;
}

function Score() {
  const kinds = Object.entries(score.value);
  if (kinds.length === 0) return null;
  const sum = (/** @type {"right" | "all"} */ part) => kinds.reduce((total, [, of]) => total + of[part], 0);
  return html`<details class="score"><summary>${say("question.score", { right: sum("right"), all: sum("all") })}</summary>
    <ul>${kinds.map(([title, { right, all }]) => html`<li key=${title}>${title}: ${say("timeline.which", { number: right, count: all })}</li>`)}</ul></details>`;
}

/** @param {{of: Judged}} props */
function Outcome({ of: { verdict, question: asked, answer: given } }) {
  if (verdict.right) return html`<p class="verdict good"><${Said} text=${say("question.right", { wanted: verdict.wanted })} /></p>`;
  return html`<p class="verdict bad"><${Said} text=${say("question.wrong", { given, wanted: verdict.wanted })} />
    ${verdict.mistake ? html` <b>${verdict.mistake.title}.</b> ${verdict.mistake.description}` : ` ${asked.explanation.sentence}`}</p>`;
}

/** Between two questions, and at the end of an iteration. */
function Waiting() {
  const position = session.value?.position;
  const end = position !== undefined && position.operation === position.operations;
  return html`<h2 id="question-title">${end ? say("question.done") : "…"}</h2>
    ${end && html`<p class="sentence">${say("question.next")}</p>`}`;
}

/** @param {{it: Question}} props */
function Asked({ it }) {
  const { named = null } = it.explanation.formula ?? {};
  const known = it.explanation.operands.filter(({ value }) => value !== null);
  return html`<h2 id="question-title">${it.prompt}</h2>
    ${named && html`<p class="asked-rule"><${Formula} math=${named} /></p>`}
    ${known.length > 0 && html`<ul class="asked-numbers">${known.map((operand, k) => html`<li key=${k}><${Formula} math=${operand.symbol} block=${false} />
      = <span class="number" data-tensor=${operand.tensor} data-index=${operand.index.join(",")} data-example=${operand.example} data-value=${operand.value}>${operand.text}</span></li>`)}</ul>`}
    ${it.options.length > 0 ? html`<${Choices} it=${it} />` : html`<${Typed} />`}`;
}

/** @param {{it: Question}} props */
const Choices = ({ it }) => html`<div class="answers" role="group" aria-label=${say("question.answers")}>
    ${it.options.map(({ name, title }) => html`<button key=${name} data-answer=${name} onClick=${() => answer(name, title)}>${title}</button>`)}
    <${Skip} />
  </div>`;

function Typed() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [wrong, setWrong] = useState(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const written = field.current?.value ?? "";
    const value = parse(written);
    setWrong(value === null);
    if (value !== null) answer(value, written.trim());
  };
  return html`<form class="answers" onSubmit=${submit}>
    <input ref=${field} name="answer" aria-label=${say("question.number")} inputmode="decimal" autocomplete="off" size="9" aria-invalid=${wrong} aria-describedby="answer-hint" />
    <button type="submit">${say("question.answer")}</button><${Skip} />
    <span id="answer-hint" class=${wrong ? "hint wrong" : "hint"}>${say(wrong ? "field.number" : "question.within")}</span>
  </form>`;
}

const Skip = () => html`<button type="button" class="quiet" onClick=${() => step("next")}>${say("question.skip")}</button>`;
