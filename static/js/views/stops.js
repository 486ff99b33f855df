/**
 * Stops: where steps and training end by themselves; set at the number on show, at a pass or at an epoch.
 * @import {Explanation, Phase, Relation, State} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { sign } from "../net/places.js";
import { ownerName, stopName } from "../net/stops.js";
import { explained } from "../state/explained.js";
import { acts } from "../state/preferences.js";
import { session, signs, tape } from "../state/session.js";
import { addStop, goOn, missed, removeStop } from "../state/stops.js";
import { guess } from "../state/view.js";
import { parse } from "../number.js";
import { Said } from "../ui/said.js";
import { keyName } from "../words/keys.js";
import { say } from "../words/say.js";

/** @type {Phase[]} */
const PHASES = ["forward", "loss", "backward", "update"];
/** @type {Relation[]} */
const RELATIONS = ["=", "<", ">"];

export function Stops() {
  const [open] = useState((session.peek()?.breakpoints.length ?? 0) > 0);
  const state = session.value;
  if (!state || guess.value) return null;
  const stops = state.breakpoints;
  const shown = explained.value;
  return html`<details class="stops" open=${open}><summary>${say("stops.title")}</summary>
    ${stops.length > 0 && html`<ul>${stops.map((stop, k) => html`<${One} key=${k} name=${stopName(stop, state.spec, state.data, signs.value)} met=${state.stopped.includes(k)} remove=${() => removeStop(k)} />`)}</ul>
      <p><button id="go-on" onClick=${goOn}><${GoOn} /></button> <span class="hint" role="status">${missedHere(state)}</span></p>`}
    ${shown && tape.value && shown.tensor in tape.value.tensors && html`<${AtNumber} key=${`${shown.tensor}:${shown.index}`} state=${state} it=${shown} />`}
    <${AtPasses} state=${state} />
    <${AtEpoch} epoch=${state.batch.epoch} />
  </details>`;
}

const GoOn = () => html`${say("stops.goOn")}${acts("h") && html` <kbd>${keyName("h")}</kbd>`}`;

/** What a way on without a stop came to, as long as one stands there. @param {State} state */
const missedHere = ({ revision }) => (missed.value?.revision === revision ? say("stops.missed", { from: missed.value.from + 1, to: missed.value.to + 1 }) : "");

/** @param {{name: string, met: boolean, remove: () => void}} props */
const One = ({ name, met, remove }) => html`<li>${met ? html`<b>${name}</b> <span class="badge">${say("stops.here")}</span>` : html`<span>${name}</span>`}
  <button class="quiet" onClick=${remove} aria-label=${say("stops.remove", { name })}>✕</button></li>`;

/** @param {{state: State, it: Explanation}} props */
function AtNumber({ state: { spec, data }, it: { tensor, index } }) {
  const [relation, relate] = useState(/** @type {Relation} */ ("="));
  const name = say("stops.when", { name: ownerName({ tensor, index }, spec, data), sign: sign(tensor, signs.value) });
  return html`<${Typed} name=${name} start="0" wrong=${say("field.number")} read=${parse} set=${(/** @type {number} */ value) => addStop({ tensor, index, relation, value })}>
    <select aria-label=${say("stops.relation")} value=${relation} onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => relate(/** @type {Relation} */ (event.currentTarget.value))}>
      ${RELATIONS.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}</select></${Typed}>`;
}

/** @param {{state: State}} props */
const AtPasses = ({ state }) => html`<div class="stop-at" role="group" aria-labelledby="stop-passes"><span id="stop-passes">${say("stops.passes")}</span>
  <div class="choices">${PHASES.map((phase) => {
    const at = state.breakpoints.findIndex((stop) => stop.phase === phase);
    return html`<button key=${phase} aria-pressed=${at >= 0} onClick=${() => (at < 0 ? addStop({ phase }) : removeStop(at))}>${say(`passes.${phase}`)}</button>`;
  })}</div></div>`;

/** @param {{epoch: number}} props */
const AtEpoch = ({ epoch }) => html`<${Typed} name=${say("stops.atEpoch")} start=${String(epoch + 2)} wrong=${say("train.whole")} read=${whole} set=${(/** @type {number} */ number) => addStop({ epoch: number - 1 })} />`;

/** @param {string} text */
function whole(text) {
  const value = parse(text);
  return value !== null && Number.isInteger(value) && value > 0 ? value : null;
}

/**
 * A line that ends in a number and the button that sets it.
 * @param {{name: string, start: string, wrong: string, read: (text: string) => number | null, set: (value: number) => void, children?: any}} props
 */
function Typed({ name, start, wrong, read, set, children }) {
  const [bad, setBad] = useState(false);
  const submit = (/** @type {Event & {currentTarget: HTMLFormElement}} */ event) => {
    event.preventDefault();
    const field = event.currentTarget.querySelector("input");
    const value = read(field?.value ?? "");
    setBad(value === null);
    if (value === null) return;
    set(value);
    field?.blur();
  };
  return html`<form class="stop-at" onSubmit=${submit}><span>${name}</span>${children}
    <input aria-label=${name} aria-invalid=${bad} inputmode="decimal" autocomplete="off" size="5" defaultValue=${start} />
    <button type="submit">${say("kin.set")}</button>${bad && html`<span class="hint wrong" role="alert">${wrong}</span>`}</form>`;
}

/** Why it stands where it does; in the place of what the step did. */
export function Stopped() {
  const state = session.value;
  if (!state || state.stopped.length === 0) return null;
  const met = state.breakpoints.filter((_, k) => state.stopped.includes(k));
  const several = state.batch.examples.length > 1 && met.some(({ tensor }) => tensor !== "");
  const why = met.map((stop) => stopName(stop, state.spec, state.data, signs.value)).join("; ");
  return html`<p class="next stopped" role="status"><span><${Said} text=${say(several ? "stops.metBySome" : "stops.met", { why })} /></span>
    <button class="invite" onClick=${goOn}><${GoOn} /></button></p>`;
}
