/**
 * What to ask the class: about the step to come, or in one's own words, now or later.
 * @import {Prepared} from "../../state/notes.js"
 */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { askingOf, drop, prepare, prepared } from "../../state/notes.js";
import { dismiss, problem } from "../../state/problem.js";
import { ask, offer, offered } from "../../state/teaching.js";
import { dialog } from "../../state/view.js";
import { Dialog } from "../../ui/dialog.js";
import { say } from "../../words/say.js";
/** @import {Asking} from "../../roomapi.js" */

const shut = () => {
  dismiss();
  dialog.value = null;
};

/** @param {Asking | null} question */
const put = async (question) => question && (await ask(question)) && shut();

export const Ask = () => html`<${Dialog} title=${say("room.askTitle")} onClose=${shut}><div class="asking">
    <div role="alert">${problem.value && html`<p class="wrong">${problem.value.message} ${problem.value.hint}</p>`}</div>
    <${FromStep} /><${Own} />
  </div></${Dialog}>`;

function FromStep() {
  useEffect(() => {
    offered.value = null;
    offer();
  }, []);
  const it = offered.value;
  return html`<section><h3>${say("room.fromStep")}</h3>
    ${it ? html`<p class="asking-text">${it.prompt}</p><p class="hint">${it.options.length > 0 ? it.options.map(({ title }) => title).join(" · ") : say("room.aNumber")}</p>
      <p><button id="ask-step" class="primary" onClick=${() => put({ operation: it.operation, kind: it.kind })}>${say("room.askIt")}</button>
        <button id="ask-other" onClick=${offer}>${say("room.another")}</button></p>` : html`<p class="hint">${say("room.noStep")}</p>`}</section>`;
}

function Own() {
  const [written, write] = useState(/** @type {Prepared} */ ({ text: "", answers: "" }));
  const question = askingOf(written);
  const keep = () => {
    prepare(written);
    write({ text: "", answers: "" });
  };
  const typed = (/** @type {"text" | "answers"} */ part) => (/** @type {Event & {currentTarget: HTMLTextAreaElement}} */ { currentTarget }) => write({ ...written, [part]: currentTarget.value });
  return html`<section><h3>${say("room.own")}</h3>
    ${prepared.value.length > 0 && html`<ul class="asking-kept" aria-label=${say("room.kept")}>${prepared.value.map((one, k) => html`<li key=${k}><span>${one.text}</span>
      <button aria-label=${`${say("room.askIt")}: ${one.text}`} onClick=${() => put(askingOf(one))}>${say("room.askIt")}</button>
      <button class="quiet" aria-label=${`${say("sessions.delete")}: ${one.text}`} onClick=${() => drop(one)}>${say("sessions.delete")}</button></li>`)}</ul>`}
    <label class="field"><span>${say("room.ownText")}</span><textarea name="text" rows="2" maxlength="500" value=${written.text} onInput=${typed("text")}></textarea></label>
    <label class="field"><span>${say("room.ownAnswers")}</span><textarea name="answers" rows="3" maxlength="1600" value=${written.answers} onInput=${typed("answers")}></textarea></label>
    <p><button id="ask-own" disabled=${!question} onClick=${() => put(question)}>${say("room.askIt")}</button> <button id="keep-own" class="quiet" disabled=${!question} onClick=${keep}>${say("room.keepIt")}</button></p></section>`;
}
