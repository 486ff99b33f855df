/**
 * Setting up: a ready network at a click, or one's own layers, functions and data.
 * @import {Catalog, Chosen, Entry, LayerSpec, OptionEntry, Spec} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { changeSpec } from "../state/edits.js";
import { dismiss, problem } from "../state/problem.js";
import { begin, catalog, session } from "../state/session.js";
import { dialog } from "../state/view.js";
import { Dialog } from "../ui/dialog.js";
import { Choice, Field } from "../ui/field.js";

/** @typedef {{spec: Spec, data: string}} Draft */

export function Setup() {
  const [state, entries] = [session.value, catalog.value];
  if (dialog.value !== "setup" || !entries) return null;
  const close = () => {
    dismiss();
    dialog.value = null;
  };
  return html`<${Dialog} title="Set up" onClose=${close} wide>
    <section class="presets"><h3>Ready to step</h3><ul>${entries.presets.map(({ name, title, description }) => html`<li key=${name}>
      <button onClick=${() => begin({ preset: name }).then((began) => began && close())} data-preset=${name}><b>${title}</b><span>${description}</span></button></li>`)}</ul></section>
    ${state && html`<${Own} entries=${entries} start=${{ spec: state.spec, data: state.data.name ?? "" }} close=${close} />`}
  </${Dialog}>`;
}

/** What may change while a network runs; everything else begins a new one. @type {(keyof Spec)[]} */
const RUNNING = ["optimizer", "batch_size", "shuffle"];

/** @param {Draft} draft @param {Draft} start */
function onlyRunning(draft, start) {
  const kept = (/** @type {Draft} */ { spec, data }) => JSON.stringify([data, { ...spec, ...Object.fromEntries(RUNNING.map((key) => [key, null])) }]);
  return kept(draft) === kept(start);
}

/** @param {{entries: Catalog, start: Draft, close: () => void}} props */
function Own({ entries, start, close }) {
  const [draft, setDraft] = useState(structuredClone(start));
  const set = (/** @type {Partial<Spec>} */ part) => setDraft({ ...draft, spec: { ...draft.spec, ...part } });
  const running = onlyRunning(draft, start) && JSON.stringify(draft) !== JSON.stringify(start);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { optimizer, batch_size, shuffle } = draft.spec;
    const done = running ? await changeSpec({ optimizer, batch_size, shuffle }) : await begin({ spec: draft.spec, data: { name: draft.data } });
    if (done) close();
  };
  return html`<form class="own" onSubmit=${submit}>
    <h3>Your own</h3>
    <${Data} entries=${entries} draft=${draft} setDraft=${setDraft} />
    <${Layers} entries=${entries} layers=${draft.spec.layers} onChange=${(/** @type {LayerSpec[]} */ layers) => set({ layers })} />
    <${Learning} entries=${entries} spec=${draft.spec} set=${set} />
    ${problem.value && html`<p class="hint wrong" role="alert">${problem.value.message} ${problem.value.hint}</p>`}
    <div class="actions">
      <button type="submit" class="primary">${running ? "Change and go on" : "Start this network"}</button>
      ${running && html`<button type="button" onClick=${() => begin({ spec: draft.spec, data: { name: draft.data } }).then((began) => began && close())}>Start anew</button>`}
      <button type="button" class="quiet" onClick=${close}>Cancel</button>
    </div>
  </form>`;
}

/** @param {{entries: Catalog, draft: Draft, setDraft: (draft: Draft) => void}} props */
function Data({ entries, draft, setDraft }) {
  const pick = (/** @type {string} */ name) => {
    const found = entries.datasets.find((dataset) => dataset.name === name);
    if (!found) return;
    const layers = draft.spec.layers.map((layer, k) =>
      k === 0 ? { units: found.inputs } : k === draft.spec.layers.length - 1 ? { ...layer, units: found.outputs } : layer);
    setDraft({ data: name, spec: { ...draft.spec, layers } });
  };
  const chosen = entries.datasets.find((dataset) => dataset.name === draft.data);
  return html`<div class="fields">
    <${Choice} label="Data" value=${draft.data} options=${entries.datasets.map(({ name, title }) => ({ name, title }))} onChange=${pick} />
    ${chosen && html`<p class="hint">${chosen.task} ${chosen.rows} rows.</p>`}
  </div>`;
}

