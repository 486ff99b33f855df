/**
 * The cost over two parameters: shaded, with contour lines, the path that training took, and the way down from here.
 * @import {Found} from "../state/landscape.js"
 * @import {Ref, State} from "../types.js"
 */
import { computed, signal } from "@preact/signals";
import { html } from "htm/preact";
import { shade } from "../net/colour.js";
import { gradientOf, heightsOf, levelsOf, nearestWithin, parametersOf, steepest } from "../net/landscape.js";
import { parameterName } from "../net/nudge.js";
import { sameRef } from "../net/places.js";
import { contour, shades } from "../net/plane.js";
import { format } from "../number.js";
import { along, Axis, INNER, LEFT, placesOf, SIZE, span, TOP, valuesAt } from "../render/axes.js";
import { Shading } from "../render/shading.js";
import { keepSurveying, landscape, pair, picked, wide } from "../state/landscape.js";
import { seek } from "../state/moves.js";
import { digits, theme } from "../state/preferences.js";
import { reading, session } from "../state/session.js";
import { selection } from "../state/view.js";
import { Choice } from "../ui/field.js";
import { Said } from "../ui/said.js";
import { Saves } from "../ui/saves.js";
import { counted, say } from "../words/say.js";

keepSurveying();

const LINES = 11;
/** How near to a point of the path a click has to be, and how long the arrow is. */
const [NEAR, ARROW] = [18, 54];

/** @type {import("@preact/signals").Signal<{x: number, y: number} | null>} */
const pointer = signal(null);

/** The map itself changes with its numbers alone. */
const drawn = computed(() => {
  const found = landscape.value;
  if (!found) return null;
  const { heights, ...scale } = heightsOf(found.cost);
  const grid = { values: heights, width: found.xs.length, height: found.ys.length };
  const range = { middle: scale.low, reach: scale.high - scale.low || 1 };
  const { x, y } = placesOf(span(found.xs), span(found.ys));
  const lines = levelsOf(scale, LINES).map((level) => contour(grid, level).map(([x1, y1, x2, y2]) =>
    `M${x(along(found.xs, x1)).toFixed(1)} ${y(along(found.ys, y1)).toFixed(1)}L${x(along(found.xs, x2)).toFixed(1)} ${y(along(found.ys, y2)).toFixed(1)}`).join(""));
  return { grid, bytes: shades(grid, range, theme.value), lines, scale };
});

export function Landscape() {
  const [state, found, axes] = [session.value, landscape.value, pair.value];
  if (!state || !axes) return null;
  return html`<section class="function landscape" aria-label=${say("panels.landscape")}>
    ${found?.id === state.id ? html`<${Map} state=${state} found=${found} />` : html`<figure class="plot"><p class="hint" role="status">${say("task.wait")}</p></figure>`}
    <div class="function-side"><${Axes} state=${state} axes=${axes} />
      ${found?.id === state.id && html`<${Notes} state=${state} found=${found} />`}
      <${Saves} name="landscape" table=${tableOf} /></div>
  </section>`;
}

