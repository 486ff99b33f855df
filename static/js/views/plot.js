/**
 * A neuron over its inputs: shaded over two of them, a curve over one, with the examples where they lie.
 * @import {Range, Span} from "../net/plane.js"
 * @import {Grid} from "../state/plane.js"
 * @import {Rows, State} from "../types.js"
 */
import { computed, signal } from "@preact/signals";
import { html } from "htm/preact";
import { shade } from "../net/colour.js";
import { contour, place, rangeOf, shades } from "../net/plane.js";
import { neuronName, sign } from "../net/places.js";
import { inputsOf, targetsOf } from "../net/rows.js";
import { SHAPES } from "../net/shapes.js";
import { format } from "../number.js";
import { chosen, cross, dab, drawing, erasing, lift, rubNearest, toggleDrawing, touched } from "../state/pencil.js";
import { ghost, grid as shownGrid, keepLooking, letter, neuron, varying } from "../state/plane.js";
import { digits, theme } from "../state/preferences.js";
import { rows, session, signs } from "../state/session.js";
import { example, guess } from "../state/view.js";
import { along, Axis, INNER, LEFT, placesOf, SIZE, span, TOP, valuesAt } from "../render/axes.js";
import { Shading } from "../render/shading.js";
import { padOf } from "../ui/pad.js";
import { say } from "../words/say.js";

const MOST_POINTS = 600;

/** Where the pointer is, in inputs. @type {import("@preact/signals").Signal<{x: number, y: number} | null>} */
const pointer = signal(null);

keepLooking();

export function Plot() {
  const [state, grid] = [session.value, shownGrid.value];
  if (!state || !grid) return html`<figure class="plot"></figure>`;
  const { layer, unit } = neuron.value;
  const activation = letter.value === "z" ? null : (state.spec.layers[layer]?.activation ?? null);
  const range = rangeOf(activation, grid.values);
  const flat = varying.value.up === null;
  const across = span(grid.across);
  const up = flat ? heights(grid.values, layer === state.spec.layers.length - 1 ? rows.value : null, unit) : span(grid.up);
  const { x, y } = placesOf(across, up);
  const { features } = state.data;
  const name = neuronName(state.spec, state.data, layer, unit);
  const { draw, ...pad } = drawing.value ? padFor(across, up) : { draw: null };
  const move = (/** @type {PointerEvent & {currentTarget: SVGSVGElement}} */ event) => {
    pointer.value = valuesAt(event, across, up);
    draw?.(event);
  };
  return html`<figure class="plot" data-picture>
    <div class="plot-box"><div class="plot-frame">
      ${!flat && html`<div class="plot-ground"><${Ground} grid=${grid} range=${range} /></div>`}
      <svg viewBox="0 0 ${SIZE} ${SIZE}" role=${drawing.value ? "application" : "img"} tabindex=${drawing.value ? 0 : null} class=${drawing.value ? "drawn-on" : ""}
        aria-label=${drawing.value ? told(names(state)) : summary(name, grid, range)} onPointerMove=${move} onPointerLeave=${() => (pointer.value = null)} ...${pad}>
        <${Axis} span=${across} at=${x} name=${features[varying.value.across] ?? ""} sideways=${true} />
        <${Axis} span=${up} at=${y} name=${flat ? say("looking.of", { sign: sign(letter.value, signs.value), name }) : (features[varying.value.up ?? 0] ?? "")} sideways=${false} />
        ${flat ? html`<path class="curve" d=${curveOf(grid, x, y)} />` : html`<${Zero} grid=${grid} x=${x} y=${y} activation=${activation} />`}
        ${!flat && ghost.value && html`<${Ghost} across=${across} x=${x} y=${y} />`}
        <${Points} state=${state} x=${x} y=${y} range=${range} flat=${flat} unit=${unit} output=${layer === state.spec.layers.length - 1} />
        ${drawing.value && html`<${Stroke} x=${x} y=${y} />`}
      </svg>
    </div></div>
    <figcaption><${Scale} range=${range} flat=${flat} /><${Readout} grid=${grid} across=${across} up=${up} flat=${flat} features=${features} /></figcaption>
  </figure>`;
}

