/**
 * The teacher's second window: where the class stands, her notes, the answers, and who is where.
 * @import {Member} from "../../types.js"
 */
import { html } from "htm/preact";
import { notes } from "../../state/notes.js";
import { problem } from "../../state/problem.js";
import { closed, count, spotlight } from "../../state/room.js";
import { members } from "../../state/teaching.js";
import { say } from "../../words/say.js";

/** @param {{Bar: any, Question: any}} props views that the page has, too */
export function Presenter({ Bar, Question }) {
  if (closed.value) return html`<main class="presenter"><p role="status">${say("room.closed")}</p></main>`;
  return html`<div class="presenter">
    <section class="room" aria-label=${say("room.title")}><${Bar} /><${Question} /></section>
    <div role="alert">${problem.value && html`<p class="wrong">${problem.value.message} ${problem.value.hint}</p>`}</div>
    <main class="presenter-main"><h1 class="sr">${say("room.presenter")}</h1><${Where} />
      <label class="presenter-notes"><h2>${say("room.notes")}</h2><textarea id="notes" placeholder=${say("room.notesHint")} value=${notes.value}
        onInput=${(/** @type {Event & {currentTarget: HTMLTextAreaElement}} */ { currentTarget }) => (notes.value = currentTarget.value)}></textarea></label></main>
    <${Who} /></div>`;
}

/** The step that all see. */
function Where() {
  const state = spotlight.value?.state;
  if (!state) return html`<p class="hint">${say("room.nothing")}</p>`;
  const { position, step } = state;
  return html`<section class="presenter-where"><h2>${say("room.where", { iteration: position.iteration + 1, step: position.operation, steps: position.operations })}</h2>
    <p>${step ? step.headline || step.explanation.sentence : say("messages.start", { iteration: position.iteration + 1 })}</p></section>`;
}

/** @param {Member} one */
const at = ({ state, where }) => (state === "exploring" && where ? say("room.at", { iteration: where.iteration + 1, step: where.operation }) : say(`room.state.${state}`));

const Who = () => html`<aside class="presenter-who"><h2>${say("room.who", { count: count.value.here })}</h2>
    ${members.value.length === 0 ? html`<p class="hint">${say("room.nobody")}</p>` : html`<table><thead><tr><th scope="col">${say("room.name")}</th><th scope="col">${say("room.whereIs")}</th><th scope="col">${say("room.answer")}</th></tr></thead>
    <tbody>${members.value.map((one) => html`<tr key=${one.member} data-member=${one.member} data-state=${one.state}><th scope="row">${one.nickname ?? say("room.guest", { number: one.member })}</th><td>${spotlight.value?.leader === one.member ? say("room.state.leading") : at(one)}</td><td>${one.answered ? "✓" : "–"}</td></tr>`)}</tbody></table>`}</aside>`;
