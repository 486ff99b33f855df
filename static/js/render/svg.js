/**
 * Draws a scene as SVG. Knows scenes and nothing else; every number keeps its name and full precision as data attributes.
 * @import {BoxItem} from "../net/ends.js"
 * @import {Label, Part} from "../net/labels.js"
 * @import {LinkItem} from "../net/links.js"
 * @import {ChipItem, NeuronItem, OneItem} from "../net/neurons.js"
 * @import {Scene} from "../net/scene.js"
 */
import { html } from "htm/preact";
import { button, classes, Item, looks } from "./item.js";
import { say } from "../words/say.js";

/** Width of a letter of a label, a little generous. */
const LETTER = 7.3;

/** @param {Part} part */
const tspan = ({ text, ref, value }) =>
  ref
    ? html`<tspan class="number" data-tensor=${ref.tensor} data-index=${ref.index.join(",")} data-value=${value}>${text}</tspan>`
    : html`<tspan>${text}</tspan>`;

class Text extends Item {
  /** @override */
  render() {
    /** @type {Label} */
    const { parts, x, y, anchor, tone } = this.props.item;
    const written = html`<text class="label ${tone}" x=${x} y=${y} text-anchor=${anchor}>${parts.map(tspan)}</text>`;
    if (tone !== "current" && tone !== "done") return written;
    const width = parts.reduce((sum, part) => sum + part.text.length, 0) * LETTER + 12;
    return html`<g class=${`plated ${tone}`}><rect class="plate" x=${x - width / 2} y=${y - 14} width=${width} height="19" rx="5" />${written}</g>`;
  }
}

/** @param {Label | null} label */
const text = (label) => label && html`<${Text} key=${label.id} item=${label} />`;

class Link extends Item {
  /** @override @param {LinkItem} item */
  drawn(item) {
    return [...looks(item), item.d, item.colour, item.width, item.dash, item.faint, item.strength, item.moved];
  }

  /** @override */
  render() {
    /** @type {LinkItem} */
    const item = this.props.item;
    const more = `${item.faint ? " faint" : ""}${item.strength === "plain" ? "" : ` ${item.strength}`}${item.moved ? " moved" : ""}`;
    return html`<g class=${classes(item, "link", more)} ...${button(item, this.props.stop)}>
      <path class="twin" d=${item.d} />
      <path class="line" d=${item.d} stroke=${item.colour || null} stroke-width=${item.width} stroke-dasharray=${item.dash ? "7 5" : null} />
    </g>`;
  }
}

/** The arms of a cross over a neuron, apart where its number stands. @param {NeuronItem} item */
const crossOf = ({ x, y, r, w }) =>
  [[-1, -1], [-1, 1], [1, -1], [1, 1]].map(([right = 0, down = 0]) => `M${x + right * w} ${y + down * r}L${x + right * w * 0.5} ${y + down * r * 0.42}`).join("");

class Neuron extends Item {
  /** @override @param {NeuronItem} item */
  drawn(item) {
    return [...looks(item), item.x, item.y, item.r, item.w, item.fill, item.dropped, item.pinned];
  }

  /** @override */
  render() {
    /** @type {NeuronItem} */
    const item = this.props.item;
    const { x, y, r, w, dropped } = item;
    const body = (/** @type {string} */ kind, /** @type {number} */ more, /** @type {string | null} */ fill) =>
      html`<rect class=${kind} x=${x - w - more} y=${y - r - more} width=${2 * (w + more)} height=${2 * (r + more)} rx=${r + more} fill=${fill} />`;
    return html`<g class=${classes(item, "neuron", `${item.fill ? "" : " empty"}${dropped ? " dropped" : ""}`)} ...${button(item, this.props.stop)}>
      ${body("halo", 5, null)}${body("body", 0, item.fill)}
      ${dropped && html`<path class="cross" d=${crossOf(item)} />`}
      ${item.pinned && html`<g class="pin" aria-hidden="true"><circle cx=${x + w * 0.8} cy=${y - r * 0.8} r="8" /><path d=${`M${x + w * 0.8} ${y - r * 0.8 + 5}v-5m-3.5 0h7m-6-4h5m-4 0v4m3-4v4`} /></g>`}</g>`;
  }
}

/** The neuron of value 1, from which biases come: a constant, nothing to be asked about. */
class One extends Item {
  /** @override */
  render() {
    /** @type {OneItem} */
    const { x, y, r } = this.props.item;
    return html`<g class="one"><circle cx=${x} cy=${y} r=${r} /><text class="label" x=${x} y=${y + 4.5} text-anchor="middle">1</text></g>`;
  }
}

/** A neuron's numbers, above everything else: its own, its name, and what stands over it. */
class NeuronText extends Item {
  /** @override */
  render() {
    /** @type {NeuronItem} */
    const { x, y, size, ink, value, ref, text: written, name, caption, dropped, arrow, sign } = this.props.item;
    return html`<g>
      ${arrow && html`<path class="arrow" d=${arrow} stroke=${ink} />`}
      ${value !== null && html`<text class=${`value${dropped ? " out" : ""}`} x=${x} y=${y + size * 0.36} font-size=${size} fill=${ink} text-anchor="middle"
        ><tspan class="number" data-tensor=${ref.tensor} data-index=${ref.index.join(",")} data-value=${value}>${written}</tspan></text>`}
      ${text(name)}${text(caption)}${sign && html`<${Sign} item=${sign} />`}</g>`;
  }
}

