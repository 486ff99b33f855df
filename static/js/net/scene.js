/**
 * The picture as plain data: a pure function of what is known, where the cursor stands, and how one looks at it.
 * @import {Batch, Cost, DataTitle, Finding, Phase, Reading, Ref, Signs, Spec, StepRecord} from "../types.js"
 * @import {Theme} from "./colour.js"
 * @import {BoxItem, HeadItem, TitleItem} from "./ends.js"
 * @import {Focus} from "./focus.js"
 * @import {Label} from "./labels.js"
 * @import {Layout, Moved} from "./layout.js"
 * @import {LinkItem} from "./links.js"
 * @import {NeuronItem, OneItem, Standing} from "./neurons.js"
 * @import {Links, Neuron} from "./strength.js"
 */
import { costOf, gapsOf, headsOf, outputsOf, softmaxOf, titlesOf, updateOf, verdictOf } from "./ends.js";
import { focusOf } from "./focus.js";
import { layoutOf } from "./layout.js";
import { linksOf } from "./links.js";
import { neuronsOf, onesOf } from "./neurons.js";
import { idOf, placeOf } from "./places.js";

/**
 * @typedef {object} View what the scene is made from
 * @property {Spec} spec @property {DataTitle} data @property {Batch} batch @property {Cost | null} cost
 * @property {Reading} reading
 * @property {StepRecord | null} record
 * @property {Phase} phase of the last operation done
 * @property {boolean} [moving] training goes on, so that no number lasts
 * @property {boolean} [painted] colours and widths of links are painted under the drawing
 * @property {boolean} guess inputs without a target are being tried out
 * @property {Finding[]} [findings] what is the matter with neurons
 * @property {Ref | null} selection
 * @property {Ref | null} marked
 * @property {Links} links which are drawn strongly @property {number} strongest how many those are
 * @property {Neuron | null} pinned its links stay
 * @property {boolean} building controls stand on the picture @property {Moved} moved neurons that were dragged
 * @property {boolean} ones biases are links from a neuron of value 1
 * @property {Signs} signs of the notation
 * @property {number} digits @property {Theme} theme @property {number} width @property {number} height
 *
 * @typedef {View & {
 *   noticed: Map<string, Finding[]>, last: number, backward: boolean, layout: Layout, focus: Focus,
 *   look: (id: string) => {standing: Standing, selected: boolean, marked: boolean}
 * }} Sight the view, with what follows from it
 *
 * @typedef {object} Scene
 * @property {number} width @property {number} height
 * @property {TitleItem[]} titles @property {HeadItem[]} heads @property {Label[]} gaps
 * @property {LinkItem[]} links @property {NeuronItem[]} neurons @property {OneItem[]} ones
 * @property {BoxItem[]} boxes
 * @property {string[]} wires paths from the outputs to the cost
 * @property {{text: string, because: string, right: boolean | null} | null} verdict
 * @property {{x: number, y: number}} verdictAt
 * @property {boolean} narrow
 * @property {{x: number}} focus what is to be in sight: what is selected, else what the step wrote
 * @property {string[][]} order ids by column, top to bottom: how one walks through the picture
 */

/** @param {View} view @returns {Scene} */
export function sceneOf(view) {
  const sight = sightOf(view);
  const links = linksOf(sight);
  const neurons = neuronsOf(sight);
  const update = updateOf(sight);
  const cost = update && sight.layout.narrow ? null : costOf(sight);
  const outputs = outputsOf(sight);
  const boxes = [...outputs, ...softmaxOf(sight), ...(update ? [update] : []), ...(cost ? [cost] : [])];
  const { layout } = sight;
  return {
    width: layout.width, height: layout.height, narrow: layout.narrow,
    titles: view.building ? [] : titlesOf(sight), heads: headsOf(sight), gaps: gapsOf(sight), links, neurons, ones: onesOf(sight), boxes,
    wires: cost && !layout.narrow ? outputs.map((box) => wire(box, cost)) : [],
    verdict: layout.narrow ? null : verdictOf(sight),
    verdictAt: { x: layout.cost.x, y: layout.cost.y + (cost ? cost.h / 2 : -20) + 28 },
    focus: pointOf(sight, boxes), order: orderOf(sight, links, neurons, boxes),
  };
}

