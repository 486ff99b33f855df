/**
 * One's sessions: to go on with, to name, to copy, to keep as a file, to delete and to have back.
 * @import {Listed} from "../types.js"
 */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { addressOfFile, bringBack, deleted, duplicate, library, list, listed, openFile, openOne, remove, rename } from "../state/library.js";
import { language } from "../state/preferences.js";
import { dismiss } from "../state/problem.js";
import { session } from "../state/session.js";
import { dialog } from "../state/view.js";
import { Dialog } from "../ui/dialog.js";
import { Naming } from "../ui/naming.js";
import { say } from "../words/say.js";

/** @param {number} seconds since 1970 */
const date = (seconds) => new Intl.DateTimeFormat(language.value, { dateStyle: "medium", timeStyle: "short" }).format(seconds * 1000);
/** @param {Listed} one */
const called = (one) => one.name || one.title;

export function Sessions() {
  useEffect(() => void list(), []);
  const close = () => {
    dismiss();
    dialog.value = null;
  };
  const [here, gone] = [listed.value, deleted.value];
  return html`<${Dialog} title=${say("sessions.title")} onClose=${close} wide><div class="library">
    ${library.value && html`<p class="hint">${say(library.value.lasting ? "sessions.kept" : "sessions.memory")}</p>
      <ul class="library-list" aria-label=${say("sessions.title")}>${here.map((one) => html`<${One} key=${one.id} one=${one} />`)}</ul>
      ${here.length === 0 && html`<p>${say("sessions.none")}</p>`}
      ${gone.length > 0 && html`<h3>${say("sessions.deleted")}</h3><ul class="library-list">${gone.map((one) => html`<${Gone} key=${one.id} one=${one} />`)}</ul>`}`}
    <p><button type="button" id="link" onClick=${() => (dialog.value = "link")}>${say("sessions.link")}</button>
      <button type="button" id="teach" onClick=${() => (dialog.value = "teach")}>${say("sessions.teach")}</button></p>
    <form class="library-naming" id="join" onSubmit=${join}><label>${say("sessions.join")} <input name="code" size="9" required autocomplete="off" autocapitalize="characters" spellcheck=${false} /></label> <button type="submit">${say("sessions.go")}</button></form>
    <label class="library-file">${say("sessions.file")} <input type="file" accept=".stepgrad" onChange=${choose} /></label>
  </div></${Dialog}>`;
}

/** To where a class is joined. @param {Event & {currentTarget: HTMLFormElement}} event */
function join(event) {
  event.preventDefault();
  location.assign(`?${new URLSearchParams({ room: String(new FormData(event.currentTarget).get("code")) })}`);
}

/** @param {Event} event */
function choose(event) {
  const field = /** @type {HTMLInputElement} */ (event.currentTarget);
  const file = field.files?.[0];
  if (file) openFile(file).then(() => (field.value = ""));
}

/** @param {{one: Listed}} props */
function One({ one }) {
  const [naming, setNaming] = useState(false);
  const current = one.id === session.value?.id;
  const about = `${one.name ? `${one.title} · ` : ""}${say("sessions.iteration", { number: one.iteration + 1 })} · ${date(one.changed)}`;
  const named = (/** @type {string} */ what) => `${say(what)}: ${called(one)}`;
  return html`<li class="library-one" data-session=${one.id} aria-current=${current ? "true" : null}>
    ${naming ? html`<${Naming} value=${called(one)} label=${say("sessions.name")} onName=${(/** @type {string} */ name) => rename(one, name)} onClose=${() => setNaming(false)} />`
      : html`<button class="library-open" disabled=${current} onClick=${() => openOne(one)}><b>${called(one)}</b> <small>${about}</small></button>`}
    ${current && html`<small class="library-note">${say("sessions.here")}</small>`}
    ${one.leaving && html`<small class="library-note wrong">${say("sessions.leaving")}</small>`}
    ${!naming && html`<span class="library-doings">
      <button class="quiet" aria-label=${named("sessions.rename")} onClick=${() => setNaming(true)}>${say("sessions.rename")}</button>
      <button class="quiet" aria-label=${named("sessions.duplicate")} onClick=${() => duplicate(one)}>${say("sessions.duplicate")}</button>
      <a class="quiet" aria-label=${named("sessions.save")} href=${addressOfFile(one.id)} download>${say("sessions.save")}</a>
      <button class="quiet" aria-label=${named("sessions.delete")} disabled=${current} onClick=${() => remove(one)}>${say("sessions.delete")}</button>
    </span>`}
  </li>`;
}

/** @param {{one: Listed}} props */
function Gone({ one }) {
  return html`<li class="library-one"><span class="library-open">${called(one)} <small>${date(one.deleted ?? 0)}</small></span>
    <span class="library-doings"><button onClick=${() => bringBack(one)} aria-label=${`${say("sessions.back")}: ${called(one)}`}>${say("sessions.back")}</button></span></li>`;
}