/** What is the matter with a neuron. */
class Sign extends Item {
  /** @override */
  render() {
    /** @type {Label} */
    const { parts, x, y } = this.props.item;
    const glyphs = parts.map((part) => part.text).join("");
    const width = Math.max(20, glyphs.length * 10 + 8);
    return html`<g class="sign"><rect x=${x - width / 2} y=${y - 10} width=${width} height="20" rx="10" /><text x=${x} y=${y + 4.5} text-anchor="middle">${glyphs}</text></g>`;
  }
}

class Chip extends Item {
  /** @override @param {ChipItem} item */
  drawn(item) {
    return [...looks(item), item.x, item.y, item.width];
  }

  /** @override */
  render() {
    /** @type {ChipItem} */
    const item = this.props.item;
    const { x, y, width } = item;
    return html`<g class=${classes(item, "chip")} ...${button(item, this.props.stop)}>
      <rect class="plate" x=${x - width / 2} y=${y - 9} width=${width} height="18" rx="4" /></g>`;
  }
}

class ChipText extends Item {
  /** @override */
  render() {
    /** @type {ChipItem} */
    const { x, y, parts, standing } = this.props.item;
    return html`<text class=${`label on-chip ${standing === "current" ? "on-mark" : ""}`} x=${x} y=${y + 4} text-anchor="middle">${parts.map(tspan)}</text>`;
  }
}

/** Where a box begins: those of the outputs stand to the right of their place. @param {BoxItem} item */
const leftOf = ({ id, x, w }) => (id.startsWith("o") ? x - 6 : x - w / 2);

class Box extends Item {
  /** @override @param {BoxItem} item */
  drawn(item) {
    return [...looks(item), item.x, item.y, item.w, item.h, item.empty];
  }

  /** @override */
  render() {
    /** @type {BoxItem} */
    const item = this.props.item;
    const { y, w, h, id } = item;
    return html`<g class=${classes(item, `box ${id.startsWith("o") ? "open" : ""}`, item.empty ? " empty" : "")} ...${button(item, this.props.stop)}>
      <rect class="plate" x=${leftOf(item)} y=${y - h / 2} width=${w} height=${h} rx="8" /></g>`;
  }
}

class BoxText extends Item {
  /** @override */
  render() {
    /** @type {BoxItem} */
    const item = this.props.item;
    const { x, y, w, h, title, lines, standing } = item;
    const lying = w > 200;
    return html`<g class=${`on-box ${standing === "current" ? "on-mark" : ""}`}>
      ${title && html`<text class="label name" x=${lying ? leftOf(item) + 14 : x} y=${lying ? y + 5 : y - h / 2 + 20} text-anchor=${lying ? "start" : "middle"}>${title}</text>`}
      ${lines.map(text)}</g>`;
  }
}

/** @param {{scene: Scene}} props */
function Verdict({ scene: { verdict, verdictAt: { x, y } } }) {
  if (!verdict) return null;
  const judged = verdict.right === null ? "" : say(verdict.right ? "verdict.right" : "verdict.wrong");
  const says = say("verdict.says", { answer: verdict.text });
  return html`<g class="verdict" role="img" aria-label=${`${says}: ${verdict.because}. ${judged}`}>
    <text class="label strong" x=${x} y=${y} text-anchor="middle">${says}</text>
    <text class="label quiet" x=${x} y=${y + 17} text-anchor="middle">${verdict.because}</text>
    <text class=${`label ${verdict.right ? "right" : "wrong"}`} x=${x} y=${y + 35} text-anchor="middle">${judged && `${verdict.right ? "✓" : "✗"} ${judged}`}</text>
  </g>`;
}

/** Everything that is read. @param {{scene: Scene}} props */
const Numbers = ({ scene }) => html`<g class="numbers" aria-hidden="true">${scene.gaps.map(text)}
    ${scene.boxes.map((item) => html`<${BoxText} key=${item.id} item=${item} />`)}
    ${scene.neurons.map((item) => html`<${NeuronText} key=${item.id} item=${item} />`)}
    ${scene.neurons.map(({ chip }) => chip && html`<${ChipText} key=${chip.id} item=${chip} />`)}
    ${scene.links.map(({ id, label: on }) => on && html`<g key=${id} data-of=${id}><${Text} item=${on} /></g>`)}</g>
  <${Verdict} scene=${scene} />`;

/**
 * @param {{scene: Scene, stop: string, label: string, scale: number}} props
 * `stop` is the one item that Tab reaches
 */
export function Picture({ scene, stop, label, scale }) {
  return html`<svg class="picture" viewBox=${`0 0 ${scene.width} ${scene.height}`} width=${scene.width * scale} height=${scene.height * scale}
      role="group" aria-label=${label}>
    <g class="titles" aria-hidden="true">${scene.titles.map(({ title, detail }, k) => html`<g key=${k}>${text({ ...title, tone: "name" })}${text({ ...detail, tone: "quiet" })}</g>`)}</g>
    <g class="wires" aria-hidden="true">${scene.wires.map((d, k) => html`<path key=${k} d=${d} />`)}</g>
    <g class="links">${scene.links.map((item) => html`<${Link} key=${item.id} item=${item} stop=${item.id === stop} />`)}</g>
    <g class="boxes">${scene.boxes.map((item) => html`<${Box} key=${item.id} item=${item} stop=${item.id === stop} />`)}</g>
    <g class="ones" aria-hidden="true">${scene.ones.map((item) => html`<${One} key=${item.id} item=${item} />`)}</g>
    <g class="neurons">${scene.neurons.map((item) => html`<${Neuron} key=${item.id} item=${item} stop=${item.id === stop} />`)}</g>
    <g class="chips">${scene.neurons.map(({ chip }) => chip && html`<${Chip} key=${chip.id} item=${chip} stop=${chip.id === stop} />`)}</g>
    <${Numbers} scene=${scene} />
  </svg>`;
}