/** @param {{entries: Catalog, layers: LayerSpec[], onChange: (layers: LayerSpec[]) => void}} props */
function Layers({ entries, layers, onChange }) {
  const last = layers.length - 1;
  const put = (/** @type {number} */ at, /** @type {Partial<LayerSpec>} */ part) => onChange(layers.map((layer, k) => (k === at ? { ...layer, ...part } : layer)));
  const add = () => onChange([...layers.slice(0, last), { units: 3, activation: layers[1]?.activation ?? "tanh" }, .../** @type {LayerSpec[]} */ (layers.slice(last))]);
  return html`<fieldset class="layers"><legend>Layers</legend>
    <div class="layer-row head" aria-hidden="true"><span class="layer-name"></span><span>Units</span><span>Activation</span></div>
    ${layers.map(({ units, activation }, k) => html`<div key=${`${k} of ${last}`} class="layer-row">
      <span class="layer-name">${k === 0 ? "Inputs" : k === last ? "Output" : `Hidden ${k}`}</span>
      <${Field} label="Units" value=${units} disabled=${k === 0 || k === last} whole onChange=${(/** @type {number} */ value) => put(k, { units: value })} />
      ${k > 0 && html`<${Choice} label="Activation" value=${activation ?? ""} options=${entries.activations} onChange=${(/** @type {string} */ name) => put(k, { activation: name })} />`}
      ${k > 0 && k < last && html`<button type="button" class="quiet" onClick=${() => onChange(layers.filter((_, at) => at !== k))} aria-label=${`Remove hidden layer ${k}`}>Remove</button>`}
    </div>`)}
    <button type="button" onClick=${add}>Add a hidden layer</button>
    <p class="hint">The data decides how many inputs and outputs there are.</p>
  </fieldset>`;
}

/** @param {{entries: Catalog, spec: Spec, set: (part: Partial<Spec>) => void}} props */
function Learning({ entries, spec, set }) {
  const loss = entries.losses.find((entry) => entry.name === spec.loss);
  const optimizer = entries.optimizers.find((entry) => entry.name === spec.optimizer.name);
  return html`<div class="fields">
      <${Choice} label="Loss" value=${spec.loss} options=${entries.losses} onChange=${(/** @type {string} */ name) => set({ loss: name })} />
      ${loss && html`<p class="hint">${loss.description}</p>`}
    </div><div class="fields">
      <${Choice} label="Start values" value=${spec.initializer.name} options=${entries.initializers} onChange=${(/** @type {string} */ name) => set({ initializer: fresh(entries.initializers, name) })} />
      <${Options} entries=${entries.initializers} chosen=${spec.initializer} set=${(/** @type {Chosen} */ initializer) => set({ initializer })} />
      <${Field} label="Seed" value=${spec.seed} whole from=${0} onChange=${(/** @type {number} */ seed) => set({ seed })} />
    </div><div class="fields">
      <${Choice} label="Optimizer" value=${spec.optimizer.name} options=${entries.optimizers} onChange=${(/** @type {string} */ name) => set({ optimizer: fresh(entries.optimizers, name) })} />
      <${Options} entries=${entries.optimizers} chosen=${spec.optimizer} set=${(/** @type {Chosen} */ chosen) => set({ optimizer: chosen })} />
      ${optimizer && html`<p class="hint">${optimizer.description}</p>`}
    </div><div class="fields">
      <${Field} label="Batch size" value=${spec.batch_size} whole onChange=${(/** @type {number} */ size) => set({ batch_size: size })} />
      <label class="check"><input type="checkbox" checked=${spec.shuffle} onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => set({ shuffle: event.currentTarget.checked })} /> Shuffle every epoch</label>
    </div>`;
}

/** The numbers that a chosen entry can be given. @param {{entries: Entry[], chosen: Chosen, set: (chosen: Chosen) => void}} props */
function Options({ entries, chosen, set }) {
  const options = entries.find((entry) => entry.name === chosen.name)?.options ?? [];
  return options.map((option) => html`<${Field} key=${option.name} label=${words(option.name)} value=${chosen[option.name] ?? option.default} title=${option.description}
    onChange=${(/** @type {number} */ value) => set({ ...chosen, [option.name]: value })} />`);
}

/** `learning_rate` as "Learning rate". @param {string} name */
const words = (name) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

/** An entry with its default options. @param {Entry[]} entries @param {string} name @returns {Chosen} */
function fresh(entries, name) {
  const options = entries.find((entry) => entry.name === name)?.options ?? [];
  return { name, ...Object.fromEntries(options.map((/** @type {OptionEntry} */ option) => [option.name, option.default])) };
}
