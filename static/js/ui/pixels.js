/**
 * A picture of few pixels: looked at, or drawn by hand.
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../words/say.js";

/** @param {HTMLCanvasElement | null} canvas @param {number[]} values from 0, light, to 1, dark */
function paint(canvas, values) {
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return;
  const picture = context.createImageData(canvas.width, canvas.height);
  values.forEach((value, k) => (picture.data[4 * k + 3] = 255 * value));
  context.putImageData(picture, 0, 0);
}

/** @param {{values: number[], image: [number, number], label: string, large?: boolean}} props without a label it is an ornament */
export function Pixels({ values, image: [height, width], label, large = false }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => paint(canvas.current, values), [values.join()]);
  return html`<canvas ref=${canvas} class=${`pixels${large ? " large" : ""}`} width=${width} height=${height} role=${label ? "img" : null} aria-label=${label || null} aria-hidden=${label ? null : "true"} />`;
}

/** How much of the ink falls on a pixel beside that under the pen. */
const SPREAD = 0.35;

/** @param {number[]} values @param {number} at @param {number} width the pixels, with ink on one and some beside it */
function inked(values, at, width) {
  const [row, column] = [Math.floor(at / width), at % width];
  return values.map((value, k) => {
    const far = Math.abs(Math.floor(k / width) - row) + Math.abs((k % width) - column);
    return far === 0 ? 1 : far === 1 ? Math.min(value + SPREAD, 1) : value;
  });
}

/**
 * Draws with the pointer; with the keyboard, arrows move the pen and the space bar puts ink down.
 * @param {{values: number[], image: [number, number], onChange: (values: number[]) => void}} props
 */
export function PixelPad({ values, image, onChange }) {
  const [height, width] = image;
  const pad = useRef(/** @type {HTMLDivElement | null} */ (null));
  const last = useRef(-1);
  const [pen, setPen] = useState(0);
  const under = (/** @type {PointerEvent} */ event) => {
    const box = pad.current?.getBoundingClientRect();
    if (!box) return -1;
    const [column, row] = [Math.floor(((event.clientX - box.left) / box.width) * width), Math.floor(((event.clientY - box.top) / box.height) * height)];
    return column < 0 || row < 0 || column >= width || row >= height ? -1 : row * width + column;
  };
  const draw = (/** @type {PointerEvent} */ event) => {
    const at = under(event);
    if (!(event.buttons & 1) || at < 0 || at === last.current) return;
    event.preventDefault();
    last.current = at;
    setPen(at);
    onChange(inked(values, at, width));
  };
  const begin = (/** @type {PointerEvent} */ event) => {
    last.current = -1;
    draw(event);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -width, ArrowDown: width }[event.key];
    if (by === undefined && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (by === undefined) onChange(inked(values, pen, width));
    else setPen(Math.min(Math.max(pen + by, 0), values.length - 1));
  };
  return html`<div class="pad-and-clear"><div ref=${pad} class="pad" role="application" tabindex="0" onPointerDown=${begin} onPointerMove=${draw} onKeyDown=${key}
      aria-label=${say("pixels.draw", { row: Math.floor(pen / width) + 1, column: (pen % width) + 1, ink: (values[pen] ?? 0).toFixed(1) })}>
      <${Pixels} values=${values} image=${image} label="" large />
      <span class="pen" style=${{ left: `${(100 * (pen % width)) / width}%`, top: `${(100 * Math.floor(pen / width)) / height}%`, width: `${100 / width}%`, height: `${100 / height}%` }} />
    </div><button type="button" onClick=${() => onChange(values.map(() => 0))}>${say("pixels.clear")}</button></div>`;
}
