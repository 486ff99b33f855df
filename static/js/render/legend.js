/**
 * The key to the picture, drawn with the picture's own glyphs.
 * @import {Quantity, Theme} from "../net/colour.js"
 * @import {Signs} from "../types.js"
 */
import { html } from "htm/preact";
import { fillOf, strokeOf, widthOf } from "../net/colour.js";
import { sign } from "../net/places.js";
import { say } from "../words/say.js";

const SAMPLES = [-1, -0.1, 0, 0.1, 1];

/** @param {{x: number, value: number, quantity: Quantity, theme: Theme}} props */
const Dot = ({ x, value, quantity, theme }) =>
  html`<g class="neuron plain"><circle class="body" cx=${x} cy="10" r="8" fill=${fillOf(value, quantity, theme)} /></g>`;

/** @param {{x: number, value: number, quantity: Quantity, theme: Theme}} props */
const Line = ({ x, value, quantity, theme }) =>
  html`<path class="line" d=${`M${x - 11} 10h22`} stroke=${strokeOf(value, quantity, theme)} stroke-width=${widthOf(value, quantity)}
    stroke-dasharray=${value < 0 ? "7 5" : null} fill="none" />`;

/** @param {{title: string, quantity: Quantity, theme: Theme, glyph: typeof Dot, ends?: string[]}} props */
function Scale({ title, quantity, theme, glyph, ends }) {
  const step = glyph === Dot ? 21 : 30;
  const width = step * SAMPLES.length + 6;
  return html`<div class=${`key${ends ? " arrows" : ""}`}><span class="key-title">${title}</span><span class="key-end">${ends?.[0] ?? "−"}</span>
    <svg width=${width} height="20" viewBox=${`0 0 ${width} 20`} aria-hidden="true">
      ${SAMPLES.map((value, k) => html`<${glyph} key=${k} x=${step * (k + 0.5) + 3} value=${value} quantity=${quantity} theme=${theme} />`)}
    </svg><span class="key-end">${ends?.[1] ?? "+"}</span></div>`;
}

/** @param {{backward: boolean, moving: boolean, theme: Theme, signs: Signs, plane?: string[] | null}} props `plane`: the inputs over which neurons are shaded */
export function Legend({ backward, moving, theme, signs, plane = null }) {
  return html`<div class="legend" role="note" aria-label=${say("legend.title")}>
    <${Scale} title=${backward ? say("legend.delta", { sign: sign("dz", signs) }) : say("legend.activation", { sign: sign("a", signs) })} quantity=${backward ? "gradient" : "activation"} theme=${theme} glyph=${Dot} ends=${backward ? ["− ↓", "+ ↑"] : undefined} />
    <${Scale} title=${moving ? say("legend.moved") : backward ? say("legend.gradient", { sign: sign("dW", signs) }) : say("legend.weight", { sign: sign("W", signs) })} quantity=${backward ? "gradient" : "weight"} theme=${theme} glyph=${Line} />
    ${backward && !moving && html`<${Scale} title=${say("legend.paler", { sign: sign("W", signs) })} quantity="weight" theme=${theme} glyph=${Line} />`}
    <div class="key"><svg width="20" height="20" aria-hidden="true"><g class="neuron empty"><circle class="body" cx="10" cy="10" r="8" /></g></svg>
      <span class="key-title">${say("say.unwritten")}</span></div>
    ${plane && html`<div class="key"><svg width="22" height="20" viewBox="0 0 22 20" aria-hidden="true"><g class="neuron plain"><circle class="body" cx="11" cy="10" r="8" fill=${fillOf(-1, "activation", theme)} /><path d="M3 10a8 8 0 0 1 16 0z" fill=${fillOf(1, "activation", theme)} /></g></svg>
      <span class="key-title">${say("legend.inside", { sign: sign("a", signs), across: plane[0] ?? "", up: plane[1] ?? "" })}</span></div>`}
  </div>`;
}
