/**
 * The session's branches: as a tree, and as a list from which one goes to them, names them, compares with them.
 * @import {Branch} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { branchHere, goTo, remove, rename } from "../state/branches.js";
import { besideBranch } from "../state/pair.js";
import { session } from "../state/session.js";
import { Naming } from "../ui/naming.js";
import { Tree } from "../render/tree.js";
import { counted, say } from "../words/say.js";

export function Branches() {
  const branches = session.value?.branches ?? [];
  const [naming, setNaming] = useState(false);
  return html`<section class="branches" aria-label=${say("branches.title")}>
    <h2 class="minor">${say("branches.title")}</h2>
    <p class="hint">${say(branches.length > 1 ? "branches.undo" : "branches.how")}</p>
    ${branches.length > 1 && html`<${Tree} branches=${branches} onChoose=${goTo} />`}
    <ul class="library-list" aria-label=${say("branches.title")}>${branches.map((one) => html`<${One} key=${one.number} one=${one} from=${branches.find(({ number }) => number === one.parent)} />`)}</ul>
    ${naming ? html`<${Naming} value="" label=${say("branches.name")} onName=${branchHere} onClose=${() => setNaming(false)} />`
      : html`<button id="branch-here" onClick=${() => setNaming(true)}>${say("branches.here")}</button>`}
  </section>`;
}

/** @param {{one: Branch, from: Branch | undefined}} props */
function One({ one, from }) {
  const [naming, setNaming] = useState(false);
  const { number, title, fork, reach, iteration, current } = one;
  const begun = from ? say("branches.left", { title: from.title, iteration: counted(fork + 1) }) : say("branches.first");
  const named = (/** @type {string} */ what) => `${say(what)}: ${title}`;
  return html`<li class="library-one" data-branch=${number} aria-current=${current ? "true" : null}>
    ${naming ? html`<${Naming} value=${title} label=${say("branches.name")} onName=${(/** @type {string} */ name) => rename(number, name)} onClose=${() => setNaming(false)} />`
      : html`<button class="library-open" disabled=${current} onClick=${() => goTo(number)}><b>${title}</b> <small>${begun} · ${say("branches.reach", { reach: counted(reach + 1), iteration: counted(iteration + 1) })}</small></button>`}
    ${current && html`<small class="library-note">${say("sessions.here")}</small>`}
    ${!naming && html`<span class="library-doings">
      ${!current && html`<button class="quiet" aria-label=${named("compare.beside")} onClick=${() => besideBranch(number, title)}>${say("compare.beside")}</button>`}
      <button class="quiet" aria-label=${named("sessions.rename")} onClick=${() => setNaming(true)}>${say("sessions.rename")}</button>
      <button class="quiet" aria-label=${named("sessions.delete")} disabled=${current} onClick=${() => remove(number)}>${say("sessions.delete")}</button>
    </span>`}
  </li>`;
}
