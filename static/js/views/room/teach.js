/**
 * A class in a dialog: how it is joined, who is there, who leads; opened and closed here.
 * @import {Member} from "../../types.js"
 */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { open } from "../../state/entering.js";
import { dismiss, problem } from "../../state/problem.js";
import { code, me, spotlight } from "../../state/room.js";
import { address, addressKnown, askSharing, close, findAddress, handOver, home, members, picture, setAddress, shared } from "../../state/teaching.js";
import { dialog } from "../../state/view.js";
import { Copy } from "../../ui/copy.js";
import { Dialog } from "../../ui/dialog.js";
import { Said } from "../../ui/said.js";
import { say } from "../../words/say.js";

const shut = () => {
  dismiss();
  dialog.value = null;
};

export function Teach() {
  const inside = me.value !== null;
  return html`<${Dialog} title=${say(inside ? "room.title" : "room.teach")} onClose=${shut} wide=${inside}><div class="teach">
    <div role="alert">${problem.value && html`<p class="wrong">${problem.value.message} ${problem.value.hint}</p>`}</div>
    ${inside ? html`<${Inside} />` : html`<${Outside} />`}
  </div></${Dialog}>`;
}

/** Before there is a room. */
function Outside() {
  useEffect(() => void askSharing(), []);
  return html`<p>${say("room.about")}</p>
    ${shared.value === false ? html`<p class="teach-how"><${Said} text=${say("room.notShared")} /></p>`
      : html`<p><button id="open-room" class="primary" disabled=${shared.value === null} onClick=${open}>${say("room.openRoom")}</button></p>`}
    <p class="hint">${say("room.stays")}</p>`;
}

function Inside() {
  useEffect(() => void findAddress(), [code.value]);
  return html`<div class="teach-join"><div class="teach-words">
      ${!addressKnown.value && html`<${AskAddress} />`}
      ${address.value && html`<p>${say("room.joinAt")}</p><p class="teach-address"><a href=${address.value}>${address.value}</a> <${Copy} label=${say("room.copyAddress")} text=${async () => address.value} /></p>`}
      <p>${say("room.orCode")}</p><p class="teach-code" aria-label=${[...code.value].join(" ")}>${code.value.slice(0, 3)} ${code.value.slice(3)}</p>
    </div>${address.value && html`<img class="teach-qr" src=${picture.value} width="216" height="216" alt=${say("room.qr")} />`}</div>
    <p class="teach-doings"><a class="as-button" href=${`?present=${code.value}`} target="_blank">${say("room.present")}</a>
      <button id="close-room" onClick=${close}>${say("room.close")}</button></p>
    <h3>${say("room.members", { count: members.value.length })}</h3>
    ${members.value.length === 0 ? html`<p class="hint">${say("room.nobody")}</p>` : html`<ul class="teach-members">${members.value.map((one) => html`<${One} key=${one.member} one=${one} />`)}</ul>`}`;
}

/** Where the server cannot know it: in a container, for one. */
const AskAddress = () => html`<label class="field"><span>${say("room.askAddress")}</span><input id="room-address" inputmode="url" autocomplete="off" spellcheck=${false} value=${home.value}
      onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => setAddress(event.currentTarget.value)} /></label><p class="hint">${say("room.askAddressHint")}</p>`;

/** @param {{one: Member}} props */
function One({ one }) {
  const leads = spotlight.value?.leader === one.member;
  const name = one.nickname ?? say("room.guest", { number: one.member });
  const hand = async () => (await handOver(leads ? null : one.member)) && shut();
  return html`<li data-member=${one.member} data-state=${leads ? "leading" : one.state}><b>${name}</b> <span class="hint">${say(`room.state.${leads ? "leading" : one.state}`)}</span>
    ${(leads || one.state !== "away") && html`<button class="quiet" aria-label=${`${say(leads ? "room.takeBack" : "room.give")}: ${name}`} onClick=${hand}>${say(leads ? "room.takeBack" : "room.give")}</button>`}</li>`;
}
