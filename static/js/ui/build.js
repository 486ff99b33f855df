/**
 * Controls that stand on a drawing: at each layer's heading, between layers, and at the cost.
 */
import { html } from "htm/preact";

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
          aria-label=${`Add a hidden layer between ${head.name} and ${next.name}`} title="Add a hidden layer here">+</button>`}`;
    })}
    ${cost && html`<select class="build-loss" style=${{ ...at(cost.x), top: `${cost.y * scale}px` }} aria-label="Loss" title="Loss" value=${loss} onChange=${chosen(doing.lose)}>${optionsOf(losses)}</select>`}
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
  const count = `${units} ${units === 1 ? "neuron" : "neurons"}`;
  return html`<div class="build-layer" style=${place} role="group" aria-label=${name}>
    <span class="build-name"><b>${name}</b>${own && html`<button class="build-remove" aria-label=${`Remove ${name}`} title="Remove this layer (Delete)" onClick=${() => doing.remove(head)}>×</button>`}</span>
    ${own ? html`<span class="build-count"><button tabindex="-1" aria-label=${`A neuron less in ${name}`} disabled=${units === 1} onClick=${() => doing.grow(head, -1)}>−</button>
        <span role="spinbutton" tabindex="0" aria-label=${`Neurons in ${name}`} aria-valuenow=${units} aria-valuemin="1" aria-valuetext=${count} title="Keys + and −, Delete removes the layer" onKeyDown=${keys}>${units}</span>
        <button tabindex="-1" aria-label=${`A neuron more in ${name}`} onClick=${() => doing.grow(head, 1)}>+</button></span>`
      : html`<span class="build-count quiet" title="As many as the data has">${activation === null ? `${units} of the data` : count}</span>`}
    ${activation !== null && html`<select aria-label=${`Activation of ${name}`} value=${activation} onChange=${chosen((one) => doing.activate(head, one))}>${optionsOf(activations)}</select>`}
  </div>`;
}
