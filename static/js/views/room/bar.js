/**
 * The bar of a class: what one is in it, and the few things that one can do.
 */
import { html } from "htm/preact";
import { leave, startOver } from "../../state/entering.js";
import { comeBack, covered, explore } from "../../state/following.js";
import { pointing, togglePointing } from "../../state/leading.js";
import { acts, withKey } from "../../state/preferences.js";
import { closed, code, count, exploring, heard, leads, spotlight, teaches } from "../../state/room.js";
import { handOver, members, nameOf, toggleCovered, toggleFrozen } from "../../state/teaching.js";
import { dialog, role } from "../../state/view.js";
import { keyName } from "../../words/keys.js";
import { say } from "../../words/say.js";

export const Bar = () => html`<div class="room-bar" data-lost=${!heard.value && !closed.value}>
    <p class="room-part" role="status"><i class="room-sign" aria-hidden="true"></i> <b>${part()}</b> ${detail()}</p>
    ${teaches.value ? html`<${Teacher} />` : html`<${Member} />`}
  </div>`;

/** What one is. */
function part() {
  if (closed.value) return say("room.closed");
  if (!heard.value) return say("room.lost");
  const leader = spotlight.value?.leader ?? null;
  if (teaches.value) return leader === null ? say("room.part.teaching") : say("room.leads", { name: nameOf(leader) });
  if (role.value === "following" && spotlight.value?.frozen) return say("room.frozen");
  if (role.value === "following" && spotlight.value && !spotlight.value.session) return say("room.waiting");
  return say(`room.part.${role.value}`);
}

/** What it means. */
function detail() {
  if (closed.value) return exploring.value ? say("room.yours") : "";
  if (!heard.value) return say("room.again");
  return covered.value && role.value === "following" ? say("room.covered") : "";
}

/** A code in two groups, as it is read out. */
const Code = () => html`<span class="room-code" aria-label=${say("room.code", { code: [...code.value].join(" ") })}>${code.value.slice(0, 3)} ${code.value.slice(3)}</span>`;

function Member() {
  if (closed.value) return html`<button class="primary" onClick=${exploring.value ? leave : startOver}>${say(exploring.value ? "room.keep" : "room.startOver")}</button>`;
  const follows = role.value === "following";
  const shortcut = acts("m") && html` <kbd>${keyName("m")}</kbd>`;
  return html`<${Code} />
    ${follows && html`<button id="explore" disabled=${spotlight.value?.frozen || !spotlight.value?.session} onClick=${explore}>${say("room.explore")}${shortcut}</button>`}
    ${role.value === "exploring" && html`<button id="come-back" class="primary" onClick=${comeBack}>${say("room.comeBack")}${shortcut}</button>`}
    ${role.value === "leading" && html`<${Toggle} id="point" does="point" letter="i" on=${pointing.value} run=${togglePointing} />`}`;
}

function Teacher() {
  const shown = spotlight.value;
  const led = (shown?.leader ?? null) !== null;
  const open = () => (dialog.value = "teach");
  return html`<button class="room-here" onClick=${open} title=${withKey(say("room.open"), "Shift+T")}><${Code} /> <span>${say("room.here", { count: count.value.here })}</span></button>
    <div class="room-doings" role="group" aria-label=${say("room.doings")}>
      <${Toggle} id="hold" does="hold" letter="y" on=${shown?.frozen === true} run=${toggleFrozen} />
      <${Toggle} id="cover" does="cover" letter="k" on=${shown?.covered === true} run=${toggleCovered} />
      ${leads.value && html`<${Toggle} id="point" does="point" letter="i" on=${pointing.value} run=${togglePointing} />`}
      <button id="ask" disabled=${!shown?.session} onClick=${() => (dialog.value = "ask")} title=${withKey(say("room.askWhat"), "A")}>${say("room.ask")}</button>
      ${led ? html`<button id="take-back" class="primary" onClick=${() => handOver(null)}>${say("room.takeBack")}</button>`
        : html`<button id="hand-over" disabled=${members.value.length === 0} onClick=${open} title=${say("room.handOverWhat")}>${say("room.handOver")}</button>`}
    </div>`;
}

/** What is on or off. @param {{id: string, does: string, letter: string, on: boolean, run: () => void}} props */
const Toggle = ({ id, does, letter, on, run }) => html`<button id=${id} aria-pressed=${on} onClick=${run} title=${withKey(say(`room.does.${does}What`), letter.toUpperCase())}>${say(`room.does.${does}`)}</button>`;
