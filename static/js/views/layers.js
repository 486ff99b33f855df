/**
 * Each layer's numbers at a glance: histograms and norms of activations, deltas, gradients and parameters, and how far
 * an update moves them.
 * @import {LayerNumbers, Spread} from "../net/layers.js"
 * @import {Quantity} from "../net/colour.js"
 * @import {Spec} from "../types.js"
 */
import { computed } from "@preact/signals";
import { html } from "htm/preact";
import { fillOf } from "../net/colour.js";
import { layerNumbers } from "../net/layers.js";
import { sign } from "../net/places.js";
import { digits, theme } from "../state/preferences.js";
import { session, signs, tape } from "../state/session.js";
import { format } from "../number.js";
import { say } from "../words/say.js";

const rows = computed(() => {
  const [state, numbers] = [session.value, tape.value];
  return state && numbers ? layerNumbers(numbers, state.written, state.spec) : [];
});

export function Layers() {
  const state = session.value;
  if (!state) return null;
  const { examples } = state.batch;
  return html`<section class="layer-panel" aria-label=${say("panels.layers")} tabindex="0">
    <p class="hint">${say("layers.how", { count: examples.length })}</p>
    ${rows.value.map((row) => html`<${Row} key=${row.layer} row=${row} spec=${state.spec} />`)}
  </section>`;
}

/** @param {{row: LayerNumbers, spec: Spec}} props */
function Row({ row, spec }) {
  const { layer, activations, deltas, gradients, parameters } = row;
  const { units = 0, activation } = spec.layers[layer] ?? {};
  const title = say(layer === 0 ? "layers.inputs" : layer === spec.layers.length - 1 ? "layers.output" : "layers.hidden", { layer });
  return html`<section class="layer-numbers" aria-label=${title}>
    <header><h2 class="minor">${title} <span class="shape">${layer === 0 ? say("layers.inputCount", { count: units }) : `${say("ends.neurons", { count: units })}, ${activation}`}</span></h2>
      ${layer > 0 && html`<${Ratio} row=${row} />`}</header>
    <div class="spreads">
      <${Cell} title=${say(layer === 0 ? "layers.values" : "layers.activations")} signed=${sign("a", signs.value)} spread=${activations} quantity="activation" />
      ${deltas && html`<${Cell} title=${say("layers.deltas")} signed=${sign("dz", signs.value)} spread=${deltas} quantity="gradient" />`}
      ${gradients && html`<${Cell} title=${say("layers.gradients")} signed=${`${sign("dW", signs.value)}, ${sign("db", signs.value)}`} spread=${gradients} quantity="gradient" />`}
      ${parameters && html`<${Cell} title=${say("layers.parameters")} signed=${`${sign("W", signs.value)}, ${sign("b", signs.value)}`} spread=${parameters} quantity="weight" />`}
    </div>
  </section>`;
}

/** @param {{row: LayerNumbers}} props */
function Ratio({ row: { layer, ratio } }) {
  if (ratio === null) return html`<p class="ratio">${say("layers.ratio")} <span class="unwritten">${say("say.unwritten")}</span></p>`;
  return html`<p class="ratio">${say("layers.ratio")} <span class="number" data-stat="ratio" data-layer=${layer} data-value=${ratio}>${format(ratio, digits.value)}</span>
    <span class="hint">${say(ratio === 0 ? "layers.still" : ratio > 0.01 ? "layers.large" : ratio < 0.0001 ? "layers.tiny" : "layers.common")}</span></p>`;
}

/** @param {{title: string, signed: string, spread: Spread, quantity: Quantity}} props */
function Cell({ title, signed, spread, quantity }) {
  const { tensors, count, of, norm, rms, strange } = spread;
  const stat = (/** @type {string} */ name, /** @type {number} */ value) =>
    html`<span class="stat"><span class="stat-name">${say(`layers.stat.${name}`)}</span> <span class="number" data-stat=${name} data-of=${tensors.join(" ")} data-value=${value}>${format(value, digits.value)}</span></span>`;
  return html`<figure class="spread">
    <figcaption>${title} <span class="sign">${signed}</span></figcaption>
    ${count === 0 ? html`<p class="unwritten">${say("say.unwritten")}</p>`
      : html`${count > strange && html`<${Histogram} spread=${spread} quantity=${quantity} title=${title} />`}
        <p class="stats">${stat("norm", norm)} ${stat("rms", rms)} <span class="stat-name">${count < of ? say("layers.countOf", { count, of }) : say("ends.numbers", { count: of })}</span></p>
        ${strange > 0 && html`<p class="hint wrong">${say("layers.strange", { count: strange })}</p>`}`}
  </figure>`;
}

const [WIDTH, HEIGHT, FLOOR, TOP] = [190, 84, 64, 16];

/** @param {{spread: Spread, quantity: Quantity, title: string}} props */
function Histogram({ spread: { edges, bars }, quantity, title }) {
  const most = Math.max(...bars);
  const width = (WIDTH - 8) / bars.length;
  const x = (/** @type {number} */ k) => 4 + k * width;
  const height = (/** @type {number} */ count) => ((FLOOR - TOP) * count) / most;
  const zero = edges.indexOf(0);
  const inside = zero > 0 && zero < edges.length - 1;
  const shown = [0, ...(inside && x(zero) > 48 && x(zero) < WIDTH - 48 ? [zero] : []), edges.length - 1];
  const fills = [fillOf(-1, quantity, theme.value), fillOf(1, quantity, theme.value)];
  const tallest = bars.indexOf(most);
  return html`<svg class="histogram" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${say("layers.histogram", { title, bars: told(edges, bars) })}>
    ${bars.map((count, k) => count > 0 && html`<rect key=${k} x=${x(k) + 0.75} y=${FLOOR - height(count)} width=${Math.max(width - 1.5, 1)} height=${height(count)} fill=${fills[(edges[k] ?? 0) < 0 ? 0 : 1]} />`)}
    <path class="axis" d=${`M4 ${FLOOR}H${WIDTH - 4}${shown.map((k) => `M${x(k)} ${FLOOR}v4`).join("")}`} />
    ${inside && html`<path class="zero" d=${`M${x(zero)} ${TOP}V${FLOOR}`} />`}
    <text x=${x(tallest + 0.5)} y=${TOP - 4} text-anchor=${tallest === 0 ? "start" : tallest === bars.length - 1 ? "end" : "middle"}>${most}</text>
    ${shown.map((k) => html`<text key=${k} x=${k === 0 ? 2 : k === edges.length - 1 ? WIDTH - 2 : x(k)} y=${HEIGHT - 5} text-anchor=${k === 0 ? "start" : k === edges.length - 1 ? "end" : "middle"}>${format(edges[k], 6)}</text>`)}
  </svg>`;
}

/** A histogram in words: what lies in each bar. @param {number[]} edges @param {number[]} bars */
const told = (edges, bars) =>
  bars.flatMap((count, k) => (count > 0 ? [say("layers.bar", { from: format(edges[k], 6), to: format(edges[k + 1], 6), count })] : [])).join("; ");