/** What draws on a plot of these spans. @param {Span} wide @param {Span} tall */
const padFor = (wide, tall) => padOf({
  wide, tall, dab, cross: cross.value, at: (event) => valuesAt(event, wide, tall), lift: () => void lift(wide, tall),
  move: (point) => (cross.value = point), rub: () => rubNearest(wide, tall), leave: toggleDrawing,
  choose: (digit) => {
    erasing.value = digit === 0;
    if (digit > 0) chosen.value = digit - 1;
  },
});

/** What the plot's two ways are: inputs, or an input and the target. @param {State} state */
const names = ({ data }) => [data.features[varying.value.across], varying.value.up === null ? say("pencil.targetAxis") : data.features[varying.value.up]];

/** Where the cross stands, in words. @param {(string | undefined)[]} ways */
function told([across, up]) {
  const at = cross.value;
  const said = at ? say("pencil.cross", { across: across ?? "", x: format(at.x, 2), up: up ?? "", y: format(at.y, 2) }) : "";
  return say("pencil.here", { cross: said, count: rows.value?.inputs.length ?? 0 });
}

/** The stroke under way, and the cross. @param {{x: (value: number) => number, y: (value: number) => number}} props */
function Stroke({ x, y }) {
  const at = cross.value;
  return html`<g class=${`stroke${erasing.value ? " rubs" : ""}`} aria-hidden="true">${touched.value.map((point, k) => html`<circle key=${k} cx=${x(point.x)} cy=${y(point.y)} r=${erasing.value ? 14 : 5} />`)}</g>
    ${at && html`<path class="cross" d=${`M${x(at.x) - 9} ${y(at.y)}h18M${x(at.x)} ${y(at.y) - 9}v18`} aria-hidden="true" />`}`;
}

/** The shading changes with its numbers alone, not with the pointer. @param {{grid: Grid, range: Range}} props */
const Ground = ({ grid, range }) => html`<${Shading} bytes=${shades(grid, range, theme.value)} width=${grid.width} height=${grid.height} />`;

/** From the lowest to the highest number, targets included, with some room. @param {ArrayLike<number>} values @param {Rows | null} data @param {number} unit @returns {Span} */
function heights(values, data, unit) {
  const all = [...Array.from(values), ...(data?.targets.map((row) => Number(row[unit])) ?? [])].filter(Number.isFinite);
  const [low, high] = [Math.min(...all, 0), Math.max(...all, 0)];
  const room = (high - low) * 0.08 || 1;
  return { low: low - room, high: high + room };
}

/** @param {Grid} grid @param {(value: number) => number} x @param {(value: number) => number} y */
const curveOf = ({ values, across }, x, y) =>
  Array.from(values, (value, k) => (Number.isFinite(value) ? `${k === 0 ? "M" : "L"}${x(across[k] ?? 0).toFixed(1)} ${y(value).toFixed(1)}` : "")).join("");

/** Where the sum is 0: for a sigmoid's activation that is where it is a half. @param {{grid: Grid, x: (value: number) => number, y: (value: number) => number, activation: string | null}} props */
function Zero({ grid, x, y, activation }) {
  const level = activation === "sigmoid" || activation === "softmax" ? 0.5 : activation === "relu" || activation === "step" ? 1e-6 : activation === "softplus" ? Math.LN2 : 0;
  const [across, up] = [grid.across, grid.up];
  const path = contour(grid, level).map(([x1, y1, x2, y2]) =>
    `M${x(along(across, x1)).toFixed(1)} ${y(along(up, y1)).toFixed(1)}L${x(along(across, x2)).toFixed(1)} ${y(along(up, y2)).toFixed(1)}`).join("");
  return html`<path class="zero" d=${path} />`;
}

/** Where the sum would be 0 with another bias. @param {{across: Span, x: (value: number) => number, y: (value: number) => number}} props */
function Ghost({ across, x, y }) {
  const line = ghost.value;
  if (!line) return null;
  const { w1, w2, b } = line;
  const at = (/** @type {number} */ value) => -(w1 * value + b) / w2;
  return html`<clipPath id="inside"><rect x=${LEFT} y=${TOP} width=${INNER.width} height=${INNER.height} /></clipPath>
    <line class="zero ghost" clip-path="url(#inside)" x1=${x(across.low)} y1=${y(at(across.low))} x2=${x(across.high)} y2=${y(at(across.high))} />`;
}

const thinned = computed(() => {
  const count = rows.value?.inputs.length ?? 0;
  const every = Math.max(Math.ceil(count / MOST_POINTS), 1);
  return Array.from({ length: Math.ceil(count / every) }, (_, k) => k * every);
});

