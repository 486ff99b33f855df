/**
 * Draws regions inside the neurons of a scene, under its numbers; around each, a ring in the colour of its own number.
 * @import {NeuronItem} from "../net/neurons.js"
 * @import {Region} from "../net/regions.js"
 */
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const RING = 4;

/** @param {{neurons: NeuronItem[], regions: Map<string, Region>, width: number, height: number, scale: number}} props */
export function Regions({ neurons, regions, width, height, scale }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const fine = scale * Math.max(devicePixelRatio, 1);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.setTransform(fine, 0, 0, fine, 0, 0);
    context.clearRect(0, 0, width, height);
    const tile = new OffscreenCanvas(1, 1);
    for (const neuron of neurons) {
      const region = regions.get(neuron.id);
      if (region) draw(context, tile, neuron, region);
    }
  }, [neurons, regions, width, height, fine]);
  return html`<canvas class="regions" ref=${canvas} width=${Math.round(width * fine)} height=${Math.round(height * fine)}
    style=${{ width: `${width * scale}px`, height: `${height * scale}px` }} aria-hidden="true"></canvas>`;
}

/** @param {CanvasRenderingContext2D} context @param {OffscreenCanvas} tile @param {NeuronItem} neuron @param {Region} region */
function draw(context, tile, { x, y, r, w, fill }, { bytes, width, height }) {
  if (tile.width !== width || tile.height !== height) [tile.width, tile.height] = [width, height];
  tile.getContext("2d")?.putImageData(new ImageData(bytes, width, height), 0, 0);
  context.save();
  context.beginPath();
  context.roundRect(x - w, y - r, 2 * w, 2 * r, r);
  context.clip();
  context.drawImage(tile, x - w, y - r, 2 * w, 2 * r);
  if (fill) {
    context.lineWidth = 2 * RING;
    context.strokeStyle = fill;
    context.stroke();
  }
  context.restore();
}