/** @param {{state: State, found: Found}} props */
function Map({ state, found }) {
  const picture = drawn.value;
  if (!picture) return null;
  const { grid, bytes, lines, scale } = picture;
  const [across, up] = [span(found.xs), span(found.ys)];
  const { x, y } = placesOf(across, up);
  const path = found.path.map((point) => ({ ...point, x: x(point.x), y: y(point.y) }));
  const here = { x: x(found.here.x), y: y(found.here.y) };
  const point = (/** @type {PointerEvent & {currentTarget: SVGSVGElement}} */ event) => (pointer.value = valuesAt(event, across, up));
  const go = (/** @type {PointerEvent & {currentTarget: SVGSVGElement}} */ event) => {
    const at = valuesAt(event, across, up);
    const nearest = path[nearestWithin(path, { x: x(at.x), y: y(at.y) }, NEAR)];
    if (nearest) seek(0, nearest.iteration);
  };
  const name = (/** @type {Ref} */ ref) => parameterName(ref, state.spec, state.data);
  return html`<figure class="plot" data-picture>
    <div class="plot-box"><div class="plot-frame">
      <div class="plot-ground"><${Shading} bytes=${bytes} width=${grid.width} height=${grid.height} /></div>
      <svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label=${summary(found, scale, name)} onPointerMove=${point} onPointerLeave=${() => (pointer.value = null)} onClick=${go}>
        <clipPath id="map"><rect x=${LEFT} y=${TOP} width=${INNER.width} height=${INNER.height} /></clipPath>
        <g clip-path="url(#map)">${lines.map((d, k) => html`<path key=${k} class="contour" d=${d} />`)}
          <path class="trail under" d=${trail(path)} /><path class="trail" d=${trail(path)} />
          ${path.length <= 60 && path.map(({ x: cx, y: cy, iteration }) => html`<circle key=${iteration} class="trail-point" data-iteration=${iteration} cx=${cx} cy=${cy} r="2.6" />`)}
          ${path[0] && html`<path class="trail-start" d=${`M${path[0].x - 6} ${path[0].y - 6}h12v12h-12z`}><title>${say("landscape.start")}</title></path>`}
          <${Down} found=${found} here=${here} />
          <circle class="ring" cx=${here.x} cy=${here.y} r="7" /><circle class="ring" cx=${here.x} cy=${here.y} r="7" /></g>
        <${Axis} span=${across} at=${x} name=${name(found.x)} sideways=${true} />
        <${Axis} span=${up} at=${y} name=${name(found.y)} sideways=${false} />
      </svg>
    </div></div>
    <figcaption><span class="plot-scale" aria-hidden="true">${[0, 0.25, 0.5, 0.75, 1].map((t) => html`<span key=${t}><svg viewBox="0 0 10 10"><rect width="10" height="10" fill=${shade(t, "activation", theme.value)} /></svg>${format(scale.cost(scale.low + t * (scale.high - scale.low)), 3)}</span>`)}</span>
      <span class="hint"><svg class="line-key" viewBox="0 0 20 12"><path class="trail-start" d="M5 1h10v10h-10z" /></svg> ${say("landscape.startKey")}
        <svg class="line-key" viewBox="0 0 20 12"><circle class="here-key" cx="10" cy="6" r="4.5" /></svg> ${say("landscape.here")}
        <svg class="line-key" viewBox="0 0 20 12"><path class="down" d="M1 6H13" /><path class="down-tip" d="M12 1.5L19 6L12 10.5z" /></svg> ${say("landscape.down")}</span>
      <${Readout} found=${found} /></figcaption>
  </figure>`;
}

