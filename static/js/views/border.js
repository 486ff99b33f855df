/**
 * The line on which a neuron's sum is 0, as an equation, and how its bias shifts it.
 */
import { html } from "htm/preact";
import { factor, format } from "../number.js";
import { setParameter } from "../state/edits.js";
import { line, tried, varying } from "../state/plane.js";
import { digits } from "../state/preferences.js";
import { sign } from "../net/places.js";
import { session, signs } from "../state/session.js";
import { say } from "../words/say.js";

export function Border() {
  const [state, now] = [session.value, line.value];
  if (!state || !now) return null;
  const [first, second] = [state.data.features[0] ?? "x₁", state.data.features[1] ?? "x₂"];
  const b = tried.value?.of === now.key ? tried.value.b : now.b;
  const written = (/** @type {string} */ tensor) => sign(tensor, signs.value);
  const told = (/** @type {number} */ value) => format(value, digits.value);
  const times = (/** @type {number} */ value) => factor(value, digits.value);
  const reach = Math.max(2, Math.abs(now.b) * 1.5);
  const drag = (/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => (tried.value = { of: now.key, b: event.currentTarget.valueAsNumber });
  const flat = varying.value.up === null;
  return html`<section class="border" aria-labelledby="border-title">
    <h2 class="minor" id="border-title">${say(flat ? "border.point" : "border.line")}</h2>
    <p class="equation">${written("z")} = ${times(now.w1)} · ${first}${flat ? "" : ` + ${times(now.w2)} · ${second}`} + ${times(b)} = 0</p>
    ${flat ? html`<p class="equation">${say("border.at", { input: first, zero: told(-b / now.w1), bias: `${written("b")} = ${told(b)}` })}</p>`
      : html`<p class="equation">${second} = ${times(-now.w1 / now.w2)} · ${first} + ${times(-b / now.w2)}</p>`}
    <label class="field bias-slider"><span>${say("border.move")}</span>
      <input type="range" min=${-reach} max=${reach} step="any" value=${b} aria-valuetext=${told(b)} onInput=${drag} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.stopPropagation()} /></label>
    <p class="hint">${say(flat ? "border.crosses" : "border.turns", { b: written("b"), w: written("W") })}</p>
    ${b !== now.b && html`<button onClick=${() => setParameter({ tensor: "b1", index: [now.unit] }, b)}>${say("border.set", { name: written("b"), value: told(b) })}</button>
      <button class="quiet" onClick=${() => (tried.value = null)}>${say("border.back")}</button>`}
  </section>`;
}
