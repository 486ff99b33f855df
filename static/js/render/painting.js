/**
 * Paints, under the drawing, what changes many times a second or is an image: links, what fills the neurons, and regions in them.
 * @import {Body, Line, Painting} from "../net/painting.js"
 * @import {Regions} from "../net/regions.js"
 */
import { effect } from "@preact/signals";
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";

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
  const atlas = regions && imageOf(regions);
  for (const body of bodies) fill(context, body, regions, atlas);
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

/** @type {OffscreenCanvas | null} */
let sheet = null;

/** @param {Regions} regions */
function imageOf({ bytes, size }) {
  const height = bytes.length / size / 4;
  if (sheet?.width !== size || sheet.height !== height) sheet = new OffscreenCanvas(size, height);
  sheet.getContext("2d")?.putImageData(new ImageData(bytes, size, height), 0, 0);
  return sheet;
}

/** @param {CanvasRenderingContext2D} context @param {Body} body @param {Regions | null} regions @param {OffscreenCanvas | null} atlas */
function fill(context, { id, x, y, r, w, fill: colour }, regions, atlas) {
  const place = regions?.places.get(id);
  context.beginPath();
  context.roundRect(x - w, y - r, 2 * w, 2 * r, r);
  if (place === undefined || !regions || !atlas) {
    if (colour) context.fillStyle = colour;
    if (colour) context.fill();
    return;
  }
  const { size } = regions;
  context.save();
  context.clip();
  context.drawImage(atlas, 0, place * size, size, size, x - w, y - r, 2 * w, 2 * r);
  if (colour) {
    context.setLineDash([]);
    context.lineWidth = 2 * RING;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.restore();
}
