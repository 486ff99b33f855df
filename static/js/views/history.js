/**
 * How the selected weight or bias came to its value: a line over the iterations, each point of which can be gone to.
 * @import {DataTitle, History as Past, Spec} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { chartOf, nearest } from "../net/chart.js";
import { parameterName } from "../net/nudge.js";
import { parameterOf, parts, sameRef } from "../net/places.js";
import { seek } from "../state/moves.js";
import { history, keepHistory } from "../state/nudges.js";
import { digits } from "../state/preferences.js";
import { session } from "../state/session.js";
import { guess, selection } from "../state/view.js";
import { format } from "../number.js";
import { keepArrows } from "../ui/arrows.js";
import { say } from "../words/say.js";

keepHistory();

const [WIDTH, HEIGHT] = [300, 130];
const PLOT = { left: 46, right: WIDTH - 10, top: 10, bottom: HEIGHT - 22 };

export function History() {
  const [state, past] = [session.value, history.value];
  const parameter = parameterOf(selection.value);
  if (!state || !past || !parameter || guess.value || !sameRef(past, parameter)) return null;
  return html`<section class="history" aria-label=${say("history.title")}>
    <h3>${say("history.its")}</h3>
    ${past.iterations.length < 2 ? html`<p class="hint">${say("history.starts")}</p>`
      : html`<${Line} key=${`${past.tensor}:${past.index}`} past=${past} iteration=${state.position.iteration} spec=${state.spec} data=${state.data} />`}
  </section>`;
}

/** @param {{past: Past, iteration: number, spec: Spec, data: DataTitle}} props */
function Line({ past, iteration, spec, data }) {
  const [pointed, point] = useState(/** @type {number | null} */ (null));
  const { iterations } = past;
  const values = past.values.map(Number);
  const chart = chartOf(iterations, values, PLOT);
  const here = iterations.indexOf(iteration);
  const at = Math.min(pointed ?? (here < 0 ? iterations.length - 1 : here), iterations.length - 1);
  const atPointer = (/** @type {PointerEvent | MouseEvent} */ event) => {
    const svg = /** @type {SVGSVGElement} */ (event.currentTarget);
    const { left, width } = svg.getBoundingClientRect();
    return nearest(chart, ((event.clientX - left) / width) * WIDTH);
  };
  const go = (/** @type {number} */ k) => seek(0, iterations[k]);
  const said = say("history.said", { iteration: (iterations[at] ?? 0) + 1, value: format(values[at], digits.value) });
  return html`<svg class="course" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true"
      onPointerMove=${(/** @type {PointerEvent} */ event) => point(atPointer(event))} onPointerLeave=${() => point(null)}
      onClick=${(/** @type {MouseEvent} */ event) => go(atPointer(event))}>
      ${chart.up.map(({ at: y, value }) => html`<g key=${value}><path class=${value === 0 ? "grid zero" : "grid"} d=${`M${PLOT.left} ${y}H${PLOT.right}`} /><text x=${PLOT.left - 6} y=${y + 4} text-anchor="end">${format(value, 6)}</text></g>`)}
      ${chart.across.map(({ at: x, value }) => html`<text key=${value} x=${x} y=${HEIGHT - 6} text-anchor="middle">${value + 1}</text>`)}
      <path class="curve" d=${chart.d} />
      ${chart.points.length <= 30 && chart.points.map((dot, k) => dot && html`<circle key=${k} class="dot" cx=${dot.x} cy=${dot.y} r="2.2" />`)}
      ${chart.points[here] && html`<circle class="here" cx=${chart.points[here]?.x} cy=${chart.points[here]?.y} r="4.5" />`}
      ${pointed !== null && chart.points[at] && html`<path class="pointed" d=${`M${chart.points[at]?.x} ${PLOT.top}V${PLOT.bottom}`} />`}
    </svg>
    <form class="scrub" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); go(at); }}>
      <input type="range" min="0" max=${iterations.length - 1} step="1" value=${at} aria-label=${say("history.of", { name: parameterName(past, spec, data) })} aria-valuetext=${said}
        onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => point(event.currentTarget.valueAsNumber)}
        onKeyDown=${keepArrows} />
      <span class="said"><b>${said}</b></span>
      <button type="submit" disabled=${iterations[at] === iteration}>${say("history.go")}</button>
    </form>
    <p class="hint">${summary(past, values)}</p>`;
}

/** @param {Past} past @param {number[]} values */
function summary({ tensor, iterations, every }, values) {
  const [first, last] = [values[0], values.at(-1)];
  const written = (/** @type {number | undefined} */ value) => format(value, digits.value);
  const ends = say(parts(tensor).kind === "W" ? "history.weight" : "history.bias", { first: written(first), last: written(last), least: written(Math.min(...values)), most: written(Math.max(...values)) });
  return `${ends} ${say(every === 1 ? "history.each" : "history.every", { every, iteration: (iterations.at(-1) ?? 0) + 1 })}`;
}