/** @param {View} view @returns {Sight} */
function sightOf(view) {
  const { spec, record, selection, marked } = view;
  const focus = focusOf(record);
  const [chosen, pointed] = [selection, marked].map((ref) => (ref ? idOf(placeOf(ref)) : null));
  const layout = layoutOf({
    units: spec.layers.map((layer) => layer.units), keep: keepOf(view), width: view.width, height: view.height,
    names: view.data.features, feet: spec.layers.map((layer) => layer.activation === "softmax"), ones: view.ones, building: view.building, moved: view.moved,
  });
  return {
    ...view, layout, focus, noticed: noticedOf(view.findings ?? []), last: spec.layers.length - 1, backward: view.phase === "backward" || view.phase === "update",
    look: (id) => ({
      standing: focus.current === id ? "current" : focus.whole ? "plain" : focus.holds(id) ? "focus" : "rest",
      selected: chosen === id, marked: pointed === id,
    }),
  };
}

/** Where the picture is looked at; without a step at its beginning. @param {Sight} sight @param {BoxItem[]} boxes */
function pointOf({ selection, focus, layout: { columns } }, boxes) {
  const id = (selection ? idOf(placeOf(selection)) : focus.current) ?? "";
  const box = boxes.find((one) => one.id === id);
  if (box) return { x: box.x };
  const column = columns[Number(/^[nbl](\d+)/.exec(id)?.[1] ?? 0)];
  const before = id.startsWith("l") ? columns[(column?.layer ?? 0) - 1] : column;
  return { x: column && before && column.layer > 0 ? (column.x + before.x) / 2 : 0 };
}

/** The findings that concern each neuron, by its id. @param {Finding[]} findings */
function noticedOf(findings) {
  /** @type {Map<string, Finding[]>} */
  const noticed = new Map();
  for (const finding of findings) {
    for (const { layer, unit } of finding.neurons) {
      const id = idOf({ kind: "neuron", layer, unit });
      noticed.set(id, [...(noticed.get(id) ?? []), finding]);
    }
  }
  return noticed;
}

/** The units that a wide layer must not hide: those of the operation, the selection, the mark and the pin. @param {View} view */
function keepOf({ spec, record, selection, marked, pinned }) {
  /** @type {number[][]} */
  const keep = spec.layers.map(() => []);
  const refs = [record?.explanation, selection, marked].filter((ref) => ref !== null && ref !== undefined);
  for (const ref of refs) {
    const place = placeOf(ref);
    if (place.kind === "neuron" || place.kind === "bias" || place.kind === "link") keep[place.layer]?.push(place.unit);
    if (place.kind === "link") keep[place.layer - 1]?.push(place.from);
    if (place.kind === "output") keep.at(-1)?.push(place.unit);
  }
  if (record?.neuron !== null && record?.neuron !== undefined && record.layer !== null) keep[record.layer]?.push(record.neuron);
  if (pinned) keep[pinned.layer]?.push(pinned.unit);
  return keep;
}

/** @param {BoxItem} box @param {BoxItem} cost */
function wire(box, cost) {
  const [x1, x2] = [Math.min(box.x + 96, cost.x - cost.w / 2 - 8), cost.x - cost.w / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${box.y}C${middle} ${box.y} ${middle} ${cost.y} ${x2} ${cost.y}`;
}

/** @param {Sight} sight @param {LinkItem[]} links @param {NeuronItem[]} neurons @param {BoxItem[]} boxes */
function orderOf({ last }, links, neurons, boxes) {
  /** @type {string[][]} */
  const order = Array.from({ length: 2 * last + 3 }, () => []);
  for (const { id } of links) order[2 * Number(id.slice(1, id.indexOf("."))) - 1]?.push(id);
  for (const { id, chip } of neurons) {
    const column = order[2 * Number(id.slice(1, id.indexOf(".")))];
    column?.push(id);
    if (chip) column?.push(chip.id);
  }
  for (const { id } of boxes) {
    if (id.startsWith("s")) order[2 * Number(id.slice(1))]?.push(id);
    else order[2 * last + (id.startsWith("o") ? 1 : 2)]?.push(id);
  }
  return order.filter((column) => column.length > 0);
}