/** @param {{x: number, y: number}[]} path */
const trail = (path) => path.map(({ x, y }, k) => `${k === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Where the gradient of the batch leads, once it is written. @param {{found: Found, here: {x: number, y: number}}} props */
function Down({ found, here }) {
  const [gx, gy] = [gradientOf(reading.value, found.x), gradientOf(reading.value, found.y)];
  if (gx === null || gy === null) return null;
  const { x, y } = placesOf(span(found.xs), span(found.ys));
  const [right, down] = [x(-gx) - x(0), y(-gy) - y(0)];
  const length = Math.hypot(right, down);
  if (!(length > 0)) return null;
  const [ux, uy] = [right / length, down / length];
  const [tx, ty] = [here.x + ux * ARROW, here.y + uy * ARROW];
  return html`<path class="down under" d=${`M${here.x} ${here.y}L${tx} ${ty}`} /><path class="down" d=${`M${here.x} ${here.y}L${tx} ${ty}`} />
    <path class="down-tip" data-x=${-gx} data-y=${-gy} d=${`M${tx + ux * 11} ${ty + uy * 11}L${tx - uy * 6} ${ty + ux * 6}L${tx + uy * 6} ${ty - ux * 6}z`} />`;
}

/** @param {{found: Found}} props */
function Readout({ found: { xs, ys, cost, path } }) {
  const at = pointer.value;
  if (!at) return html`<span class="hint">${say(path.length > 1 ? "landscape.pointPath" : "landscape.point")}</span>`;
  const nearest = (/** @type {ArrayLike<number>} */ axis, /** @type {number} */ value) =>
    Math.min(Math.max(Math.round(((value - span(axis).low) / (span(axis).high - span(axis).low)) * (axis.length - 1)), 0), axis.length - 1);
  const [column, row] = [nearest(xs, at.x), nearest(ys, at.y)];
  const value = cost[row * xs.length + column];
  return html`<span class="readout" data-x=${xs[column]} data-y=${ys[row]} data-value=${value}><${Said} text=${say("landscape.read", { across: format(xs[column], 2), up: format(ys[row], 2), cost: format(value, digits.value) })} /></span>`;
}

/** @param {{state: State, axes: {x: Ref, y: Ref}}} props */
function Axes({ state: { spec, data }, axes: { x, y } }) {
  const refs = parametersOf(spec);
  const named = (/** @type {Ref} */ { tensor, index }) => `${tensor}:${index}`;
  const options = [...refs, ...[x, y].filter((ref) => !refs.some((one) => sameRef(one, ref)))].map((ref) => ({ name: named(ref), title: parameterName(ref, spec, data), ref }));
  const refOf = (/** @type {string} */ name) => options.find((one) => one.name === name)?.ref ?? null;
  const across = (/** @type {Ref | null} */ ref) => {
    picked.value = { ...picked.value, x: ref };
    selection.value = ref;
  };
  const two = steepest(reading.value, refs);
  const turn = () => {
    if (!two) return;
    across(two[0]);
    picked.value = { x: two[0], y: two[1] };
  };
  return html`<div class="function-choices">
    <${Choice} label=${say("landscape.across")} value=${named(x)} options=${options} onChange=${(/** @type {string} */ name) => across(refOf(name))} />
    <${Choice} label=${say("landscape.up")} value=${named(y)} options=${options.filter(({ ref }) => !sameRef(ref, x))} onChange=${(/** @type {string} */ name) => (picked.value = { ...picked.value, y: refOf(name) })} />
    <div class="landscape-buttons"><button onClick=${() => (wide.value /= 2)} disabled=${wide.value < 0.05}>${say("landscape.closer")}</button><button onClick=${() => (wide.value *= 2)} disabled=${wide.value > 30}>${say("landscape.wider")}</button>
      <button onClick=${turn} disabled=${two === null} title=${say("landscape.steepestWhat")}>${say("landscape.steepest")}</button></div>
  </div>`;
}

/** @param {{state: State, found: Found}} props */
const Notes = ({ state, found: { rows, total } }) => html`<div class="landscape-notes">
    <p class="hint">${say(rows === total ? "landscape.all" : "landscape.some", { count: total, rows: counted(rows), total: counted(total), penalties: state.spec.l1 || state.spec.l2 ? say("landscape.penalties") : "" })}</p>
    ${state.batch.examples.length < total && html`<p class="hint">${say("landscape.batch")}</p>`}</div>`;

/** @param {Found} found @param {{low: number, high: number, cost: (height: number) => number}} scale @param {(ref: Ref) => string} name */
function summary({ x, y, here, path }, { low, high, cost }, name) {
  return say("landscape.summary", {
    x: name(x), y: name(y), low: format(cost(low), 3), high: format(cost(high), 3), hereX: format(here.x, 3), hereY: format(here.y, 3),
    startX: format(path[0]?.x, 3), startY: format(path[0]?.y, 3),
  });
}

/** The grid, then the path. */
function tableOf() {
  const found = landscape.peek();
  /** @type {(string | number | null)[][]} */
  const rows = [];
  if (found) {
    const { xs, ys, cost, path } = found;
    for (let k = 0; k < cost.length; k += 1) rows.push([xs[k % xs.length] ?? null, ys[Math.floor(k / xs.length)] ?? null, cost[k] ?? null, null]);
    for (const { x, y, iteration } of path) rows.push([x, y, null, iteration]);
  }
  return { head: ["x", "y", "cost", "iteration"], rows };
}
