/**
 * The slim line on top: what is on the page, and how one wants to see it.
 */
import { html } from "htm/preact";
import { toggleBuilding } from "../state/building.js";
import { redo, undo } from "../state/edits.js";
import { withKey } from "../state/preferences.js";
import { reading, session } from "../state/session.js";
import { building, dialog, guess, preferring } from "../state/view.js";
import { say } from "../words/say.js";

/** Starts trying out inputs, from those of the shown example. */
export function tryInputs() {
  const units = session.peek()?.spec.layers[0]?.units ?? 0;
  guess.value = Array.from({ length: units }, (_, unit) => reading.peek()("a0", unit) ?? 0);
}

export function Header() {
  const state = session.value;
  const shape = state?.spec.layers.map((layer) => layer.units).join("–");
  return html`<header class="header">
    <a class="wordmark" href="." aria-label=${say("header.home")}><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"
      ><path class="mark-line" d="M5 12C11 12 11 5 18 5M5 12C11 12 11 19 18 19" /><circle class="mark-dot" cx="5" cy="12" r="3.6" /><circle class="mark-dot" cx="18.5" cy="5" r="3" /><circle class="mark-ring" cx="18.5" cy="19" r="2.6" /></svg><span>Stepgrad</span></a>
    ${state && html`<h1 class="title">${state.data.title} <span class="shape">${shape}</span></h1>`}
    <nav class="tools" aria-label=${say("header.page")}>
      ${state && (state.can.undo || state.can.redo) && html`<button id="undo" class="tool" disabled=${!state.can.undo} onClick=${undo} title=${say("header.undoLast")} aria-label=${say("header.undo")}><span class="long">${say("header.undo")}</span><span class="short">↶</span></button>
        <button id="redo" class="tool" disabled=${!state.can.redo} onClick=${redo} title=${say("header.redoLast")} aria-label=${say("header.redo")}><span class="long">${say("header.redo")}</span><span class="short">↷</span></button>`}
      <button id="setup" class="tool strong" onClick=${() => (dialog.value = "setup")} title=${withKey(say("header.setupWhat"), "S")}>${say("header.setup")}</button>
      <button id="sessions" class="tool" onClick=${() => (dialog.value = "sessions")} aria-label=${say("header.sessions")} title=${withKey(say("header.sessionsWhat"), "L")}><span class="long">${say("header.sessions")}</span><span class="short">☰</span></button>
      <button id="build" class="tool" aria-pressed=${building.value} onClick=${toggleBuilding} title=${withKey(say("header.buildWhat"), "B")}>${say("header.build")}</button>
      <button id="what-if" class="tool" aria-pressed=${guess.value !== null} onClick=${() => (guess.value ? (guess.value = null) : tryInputs())} title=${withKey(say("header.tryWhat"), "W")}>${say("header.try")}</button>
      ${state && html`<button id="takeaway" class="tool" onClick=${() => (dialog.value = "takeaway")} aria-label=${say("header.takeaway")} title=${withKey(say("header.takeawayWhat"), "X")}><span class="long">${say("header.takeaway")}</span><span class="short">⤓</span></button>`}
      <button id="view" class="tool" popovertarget="preferences" onClick=${() => (preferring.value = true)} title=${say("header.viewWhat")}>${say("header.view")}</button>
      <button id="help" class="tool" onClick=${() => (dialog.value = "help")} aria-label=${say("header.help")} title=${withKey(say("header.help"), "?")}>?</button>
    </nav>
  </header>`;
}
