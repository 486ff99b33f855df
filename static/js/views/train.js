/**
 * Training that goes on by itself: started, paused, how far and how fast.
 * @import {Until} from "../state/running.js"
 */
import { html } from "htm/preact";
import { parse } from "../number.js";
import { withKey } from "../state/preferences.js";
import { amount, pace, PACES, running, setAmount, setPace, setUntil, toggleRun, until } from "../state/running.js";
import { session } from "../state/session.js";
import { say } from "../words/say.js";

/** @type {Until[]} */
const WISHES = ["none", "iteration", "epoch", "cost", "accuracy"];

/** @typedef {Event & {currentTarget: HTMLSelectElement}} Chosen */

export function Train() {
  const wish = until.value;
  const goes = running.value;
  return html`<div class="train" role="group" aria-label=${say("train.title")}>
    <button id="train" aria-pressed=${goes} disabled=${!goes && ended()} onClick=${toggleRun} title=${withKey(say(goes ? "train.pauseWhat" : "train.what"), "G")}>${say(goes ? "train.pause" : "train.train")}</button>
    <select id="until" aria-label=${say("train.how")} value=${wish} onChange=${(/** @type {Chosen} */ event) => choose(event, setUntil)}>
      ${WISHES.map((name) => html`<option key=${name} value=${name} disabled=${name === "accuracy" && !session.value?.data.classes}>${say(`train.until.${name}`)}</option>`)}</select>
    ${wish !== "none" && html`<${Amount} key=${wish} wish=${wish} />`}
    <select id="pace" aria-label=${say("train.pace")} value=${String(pace.value)} onChange=${(/** @type {Chosen} */ event) => choose(event, (value) => setPace(value === "null" ? null : Number(value)))}>
      ${PACES.map((speed) => html`<option key=${speed} value=${String(speed)}>${speed === null ? say("train.fastest") : `${speed}/s`}</option>`)}</select>
  </div>`;
}

/** Whether training diverged here, so that there is nothing to train. */
const ended = () => {
  const state = session.value;
  return state !== null && state.diverged?.iteration === state.position.iteration && state.position.operation === state.position.operations;
};

/** A list that keeps the focus would take the arrow keys. @param {Chosen} event @param {(value: any) => void} set */
function choose({ currentTarget }, set) {
  set(currentTarget.value);
  currentTarget.blur();
}

/** @param {{wish: Exclude<Until, "none">}} props */
function Amount({ wish }) {
  const set = (/** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    const value = parse(currentTarget.value);
    const whole = wish === "iteration" || wish === "epoch";
    const fine = value !== null && (whole ? Number.isInteger(value) && value > 0 : wish === "cost" || (value >= 0 && value <= 1));
    currentTarget.setAttribute("aria-invalid", String(!fine));
    currentTarget.setCustomValidity(fine ? "" : say(whole ? "train.whole" : wish === "cost" ? "train.number" : "train.share"));
    if (fine) setAmount(wish, value);
  };
  return html`<input id="amount" aria-label=${say("train.amount", { until: say(`train.until.${wish}`) })} size="5" inputmode="decimal" autocomplete="off" defaultValue=${String(amount.peek()[wish])} onChange=${set} />`;
}
