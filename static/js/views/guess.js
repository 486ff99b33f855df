/**
 * Inputs that are tried out, typed or drawn.
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { asGiven, asSeen } from "../net/rows.js";
import { factor, format, parse } from "../number.js";
import { prediction } from "../state/explained.js";
import { digits } from "../state/preferences.js";
import { rows, session } from "../state/session.js";
import { guess } from "../state/view.js";
import { lazy } from "../ui/lazy.js";
import { Said } from "../ui/said.js";
import { keyName } from "../words/keys.js";
import { say } from "../words/say.js";

const PixelPad = lazy(() => import("../ui/pixels.js"), "PixelPad");

/** @param {{inputs: number[], features: string[]}} props */
export function Guess({ inputs, features }) {
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
  const name = session.value?.data.classes?.[best];
  return html`<${PixelPad} values=${asGiven(data, inputs)} image=${image} onChange=${draw} />
    ${name !== undefined && html`<output class="read" aria-live="polite"><${Said} text=${say("task.reads", { name })} /> <small>${format(outputs[best], digits.value)}</small></output>`}`;
}
