/**
 * Controls that stand on a drawing: at each layer's heading, between layers, and at the cost.
 */
import { html } from "htm/preact";
import { say } from "../words/say.js";

/** @typedef {{name: string, title: string}} Option */
/** @typedef {{layer: number, name: string, x: number, units: number, activation: string | null, own: boolean}} Head `own` layers can be changed and removed */
/**
 * @typedef {object} Doing
 * @property {(head: Head, by: number) => void} grow
 * @property {(head: Head) => void} remove
 * @property {(after: number) => void} add
 * @property {(head: Head, name: string) => void} activate
 * @property {(name: string) => void} lose
 */

/** @param {(name: string) => void} run */
const chosen = (run) => (/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => run(event.currentTarget.value);

/** @param {Option[]} options */
const optionsOf = (options) => options.map(({ name, title }) => html`<option key=${name} value=${name}>${title}</option>`);

/**
 * @param {{heads: Head[], cost: {x: number, y: number} | null, scale: number, activations: Option[], losses: Option[], loss: string, doing: Doing}} props
 * places are those of the drawing before it is magnified
 */
export function BuildControls({ heads, cost, scale, activations, losses, loss, doing }) {
  const at = (/** @type {number} */ x) => ({ left: `${x * scale}px` });
  return html`<div class="build-controls">
    ${heads.map((head, k) => {
      const next = heads[k + 1];
      return html`<${Layer} key=${head.layer} head=${head} place=${at(head.x)} activations=${activations} doing=${doing} />
        ${next && html`<button key=${`after${head.layer}`} class="build-add" style=${at((head.x + next.x) / 2)} onClick=${() => doing.add(head.layer)}
          aria-label=${say("build.addBetween", { below: head.name, above: next.name })} title=${say("build.add")}>+</button>`}`;
    })}
    ${cost && html`<select class="build-loss" style=${{ ...at(cost.x), top: `${cost.y * scale}px` }} aria-label=${say("build.loss")} title=${say("build.loss")} value=${loss} onChange=${chosen(doing.lose)}>${optionsOf(losses)}</select>`}
  </div>`;
}

/** @param {{head: Head, place: {left: string}, activations: Option[], doing: Doing}} props */
function Layer({ head, place, activations, doing }) {
  const { name, units, activation, own } = head;
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const by = { "+": 1, ArrowUp: 1, "-": -1, ArrowDown: -1 }[event.key];
    if (by === undefined && event.key !== "Delete") return;
    event.preventDefault();
    if (by) doing.grow(head, by);
    else doing.remove(head);
  };
  const count = say("ends.neurons", { count: units });
  return html`<div class="build-layer" style=${place} role="group" aria-label=${name}>
    <span class="build-name"><b>${name}</b>${own && html`<button class="build-remove" aria-label=${say("build.removeThis", { name })} title=${say("build.remove")} onClick=${() => doing.remove(head)}>×</button>`}</span>
    ${own ? html`<span class="build-count"><button tabindex="-1" aria-label=${say("build.less", { name })} disabled=${units === 1} onClick=${() => doing.grow(head, -1)}>−</button>
        <span role="spinbutton" tabindex="0" aria-label=${say("build.neurons", { name })} aria-valuenow=${units} aria-valuemin="1" aria-valuetext=${count} title=${say("build.keys")} onKeyDown=${keys}>${units}</span>
        <button tabindex="-1" aria-label=${say("build.more", { name })} onClick=${() => doing.grow(head, 1)}>+</button></span>`
      : html`<span class="build-count quiet" title=${say("build.asData")}>${activation === null ? say("build.ofData", { count: units }) : count}</span>`}
    ${activation !== null && html`<select aria-label=${say("build.activation", { name })} value=${activation} onChange=${chosen((one) => doing.activate(head, one))}>${optionsOf(activations)}</select>`}
  </div>`;
}
