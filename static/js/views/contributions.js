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
  const say = (/** @type {number} */ value) => format(value, digits.value);
  const bars = contributions.slice(0, contributions.length > BARS ? BARS - 1 : BARS);
  const last = bars.at(-1);
  const written = sign(`d${parameter.tensor}`, signs.value);
  return html`<section class="contributions" aria-label="Gradients of the examples">
    <h3>The ${numbers.batch} examples, stacked up</h3>
    <div class="stack" data-picture>
      <span class="stack-zero" style=${{ top: `${top(0)}%` }}></span>
      ${bars.map((bar) => html`<${Bar} key=${bar.row} bar=${bar} shown=${bar.row === state.batch.shown} top=${top} say=${say} share=${numbers.batch} />`)}
      ${last && bars.length < contributions.length && html`<span class="stack-place" title=${`${contributions.length - bars.length} more examples`}><${Step} from=${last.to} to=${mean} top=${top} /></span>`}
      <span class="stack-place whole" title=${`their mean: ${say(mean)}`}><${Step} from=${0} to=${mean} top=${top} whole=${true} /></span>
    </div>
    <p class="hint">Each bar is ${fraction(numbers.batch)} of an example's own gradient, and begins where the one before ends. ${contributions.length > BARS ? `The wide bar is the ${contributions.length - bars.length} others. ` : ""}Together: their mean <b class="number" data-stat="mean" data-value=${mean}>${say(mean)}</b>${same(mean, gradient) ? `, which is ${written}.` : html`; penalties add ${say(gradient - mean)}, which makes ${written} ${say(gradient)}.`}</p>
    <${Saves} name="contributions" table=${() => ({ head: ["example", "gradient", "sum of shares"], rows: contributions.map(({ row, value, to }) => [row + 1, value, to]) })} />
  </section>`;
}

/** @param {number} batch */
const fraction = (batch) => (batch === 2 ? "half" : `1/${batch}`);

/** As far as adding up in another order lets one see. @param {number} a @param {number} b */
const same = (a, b) => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b)) || Math.abs(a - b) < 1e-12;

/** @param {{bar: Contribution, shown: boolean, top: (value: number) => number, say: (value: number) => string, share: number}} props */
const Bar = ({ bar: { row, value, from, to }, shown, top, say, share }) => html`<button class="stack-place" aria-pressed=${shown} data-row=${row} data-value=${value}
  title=${`example ${row + 1}: ${say(value)}, of which ${fraction(share)} is ${say(to - from)}`} aria-label=${`Show example ${row + 1}, whose own gradient is ${say(value)}`}
  onClick=${() => (example.value = row)}><${Step} from=${from} to=${to} top=${top} /></button>`;

/** From one sum to the next; what lowers it also has a dashed edge. @param {{from: number, to: number, top: (value: number) => number, whole?: boolean}} props */
const Step = ({ from, to, top, whole = false }) => html`<span class=${`step${to < from ? " falls" : ""}`}
  style=${{ top: `${Math.min(top(from), top(to))}%`, height: `${Math.abs(top(from) - top(to))}%`, ...(whole ? {} : { background: shade(to < from ? -0.8 : 0.8, "gradient", theme.value) }) }}></span>`;
