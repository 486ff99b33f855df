/**
 * A slider over coloured stretches. While it is dragged it stays under the finger, whatever is answered meanwhile.
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";

/** @typedef {{kind: string, from: number, end: number, title: string}} Stretch */

/** Percent of the way, for CSS. @param {number} at @param {number} most */
const percent = (at, most) => `${(100 * at) / Math.max(most, 1)}%`;

/**
 * @param {{label: string, text: string, segments: Stretch[], names: Stretch[], stops: (number | null)[], value: number, most: number, onChange: (value: number) => void}} props
 */
export function Track({ label, text, segments, names, stops, value, most, onChange }) {
  const [held, setHeld] = useState(/** @type {number | null} */ (null));
  const drag = (/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => {
    setHeld(event.currentTarget.valueAsNumber);
    onChange(event.currentTarget.valueAsNumber);
  };
  const place = (/** @type {Stretch} */ { from, end }) => ({ left: percent(from, most), width: percent(end - from, most) });
  return html`<div class="track">
    <div class="track-names" aria-hidden="true">${names.map((stretch) => html`<span key=${stretch.from} class=${stretch.kind} style=${{ flexGrow: String(stretch.end - stretch.from) }}>${stretch.title}</span>`)}</div>
    <div class="track-bar" aria-hidden="true">
      ${segments.map((stretch) => html`<span key=${stretch.from} class=${`stretch ${stretch.kind}${value > stretch.from ? " begun" : ""}${value >= stretch.end ? " done" : ""}`} title=${stretch.title} style=${place(stretch)}>
        <i style=${{ width: percent(Math.min(Math.max(value - stretch.from, 0), stretch.end - stretch.from), stretch.end - stretch.from) }} /></span>`)}
      ${stops.map((at) => at !== null && html`<b key=${at} class="stop-tick" style=${{ left: percent(at, most) }} />`)}
    </div>
    <input type="range" min="0" max=${most} step="1" value=${held ?? value} aria-label=${label} aria-valuetext=${text}
      onInput=${drag} onChange=${() => setHeld(null)} />
  </div>`;
}
