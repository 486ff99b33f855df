/**
 * What went wrong, said once and dismissible; and each step's sentence for those who listen.
 */
import { html } from "htm/preact";
import { dismiss, gone, problem } from "../state/problem.js";
import { session } from "../state/session.js";
import { selection } from "../state/view.js";
import { explained } from "../state/explained.js";
import { say } from "../words/say.js";

const again = async () => (await import("../state/again.js")).beginAgain("xor");

export function Messages() {
  const wrong = problem.value;
  if (!wrong) return html`<div class="messages" role="alert"></div>`;
  return html`<div class="messages" role="alert"><div class="message">
    <p>${wrong.message} ${wrong.hint}</p>
    ${gone.value && html`<button class="strong" onClick=${again}>${say(session.value ? "messages.again" : "messages.anew")}</button>`}
    ${(!gone.value || session.value) && html`<button class="quiet" onClick=${dismiss}>${say("messages.dismiss")}</button>`}
  </div></div>`;
}

/** As long as it is so: what is done now would be gone with the server. */
export function Unsaved() {
  const why = session.value?.unsaved;
  return html`<div class="unsaved" role="status">${why && html`<p><b>${say("messages.unsaved")}</b> ${why}</p>`}</div>`;
}

export function Spoken() {
  const chosen = selection.value && explained.value;
  const [record, iteration] = [session.value?.step, session.value?.position.iteration];
  const text = chosen ? `${chosen.title}: ${chosen.written ? chosen.text : say("say.unwritten")}` : record ? record.headline || record.explanation.sentence : iteration === undefined ? "" : say("messages.start", { iteration: iteration + 1 });
  return html`<div class="sr" aria-live="polite" aria-atomic="true" id="spoken">${text}</div>`;
}
