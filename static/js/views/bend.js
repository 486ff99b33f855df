/**
 * The curve of a neuron's activation with its slope, and where its current sum lies on both.
 */
import { html } from "htm/preact";
import { sign } from "../net/places.js";
import { ticks } from "../net/plane.js";
import { format } from "../number.js";
import { curve, neuron } from "../state/plane.js";
import { digits } from "../state/preferences.js";
import { catalog, reading, session, signs } from "../state/session.js";
import { say } from "../words/say.js";

const [WIDTH, HEIGHT, PAD] = [320, 170, 26];

export function Bend() {
  const state = session.value;
  if (!state) return null;
  const { layer, unit } = neuron.value;
  const activation = state.spec.layers[layer]?.activation;
  const title = catalog.value?.activations.find(({ name }) => name === activation)?.title ?? activation;
  const points = curve.value;
  if (activation === "softmax") return html`<p class="hint">${say("bend.softmax")}</p>`;
  if (!points) return null;
  const numbers = [points.a, points.slope].flatMap((values) => values.map(Number)).filter(Number.isFinite);
  const [low, high] = [Math.min(...numbers, 0), Math.max(...numbers, 1)];
  const reach = points.z.at(-1) ?? 6;
  const x = (/** @type {number} */ z) => PAD + ((z + reach) / (2 * reach)) * (WIDTH - PAD - 8);
  const y = (/** @type {number} */ value) => 8 + (1 - (value - low) / (high - low || 1)) * (HEIGHT - 8 - PAD);
  const path = (/** @type {(number | string)[]} */ values) => values.map((value, k) => `${k === 0 ? "M" : "L"}${x(points.z[k] ?? 0).toFixed(1)} ${y(Number(value)).toFixed(1)}`).join("");
  const sum = sign("z", signs.value);
  const [z, a] = [reading.value(`z${layer}`, unit), reading.value(`a${layer}`, unit)];
  const slope = z === null ? null : at(points, z);
  return html`<section class="bend" aria-labelledby="bend-title">
    <h2 class="minor" id="bend-title">${say("bend.title", { activation: String(title) })}</h2>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${said(String(title), sum, z, a, slope)}>
      <g class="axis">${ticks(-reach, reach).map((value) => html`<text key=${value} x=${x(value)} y=${HEIGHT - 8} text-anchor="middle">${format(value, 2)}</text>`)}
        ${ticks(low, high, 3).map((value) => html`<text key=${value} x=${PAD - 6} y=${y(value) + 4} text-anchor="end">${format(value, 2)}</text>`)}
        <line x1=${PAD} x2=${WIDTH - 8} y1=${y(0)} y2=${y(0)} /><line x1=${x(0)} x2=${x(0)} y1="8" y2=${HEIGHT - PAD} /></g>
      <path class="curve" d=${path(points.a)} /><path class="curve slope" d=${path(points.slope)} />
      ${z !== null && Number.isFinite(z) && html`<line class="at" x1=${x(z)} x2=${x(z)} y1="8" y2=${HEIGHT - PAD} />
        ${a !== null && html`<circle class="dot" cx=${x(z)} cy=${y(a)} r="5" />`}${slope !== null && html`<circle class="dot hollow" cx=${x(z)} cy=${y(slope)} r="4" />`}`}
    </svg>
    <p class="hint"><svg class="line-key" viewBox="0 0 20 6" aria-hidden="true"><path class="curve" d="M0 3H20" /></svg> f(${sum}) <svg class="line-key" viewBox="0 0 20 6" aria-hidden="true"><path class="curve slope" d="M0 3H20" /></svg> ${say("bend.slope")} f′(${sum}).
      ${z === null ? say("bend.noSum") : html` ${sum} = <span class="number" data-tensor=${`z${layer}`} data-index=${unit} data-value=${z}>${format(z, digits.value)}</span>${a !== null && html`, ${sign("a", signs.value)} = <span class="number" data-tensor=${`a${layer}`} data-index=${unit} data-value=${a}>${format(a, digits.value)}</span>`}`}</p>
  </section>`;
}

/** The slope between the two nearest points of the curve. @param {import("../types.js").Curve} points @param {number} z */
function at({ z: sums, slope }, z) {
  const k = sums.findIndex((value) => value >= z);
  if (k < 0 || !Number.isFinite(z)) return null;
  const [from = 0, to = 0] = [sums[Math.max(k - 1, 0)], sums[k]];
  const [low, high] = [Number(slope[Math.max(k - 1, 0)]), Number(slope[k])];
  return to === from ? high : low + ((high - low) * (z - from)) / (to - from);
}

/** @param {string} title @param {string} sum its sign @param {number | null} z @param {number | null} a @param {number | null} slope */
function said(title, sum, z, a, slope) {
  if (z === null) return `${say("bend.curve", { title })} ${say("bend.noSum")}`;
  const outcome = a === null ? "" : ` f(${sum}) = ${format(a, 3)}.`;
  return `${say("bend.curve", { title })} ${sum} = ${format(z, 3)}:${outcome}${slope === null ? "" : ` ${say("bend.about", { slope: format(slope, 2) })}`}`;
}