/**
 * The examples; a click on one shows it.
 * @param {{state: State, x: (value: number) => number, y: (value: number) => number, range: Range, flat: boolean, unit: number, output: boolean}} props
 */
function Points({ state, x, y, range, flat, unit, output }) {
  const data = rows.value;
  if (!data || (flat && !output)) return null;
  const { across, up } = varying.value;
  const pick = (/** @type {number} */ row) => {
    if (drawing.value) return;
    guess.value = null;
    example.value = row;
  };
  // The rows may be those of before for a moment.
  const there = data.inputs.length + data.test_inputs.length;
  const marks = [...thinned.value.filter((row) => row !== state.batch.shown), state.batch.shown].filter((row) => row < there);
  return html`<g class="points">${marks.map((row) => {
    const [inputs, targets] = [inputsOf(data, row), targetsOf(data, row).map(Number)];
    const wanted = targets[output ? unit : 0] ?? 0;
    const shape = targets.length > 1 ? targets.indexOf(Math.max(...targets)) : data.classes ? Math.round(wanted) : 0;
    const left = x(Number(inputs[across]));
    const top = flat ? y(wanted) : y(Number(inputs[up ?? 0]));
    const ring = row === state.batch.shown && html`<circle class="ring" cx=${left} cy=${top} r="10" /><circle class="ring" cx=${left} cy=${top} r="10" />`;
    return html`${ring}<path key=${row} class="point" data-row=${row} d=${SHAPES[Math.max(shape, 0) % SHAPES.length]}
      transform=${`translate(${left.toFixed(1)} ${top.toFixed(1)})`} fill=${shade(place(wanted, targets.length > 1 || data.classes ? { middle: 0.5, reach: 0.5 } : range), "activation", theme.value)}
      onClick=${() => pick(row)}><title>${say("plot.example", { number: row + 1 })}</title></path>`;
  })}</g>`;
}

/** @param {{range: Range, flat: boolean}} props */
function Scale({ range: { middle, reach }, flat }) {
  if (flat) return html`<span class="hint">${say("plot.curve")}</span>`;
  return html`<span class="plot-scale" aria-hidden="true">${[-1, -0.5, 0, 0.5, 1].map((t) => html`<span key=${t}><svg viewBox="0 0 10 10"><rect width="10" height="10" fill=${shade(t, "activation", theme.value)} /></svg>${format(middle + t * reach, 2)}</span>`)}</span>
    <span class="hint"><svg class="line-key" viewBox="0 0 20 6" aria-hidden="true"><path class="zero" d="M0 3H20" /></svg> ${sign("z", signs.value)} = 0</span>`;
}

/** What the neuron makes of the inputs under the pointer. @param {{grid: Grid, across: Span, up: Span, flat: boolean, features: string[]}} props */
function Readout({ grid, across, up, flat, features }) {
  const at = pointer.value;
  if (!at) return html`<span class="hint">${say("plot.point")}</span>`;
  const cell = (/** @type {number} */ value, /** @type {Span} */ { low, high }, /** @type {number} */ count) =>
    Math.min(Math.max(Math.round(((value - low) / (high - low)) * (count - 1)), 0), count - 1);
  const column = cell(at.x, across, grid.width);
  const row = flat ? 0 : cell(at.y, up, grid.height);
  const varied = [features[varying.value.across], ...(flat ? [] : [features[varying.value.up ?? 0]])];
  const inputs = [grid.across[column], ...(flat ? [] : [grid.up[row]])];
  return html`<span class="readout">${varied.map((name, k) => `${name} = ${format(inputs[k], 2)}`).join(", ")} → ${sign(letter.value, signs.value)} = <b>${format(grid.values[row * grid.width + column], digits.value)}</b></span>`;
}

/** @param {string} name @param {Grid} grid @param {Range} range */
function summary(name, { values }, { middle }) {
  let [low, high, above] = [Infinity, -Infinity, 0];
  for (let k = 0; k < values.length; k += 1) {
    const value = values[k] ?? NaN;
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (value > middle) above += 1;
  }
  return say("plot.summary", { sign: sign(letter.peek(), signs.peek()), name, low: format(low, 3), high: format(high, 3), middle: format(middle, 2), share: Math.round((100 * above) / values.length) });
}
