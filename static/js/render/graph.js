/**
 * Draws a graph as SVG. Knows its items and nothing else; every number keeps its name and full precision as data attributes.
 * @import {EdgeItem} from "../net/graphedges.js"
 * @import {GraphScene} from "../net/graph.js"
 * @import {NodeItem, Told} from "../net/graphnodes.js"
 */
import { html } from "htm/preact";
import { BLOCK } from "../net/graphnodes.js";
import { plateOf } from "../net/graphedges.js";
import { button, classes, Item } from "./item.js";

const SHIFT = { base: 0, below: 3.5, above: -4 };

class Edge extends Item {
  /** @override */
  render() {
    /** @type {EdgeItem} */
    const item = this.props.item;
    return html`<g class=${classes(item, "edge", item.colour ? " reached" : "")} ...${button(item, this.props.stop)}>
      <path class="twin" d=${item.d} />
      <path class="line" d=${item.d} stroke=${item.colour} stroke-width=${item.width} stroke-dasharray=${item.dash ? "6 4" : null} /></g>`;
  }
}

/** The local derivative, before the node that reads. */
class Local extends Item {
  /** @override */
  render() {
    /** @type {EdgeItem} */
    const { id, local, marked, standing } = this.props.item;
    if (!local || !(local.show || marked || standing !== "plain")) return null;
    const width = plateOf(local.text);
    return html`<g class="local"><rect class="plate" x=${local.x - width / 2} y=${local.y - 8} width=${width} height="16" rx="4" />
      <text class="local-value" data-edge=${id} data-value=${local.value} x=${local.x} y=${local.y + 4} text-anchor="middle">${local.text}</text></g>`;
  }
}

/** @param {NodeItem} item */
const more = ({ x, y, more: text }) => text && html`<text class="label quiet" x=${x} y=${y + 24} text-anchor="middle">${text}</text>`;

class Node extends Item {
  /** @override */
  render() {
    /** @type {NodeItem} */
    const item = this.props.item;
    const { x, y, w, leaf, fill, ink, sign } = item;
    const body = (/** @type {string} */ kind, /** @type {number} */ by, /** @type {string | null} */ paint) =>
      html`<rect class=${kind} x=${x - w - by} y=${y - 13 - by} width=${2 * (w + by)} height=${2 * (13 + by)} rx=${leaf ? 5 + by : 13 + by} fill=${paint} />`;
    return html`<g class=${classes(item, `neuron node${leaf ? " leaf" : ""}`, fill ? "" : " empty")} ...${button(item, this.props.stop)}>
      ${body("halo", 4, null)}${body("body", 0, fill)}
      <text class=${(sign[0]?.text.length ?? 0) > 2 ? "sign word" : "sign"} x=${x} y=${y + 4.5} text-anchor="middle" fill=${ink || null} aria-hidden="true">${shifted(sign)}</text></g>`;
  }
}

/** Each piece moves up or down from where the one before it stood. @param {NodeItem["sign"]} sign */
const shifted = (sign) => sign.map(({ text, place }, k) => {
  const before = sign[k - 1];
  return html`<tspan class=${place} dy=${SHIFT[place] - (before ? SHIFT[before.place] : 0)}>${text}</tspan>`;
});

/** A number; what is none of the tape's is no button of its own. @param {Told} told */
const number = ({ text, value, ref }) =>
  ref
    ? html`<tspan class="number" data-tensor=${ref.tensor} data-index=${ref.index.join(",")} data-value=${value}>${text}</tspan>`
    : html`<tspan class="seed" data-value=${value}>${text}</tspan>`;

class Numbers extends Item {
  /** @override */
  render() {
    /** @type {NodeItem} */
    const { id, x, y, block, value, gradient } = this.props.item;
    const left = x + block;
    return html`<g data-of=${id}>
      ${value && html`<text class="label" x=${left} y=${y - 4.5}>${number(value)}</text>`}
      ${gradient && html`<rect class=${`gradient${gradient.mean ? " mean" : ""}`} x=${left - 2} y=${y + 3} width=${BLOCK - 1} height="15" rx="4" fill=${gradient.fill} stroke=${gradient.fill} />
        <text class="gradient-value" x=${left} y=${y + 14.5} fill=${gradient.ink}>∂${number(gradient)}</text>`}
    </g>`;
  }
}

/** @param {{scene: GraphScene, stop: string, label: string}} props */
export function Circuit({ scene, stop, label }) {
  const { width, height, scale, nodes, edges, titles } = scene;
  return html`<svg class="picture graph" viewBox=${`0 0 ${width} ${height}`} width=${width * scale} height=${height * scale} role="group" aria-label=${label}>
    <g class="titles" aria-hidden="true">${titles.map(({ id, x, text }) => html`<text key=${id} class="label quiet" x=${x} y="16" text-anchor="middle">${text}</text>`)}</g>
    <g class="edges">${edges.map((item) => html`<${Edge} key=${item.id} item=${item} stop=${item.id === stop} />`)}</g>
    <g class="locals" aria-hidden="true">${edges.map((item) => html`<${Local} key=${item.id} item=${item} />`)}</g>
    <g class="nodes">${nodes.map((item) => html`<${Node} key=${item.id} item=${item} stop=${item.id === stop} />`)}</g>
    <g class="numbers" aria-hidden="true">${nodes.map((item) => html`<${Numbers} key=${item.id} item=${item} />`)}${nodes.map(more)}</g>
  </svg>`;
}
