/**
 * A gradient proved by trying: the cost with a weight or bias a little smaller and a little larger; and all of them.
 * @import {GradientCheck, Nudge as Nudged, Ref, State} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { decimals, kinkName, parameterName, rise, verdict } from "../net/nudge.js";
import { parameterOf, sameRef, sign } from "../net/places.js";
import { explained } from "../state/explained.js";
import { checkAll, checked, epsilon, nudgeIt, nudged } from "../state/nudges.js";
import { digits } from "../state/preferences.js";
import { reading, session, signs } from "../state/session.js";
import { guess, selection } from "../state/view.js";
import { format, parse } from "../number.js";
import { Said } from "../ui/said.js";
import { say } from "../words/say.js";

export function Nudge() {
  const state = session.value;
  const parameter = parameterOf(selection.value ?? explained.value);
  if (!state || !parameter || guess.value) return null;
  const nudge = nudged.value;
  const check = checked.value;
  return html`<section class="nudge" aria-label=${say("nudge.title")}>
    <h3>${say("nudge.right")}</h3>
    <${Ask} parameter=${parameter} />
    <div aria-live="polite">
      ${nudge && sameRef(nudge, parameter) && html`<${Answer} nudge=${nudge} state=${state} />`}
      ${check && html`<${Check} check=${check} state=${state} />`}
    </div>
  </section>`;
}

/** @param {{parameter: Ref}} props */
function Ask({ parameter }) {
  const [wrong, setWrong] = useState(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!wrong) nudgeIt(parameter);
  };
  const type = (/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => {
    const typed = parse(event.currentTarget.value);
    const fine = event.currentTarget.value.trim() === "" || (typed !== null && typed > 0);
    setWrong(!fine);
    if (fine) epsilon.value = typed;
  };
  return html`<form class="edit" onSubmit=${submit}>
    <button type="submit" id="nudge">${say("nudge.it")}</button>
    <label for="epsilon">${say("nudge.by")}</label>
    <input id="epsilon" inputmode="decimal" autocomplete="off" size="9" placeholder=${say("nudge.suits")} defaultValue=${epsilon.peek() ?? ""} aria-invalid=${wrong} aria-describedby="epsilon-hint" onInput=${type} />
    <button type="button" id="check-gradients" onClick=${checkAll}>${say("nudge.all")}</button>
    ${wrong && html`<span id="epsilon-hint" class="hint wrong">${say("nudge.wrong")}</span>`}
  </form>`;
}

/** @param {{nudge: Nudged, state: State}} props */
function Answer({ nudge, state }) {
  const [it, cost] = [sign(nudge.tensor, signs.value), signs.value["C"] ?? "C"];
  const written = reading.value(`d${nudge.tensor}`, ...nudge.index) !== null;
  const places = decimals(Number(nudge.below), Number(nudge.above), digits.value);
  return html`<dl class="proof">
      <${Line} name=${`${cost}(${it} − ε)`} of="below" value=${nudge.below} digits=${places} />
      <${Line} name=${`${cost}(${it} + ε)`} of="above" value=${nudge.above} digits=${places} />
      <${Line} name=${say("nudge.difference")} of="quotient" value=${nudge.quotient} digits=${digits.value + 3} />
      <${Line} name=${sign(`d${nudge.tensor}`, signs.value)} of="gradient" value=${written ? nudge.gradient : null} digits=${digits.value + 3} />
      <${Line} name=${say("nudge.error")} of="error" value=${written ? nudge.error : null} digits=${2} />
    </dl>
    <p class="sentence">${rise(nudge, digits.value)} ${verdict(nudge, written, digits.value)}</p>
    ${nudge.kinks.length > 0 && html`<p class="hint">${say("nudge.between", { kinks: nudge.kinks.map((kink) => kinkName(kink, state.spec, state.data)).join("; ") })}</p>`}
    <p class="hint">${say("nudge.what", { epsilon: format(nudge.epsilon, 12), name: it, value: format(nudge.value, digits.value), cost })}</p>`;
}

/** @param {{name: string, of: string, value: import("../types.js").Wire | null, digits: number}} props */
const Line = ({ name, of, value, digits: places }) => html`<div><dt>${name}</dt><dd>${value === null ? html`<span class="unwritten">${say("say.unwritten")}</span>`
  : html`<span class="number" data-nudge=${of} data-value=${value}>${format(value, Math.min(places, 12))}</span>`}</dd></div>`;

/** @param {{check: GradientCheck, state: State}} props */
function Check({ check, state }) {
  const { parameters, checked: tried, agree, kinked, tolerance, worst } = check;
  return html`<div class="checked" data-agree=${agree} data-checked=${tried}>
    <p class="sentence"><${Said} text=${say("nudge.agree", { mark: agree === tried ? "✓" : "✗", agree, tried, tolerance: format(tolerance, 12) })} />
      ${` ${say(tried === parameters ? "nudge.whole" : "nudge.sample", { tried, parameters })}`}${kinked > 0 && ` ${say("nudge.kinked", { count: kinked })}`}</p>
    <details open=${agree < tried}><summary>${say("nudge.largest")}</summary><ul class="operands">
      ${worst.map((nudge) => html`<li key=${`${nudge.tensor}:${nudge.index}`}><button class="worst" onClick=${() => (selection.value = { tensor: nudge.tensor, index: nudge.index })}>
        <span class="operand-name">${parameterName(nudge, state.spec, state.data)}</span>
        <span>${nudge.agrees ? (Number(nudge.error) > tolerance ? say("nudge.rounding") : "") : nudge.kinks.length > 0 ? say("nudge.kink") : "✗ "}${format(nudge.error, 2)}</span></button></li>`)}
    </ul></details>
  </div>`;
}
