/**
 * The question that all are asked, with one's answer, and everybody's once it is revealed.
 * @import {Asked, Tally} from "../../types.js"
 */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { parse } from "../../number.js";
import { asked, bars, giveAnswer, mine } from "../../state/answering.js";
import { count, presenting, teaches } from "../../state/room.js";
import { putAway, reveal } from "../../state/teaching.js";
import { Said } from "../../ui/said.js";
import { say } from "../../words/say.js";

export function Question() {
  const it = asked.value;
  if (!it) return null;
  return html`<div class="room-question" key=${it.number} data-number=${it.number} data-revealed=${it.revealed}>
    <div class="room-asked"><h2><span class="badge">${say("room.question")}</span> ${it.text}</h2>
      ${teaches.value ? html`<${Doings} it=${it} />` : html`<${Mine} it=${it} />`}</div>
    ${it.tally && (it.revealed ? html`<${Answers} of=${it.tally} />` : html`<${SoFar} of=${it.tally} />`)}
  </div>`;
}

/** What has been answered so far: open beside the page, closed on it, which a class may see. @param {{of: Tally}} props */
const SoFar = ({ of }) => html`<details class="room-so-far" open=${presenting.value}><summary>${say("room.soFar")}</summary><${Answers} of=${of} /></details>`;

/** @param {{it: Asked}} props */
const Doings = ({ it }) => html`<p class="room-judge"><span id="answered" role="status">${say("room.answered", { count: count.value.answered, here: count.value.here })}</span>
    ${it.revealed && it.tally?.right && html`<span class="room-right"><${Said} text=${say("room.was", { wanted: it.tally.right })} /></span>`}
    ${it.revealed ? html`<button id="put-away" onClick=${putAway}>${say("room.putAway")}</button>` : html`<button id="reveal" class="primary" onClick=${reveal}>${say("room.reveal")}</button>`}</p>`;

/** @param {{it: Asked}} props */
function Mine({ it }) {
  if (it.revealed) return html`<${Outcome} it=${it} />`;
  return html`<div class="room-answer">${it.options ? html`<${Options} it=${it} />` : html`<${Typed} />`}
    <p class="hint" role="status">${mine.value !== null && say("room.given", { answer: titleOf(it, mine.value) })}</p></div>`;
}

/** @param {Asked} it @param {string | number} answer */
const titleOf = (it, answer) => it.options?.find(({ name }) => name === answer)?.title ?? String(answer);

/** @param {{it: Asked}} props */
const Options = ({ it }) => html`<div class="answers" role="group" aria-label=${say("question.answers")}>
    ${it.options?.map(({ name, title }) => html`<button key=${name} data-answer=${name} aria-pressed=${mine.value === name} onClick=${() => giveAnswer(name)}>${title}</button>`)}
  </div>`;

function Typed() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [wrong, setWrong] = useState(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const value = parse(field.current?.value ?? "");
    setWrong(value === null);
    if (value !== null) giveAnswer(value);
  };
  return html`<form class="answers" onSubmit=${submit}>
    <input ref=${field} name="answer" aria-label=${say("question.number")} inputmode="decimal" autocomplete="off" size="9" aria-invalid=${wrong} />
    <button type="submit">${say("question.answer")}</button>${wrong && html`<span class="hint wrong">${say("field.number")}</span>`}</form>`;
}

/** What became of one's answer. @param {{it: Asked}} props */
function Outcome({ it }) {
  const [own, right] = [it.mine, it.tally?.right];
  if (!own) return html`<p role="status" class="verdict">${right ? html`<${Said} text=${say("room.was", { wanted: right })} />` : say("room.notAnswered")}</p>`;
  const given = titleOf(it, own.answer);
  if (own.right === true) return html`<p role="status" class="verdict good"><${Said} text=${say("question.right", { wanted: right ?? given })} /></p>`;
  if (own.right !== false || !right) return html`<p role="status" class="verdict">${say("room.yourAnswer", { answer: given })}</p>`;
  return html`<p role="status" class="verdict bad"><${Said} text=${say("question.wrong", { given, wanted: right })} />${own.mistake && html` <b>${own.mistake.title}.</b> ${own.mistake.description}`}</p>`;
}

/** How many said what, and which mistakes have a name. @param {{of: Tally}} props */
const Answers = ({ of }) => html`<div class="tally"><ul class="bars" aria-label=${say("room.tally", { count: of.answers })}>${bars(of).map(({ answer, title, count: many, right, share }) => html`<li key=${answer} class=${right ? "right" : ""} data-count=${many}>
      <span class="bar-title">${title}${right && html` <span class="bar-right">${say("room.rightOne")}</span>`}</span>
      <span class="bar-line" aria-hidden="true"><i style=${{ width: `${100 * share}%` }}></i></span> <span class="bar-count">${many}</span></li>`)}</ul>
    ${of.mistakes.length > 0 && html`<ul class="mistakes" aria-label=${say("room.mistakes")}>${of.mistakes.map(({ name, title, description, count: many }) => html`<li key=${name} data-mistake=${name} data-count=${many}><b>${say("room.times", { count: many, title })}</b> ${description}</li>`)}</ul>`}
  </div>`;
