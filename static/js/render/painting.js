/**
 * Paints, under the drawing, what changes many times a second or is an image: links, what fills the neurons, and regions in them.
 * @import {Body, Line, Painting} from "../net/painting.js"
 * @import {Regions} from "../net/regions.js"
 */
import { effect } from "@preact/signals";
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { insideOf } from "../net/regions.js";

/** Around a region, in the colour of its neuron's own number. */
const RING = 4;
/** As the stylesheet has it for links that are not drawn strongly. */
const DIM = 0.13;
const DASHES = [7, 5];

/** @typedef {Painting & {regions: Regions | null}} Painted */

/** @param {{painted: import("@preact/signals").ReadonlySignal<Painted | null>, width: number, height: number, scale: number}} props */
export function Canvas({ painted, width, height, scale }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const fine = scale * Math.max(devicePixelRatio, 1);
  const [wide, tall] = [Math.round(width * fine), Math.round(height * fine)];
  useLayoutEffect(() => effect(() => {
    const [what, context] = [painted.value, canvas.current?.getContext("2d")];
    if (!what || !context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(fine, 0, 0, fine, 0, 0);
    paint(context, what);
  }), [wide, tall, fine]);
  return html`<canvas class="painting" ref=${canvas} width=${wide} height=${tall} style=${{ width: `${width * scale}px`, height: `${height * scale}px` }} aria-hidden="true"></canvas>`;
}

/** @param {CanvasRenderingContext2D} context @param {Painted} what */
function paint(context, { lines, bodies, regions }) {
  for (const line of lines) stroke(context, line);
  context.globalAlpha = 1;
  context.lineWidth = RING;
  context.setLineDash([]);
  const sheet = regions && imageOf(regions, bodies);
  for (const body of bodies) {
    const square = regions?.places.get(body.id);
    if (regions && sheet && square !== undefined) region(context, body, sheet, square * regions.size, regions.size);
    else if (body.fill) fill(context, body, body.fill);
  }
}

/** Paths by what they say, as long as they are of this picture. @type {Map<string, Path2D>} */
const paths = new Map();
const MOST_PATHS = 5000;

/** @param {string} d */
function pathOf(d) {
  const known = paths.get(d);
  if (known) return known;
  if (paths.size >= MOST_PATHS) paths.clear();
  const path = new Path2D(d);
  paths.set(d, path);
  return path;
}

/** @param {CanvasRenderingContext2D} context @param {Line} line */
function stroke(context, { d, colour, width, dash, dim }) {
  context.globalAlpha = dim ? DIM : 1;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash ? DASHES : []);
  context.stroke(pathOf(d));
}

/** The image that regions are taken from, made once for each size. @type {{sheet: OffscreenCanvas, image: ImageData, pixels: Uint32Array} | null} */
let held = null;

/** @param {Regions} regions @param {Body[]} bodies */
function imageOf({ shades, size, palette, places }, bodies) {
  const height = shades.length / size;
  if (held?.image.width !== size || held.image.height !== height) {
    const image = new ImageData(size, height);
    held = { sheet: new OffscreenCanvas(size, height), image, pixels: new Uint32Array(image.data.buffer) };
  }
  const { sheet, image, pixels } = held;
  for (const body of bodies) {
    const from = (places.get(body.id) ?? NaN) * size * size;
    if (Number.isNaN(from)) continue;
    const inside = insideOf(size, body, RING / 2);
    for (let k = 0; k < inside.length; k += 1) pixels[from + k] = inside[k] ? (palette[shades[from + k] ?? -1] ?? 0) : 0;
  }
  sheet.getContext("2d")?.putImageData(image, 0, 0);
  return sheet;
}

/** @param {CanvasRenderingContext2D} context @param {Body} body @param {string} colour */
function fill(context, { x, y, r, w }, colour) {
  context.beginPath();
  context.roundRect(x - w, y - r, 2 * w, 2 * r, r);
  context.fillStyle = colour;
  context.fill();
}

/** Under the ring the region's edge does not show. @param {CanvasRenderingContext2D} context @param {Body} body @param {OffscreenCanvas} sheet @param {number} from the first row of its square @param {number} size */
function region(context, { x, y, r, w, fill: colour }, sheet, from, size) {
  context.drawImage(sheet, 0, from, size, size, x - w, y - r, 2 * w, 2 * r);
  if (!colour) return;
  const edge = RING / 2;
  context.beginPath();
  context.roundRect(x - w + edge, y - r + edge, 2 * (w - edge), 2 * (r - edge), r - edge);
  context.strokeStyle = colour;
  context.stroke();
}
