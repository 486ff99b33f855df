/**
 * How the gradients of a batch's examples stack up to the gradient of a weight or bias.
 * @import {Contribution} from "../net/contributions.js"
 */
import { html } from "htm/preact";
import { shade } from "../net/colour.js";
import { contributionsOf } from "../net/contributions.js";
import { parameterOf, sign } from "../net/places.js";
import { format } from "../number.js";
import { explained } from "../state/explained.js";
import { digits, theme } from "../state/preferences.js";
import { reading, session, signs, tape } from "../state/session.js";
import { example, guess, selection } from "../state/view.js";
import { Saves } from "../ui/saves.js";
import { say } from "../words/say.js";

/** Bars of more examples would be thinner than a pixel or two; the rest is one bar. */
const BARS = 60;

export function Contributions() {
  const [state, numbers] = [session.value, tape.value];
  const parameter = parameterOf(selection.value ?? explained.value);
  if (!state || !numbers || !parameter || guess.value || numbers.batch < 2) return null;
  const gradient = reading.value(`d${parameter.tensor}`, ...parameter.index);
  const found = gradient === null ? null : contributionsOf(numbers, parameter);
  if (gradient === null || !found) return null;
  const { contributions, mean, low, high } = found;
  const top = (/** @type {number} */ value) => (high > low ? (100 * (high - value)) / (high - low) : 50);
  const told = (/** @type {number} */ value) => format(value, digits.value);
  const bars = contributions.slice(0, contributions.length > BARS ? BARS - 1 : BARS);
  const last = bars.at(-1);
  const written = sign(`d${parameter.tensor}`, signs.value);
  return html`<section class="contributions" aria-label=${say("contributions.title")}>
    <h3>${say("contributions.stacked", { count: numbers.batch })}</h3>
    <div class="stack" data-picture>
      <span class="stack-zero" style=${{ top: `${top(0)}%` }}></span>
      ${bars.map((bar) => html`<${Bar} key=${bar.row} bar=${bar} shown=${bar.row === state.batch.shown} top=${top} told=${told} share=${numbers.batch} />`)}
      ${last && bars.length < contributions.length && html`<span class="stack-place" title=${say("contributions.more", { count: contributions.length - bars.length })}><${Step} from=${last.to} to=${mean} top=${top} /></span>`}
      <span class="stack-place whole" title=${say("contributions.mean", { value: told(mean) })}><${Step} from=${0} to=${mean} top=${top} whole=${true} /></span>
    </div>
    <p class="hint">${say("contributions.bars", { share: fraction(numbers.batch) })} ${contributions.length > BARS ? `${say("contributions.wide", { count: contributions.length - bars.length })} ` : ""}${say("contributions.together")} <b class="number" data-stat="mean" data-value=${mean}>${told(mean)}</b>${same(mean, gradient) ? say("contributions.is", { name: written }) : say("contributions.penalties", { added: told(gradient - mean), name: written, value: told(gradient) })}</p>
    <${Saves} name="contributions" table=${() => ({ head: ["example", "gradient", "sum"].map((name) => say(`contributions.head.${name}`)), rows: contributions.map(({ row, value, to }) => [row + 1, value, to]) })} />
  </section>`;
}

/** @param {number} batch */
const fraction = (batch) => (batch === 2 ? "½" : `1/${batch}`);

/** As far as adding up in another order lets one see. @param {number} a @param {number} b */
const same = (a, b) => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b)) || Math.abs(a - b) < 1e-12;

/** @param {{bar: Contribution, shown: boolean, top: (value: number) => number, told: (value: number) => string, share: number}} props */
const Bar = ({ bar: { row, value, from, to }, shown, top, told, share }) => html`<button class="stack-place" aria-pressed=${shown} data-row=${row} data-value=${value}
  title=${say("contributions.part", { number: row + 1, value: told(value), share: fraction(share), part: told(to - from) })} aria-label=${say("contributions.show", { number: row + 1, value: told(value) })}
  onClick=${() => (example.value = row)}><${Step} from=${from} to=${to} top=${top} /></button>`;

/** From one sum to the next; what lowers it also has a dashed edge. @param {{from: number, to: number, top: (value: number) => number, whole?: boolean}} props */
const Step = ({ from, to, top, whole = false }) => html`<span class=${`step${to < from ? " falls" : ""}`}
  style=${{ top: `${Math.min(top(from), top(to))}%`, height: `${Math.abs(top(from) - top(to))}%`, ...(whole ? {} : { background: shade(to < from ? -0.8 : 0.8, "gradient", theme.value) }) }}></span>`;
