/**
 * A grid of colours, drawn as an image that is as large as its frame.
 */
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** @param {{bytes: Uint8ClampedArray<ArrayBuffer>, width: number, height: number}} props */
export function Shading({ bytes, width, height }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useLayoutEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(new ImageData(bytes, width, height), 0, 0);
  }, [bytes, width, height]);
  return html`<canvas class="shading" ref=${canvas} width=${width} height=${height} aria-hidden="true"></canvas>`;
}
