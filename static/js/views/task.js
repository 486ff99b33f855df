/**
 * One sentence on what is being learned, and what to do next.
 * @import {Run} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { asGiven, asSeen } from "../net/rows.js";
import { factor, format, parse } from "../number.js";
import { problem } from "../state/problem.js";
import { digits } from "../state/preferences.js";
import { prediction } from "../state/explained.js";
import { rows, session } from "../state/session.js";
import { over, step } from "../state/moves.js";
import { pause } from "../state/running.js";
import { guess } from "../state/view.js";
import { lazy } from "../ui/lazy.js";
import { Said } from "../ui/said.js";
import { keyName } from "../words/keys.js";
import { counted, say } from "../words/say.js";

const PixelPad = lazy(() => import("../ui/pixels.js"), "PixelPad");

export function Task() {
  const state = session.value;
  if (!state) return html`<div class="task"><p class="goal">${problem.value ? "" : say("task.wait")}</p></div>`;
  return html`<div class="task">
    <p class="goal">${state.data.task}</p>
    ${guess.value ? html`<${Guess} inputs=${guess.value} features=${state.data.features} />` : html`<${Next} />`}
  </div>`;
}

/** The invitation at the start, the outcome at the end of an iteration, else what the step did. */
function Next() {
  const state = session.value;
  if (!state) return null;
  const { position, cost, run, step: record } = state;
  if (run?.going) return html`<${Training} now=${run} />`;
  if (position.operation === 0) {
    const open = say(position.iteration === 0 ? "task.begin" : "task.newBatch");
    return html`<p class="next"><button class="invite" onClick=${() => step("next")}>${open}</button></p>`;
  }
  if (cost?.after) {
    const [before, after] = [format(cost.total, digits.value), format(cost.after.total, digits.value)];
    return html`<p class="next"><span><${Said} text=${say("task.went", { before, after })} /></span>${" "}
      ${over(state) ? html`<span>${say("task.noBatch")}</span>` : html`<button class="invite" onClick=${() => step("next")}>${say("task.nextBatch")}</button>`}</p>`;
  }
  return html`<p class="next sentence">${record?.headline || record?.explanation.sentence || ""}</p>`;
}

/** How far a run is. @param {{now: Run}} props */
function Training({ now: { done, rate, seconds, iterations, begun } }) {
  const left = seconds === null ? "" : say("task.left", { time: lasting(seconds) });
  return html`<p class="next running"><span><${Said} text=${say("task.done", { count: done, done: counted(done), speed: rate === null ? "" : say("task.speed", { rate: fast(rate) }), left })} /></span>
    ${iterations !== null && html`<progress max=${Math.max(iterations - begun, 1)} value=${done - begun} aria-label=${say("task.training")}></progress>`}
    <button class="invite" onClick=${pause}>${say("task.pause")} <kbd>${keyName("Space")}</kbd></button></p>`;
}

/** @param {number} rate */
const fast = (rate) => (rate < 10 ? rate.toFixed(1) : counted(Number(rate.toPrecision(2))));

/** @param {number} seconds */
const lasting = (seconds) => (seconds < 100 ? say("task.seconds", { count: Math.ceil(seconds) }) : seconds < 6000 ? say("task.minutes", { count: Math.round(seconds / 60) }) : say("task.hours", { count: Math.round(seconds / 3600) }));

/** @param {{inputs: number[], features: string[]}} props */
function Guess({ inputs, features }) {
  const [wrong, setWrong] = useState(/** @type {number[]} */ ([]));
  const set = (/** @type {number} */ unit, /** @type {string} */ text) => {
    const value = parse(text);
    const others = wrong.filter((one) => one !== unit);
    setWrong(value === null ? [...others, unit] : others);
    if (value !== null) guess.value = inputs.map((old, k) => (k === unit ? (asSeen(data, inputs.map(() => value))[unit] ?? 0) : old));
  };
  const data = rows.value;
  const [image, units] = [data?.image, asGiven(data, inputs)];
  return html`<form class="guess" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <span class="guess-title"><${Said} text=${say("task.guess")} />
      ${!image && data && data.means.length > 0 && html`<small>${say("task.standard")}</small>`}</span>
    ${image ? html`<${Drawn} inputs=${inputs} image=${image} />` : features.map((name, unit) => html`<label key=${unit}>${name}
      <input name=${`input-${unit}`} inputmode="decimal" size="6" autocomplete="off" defaultValue=${format(Number(units[unit]?.toPrecision(12)), 12)}
        aria-invalid=${wrong.includes(unit)} aria-describedby="guess-hint"
        onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => set(unit, event.currentTarget.value)} />
      ${data && data.means.length > 0 && html`<${Standard} value=${inputs[unit]} mean=${data.means[unit]} deviation=${data.deviations[unit]} />`}</label>`)}
    <button type="button" onClick=${() => (guess.value = null)}>${say("task.back")} <kbd>${keyName("Escape")}</kbd></button>
    <span id="guess-hint" class="hint wrong" role="status">${wrong.length > 0 && say("task.wrong")}</span>
  </form>`;
}

/** What the network sees of a standardised input. @param {{value: number | undefined, mean: number | undefined, deviation: number | undefined}} props */
const Standard = ({ value, mean, deviation }) => html`<small class="standard">→ <b data-value=${value}>${format(value, digits.value)}</b>
  <span>(x − ${factor(Number(mean), digits.value)}) / ${format(deviation, digits.value)}</span></small>`;

/** Inputs that are a picture, drawn by hand, and what the network reads. @param {{inputs: number[], image: [number, number]}} props */
function Drawn({ inputs, image }) {
  const [data, said] = [rows.value, prediction.value];
  const draw = (/** @type {number[]} */ values) => (guess.value = asSeen(data, values));
  const outputs = (said?.layers.at(-1)?.[0] ?? []).map(Number);
  const best = outputs.indexOf(Math.max(...outputs));
  const name = data?.classes?.[best];
  return html`<${PixelPad} values=${asGiven(data, inputs)} image=${image} onChange=${draw} />
    ${name !== undefined && html`<output class="read" aria-live="polite"><${Said} text=${say("task.reads", { name })} /> <small>${format(outputs[best], digits.value)}</small></output>`}`;
}
