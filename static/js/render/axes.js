/**
 * The frame of a square plot: where values lie in it, the axes with their numbers, what lies under the pointer.
 * @import {Span} from "../net/plane.js"
 */
import { html } from "htm/preact";
import { ticks } from "../net/plane.js";
import { format } from "../number.js";

/** The picture in its own units; it is scaled to its frame. */
export const SIZE = 480;
const [RIGHT, BOTTOM] = [12, 48];
export const [LEFT, TOP] = [56, 12];
export const INNER = { width: SIZE - LEFT - RIGHT, height: SIZE - TOP - BOTTOM };

/** @param {ArrayLike<number>} values ascending @returns {Span} */
export const span = (values) => ({ low: values[0] ?? 0, high: values[values.length - 1] ?? 1 });

/** Where values lie. @param {Span} across @param {Span} up */
export const placesOf = (across, up) => ({
  x: (/** @type {number} */ value) => LEFT + ((value - across.low) / (across.high - across.low)) * INNER.width,
  y: (/** @type {number} */ value) => TOP + (1 - (value - up.low) / (up.high - up.low)) * INNER.height,
});

/** Which values lie under the pointer. @param {MouseEvent & {currentTarget: SVGSVGElement}} event @param {Span} across @param {Span} up */
export function valuesAt(event, across, up) {
  const box = event.currentTarget.getBoundingClientRect();
  const [px, py] = [((event.clientX - box.left) / box.width) * SIZE, ((event.clientY - box.top) / box.height) * SIZE];
  return { x: across.low + ((px - LEFT) / INNER.width) * (across.high - across.low), y: up.low + (1 - (py - TOP) / INNER.height) * (up.high - up.low) };
}

/** The value of an even axis at a place counted in its points. @param {ArrayLike<number>} axis @param {number} at */
export function along(axis, at) {
  const { low, high } = span(axis);
  return low + (at / Math.max(axis.length - 1, 1)) * (high - low);
}

/** @param {{span: Span, at: (value: number) => number, name: string, sideways: boolean}} props */
export function Axis({ span: { low, high }, at, name, sideways }) {
  const end = SIZE - BOTTOM;
  return html`<g class="axis">${ticks(low, high).map((value) => sideways
    ? html`<g key=${value}><line x1=${at(value)} x2=${at(value)} y1=${end} y2=${end + 5} /><text x=${at(value)} y=${end + 19} text-anchor="middle">${format(value, 3)}</text></g>`
    : html`<g key=${value}><line x1=${LEFT - 5} x2=${LEFT} y1=${at(value)} y2=${at(value)} /><text x=${LEFT - 9} y=${at(value) + 4} text-anchor="end">${format(value, 3)}</text></g>`)}
    ${sideways ? html`<text class="axis-name" x=${LEFT + INNER.width / 2} y=${SIZE - 8} text-anchor="middle">${name}</text>`
      : html`<text class="axis-name" x="14" y=${TOP + INNER.height / 2} text-anchor="middle" transform=${`rotate(-90 14 ${TOP + INNER.height / 2})`}>${name}</text>`}
    <rect x=${LEFT} y=${TOP} width=${INNER.width} height=${INNER.height} fill="none" /></g>`;
}
