/**
 * Setting up: a ready network at a click, or one's own layers, functions and data.
 * @import {Catalog, Chosen, Dataset, LayerSpec, Spec, State} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { changeSpec, startOver } from "../state/edits.js";
import { dismiss, problem } from "../state/problem.js";
import { begin, catalog, session } from "../state/session.js";
import { dialog } from "../state/view.js";
import { Dialog } from "../ui/dialog.js";
import { EntryFields } from "../ui/entry.js";
import { Choice, Field } from "../ui/field.js";

/** @typedef {{spec: Spec, data: string}} Draft data by name; one's own has none */

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
    ${state && html`<${Own} entries=${entries} state=${state} close=${close} />`}
  </${Dialog}>`;
}

/** What decides where the network starts, or which operations it takes: a change starts it over. @type {(keyof Spec)[]} */
const STARTS = ["layers", "loss", "initializer", "seed", "dtype"];

/** @param {unknown} one @param {unknown} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What a draft asks for: other data in a new session, another start of this one, or this one from here on.
 * @param {Draft} draft @param {Draft} now
 * @returns {"data" | "start" | "running" | "nothing"}
 */
function changeOf(draft, now) {
  if (draft.data !== now.data) return "data";
  if (STARTS.some((key) => !same(draft.spec[key], now.spec[key]))) return "start";
  return same(draft.spec, now.spec) ? "nothing" : "running";
}

/** @param {{entries: Catalog, state: State, close: () => void}} props */
function Own({ entries, state, close }) {
  const now = { spec: state.spec, data: state.data.name ?? "" };
  const [draft, setDraft] = useState(structuredClone(now));
  const put = (/** @type {Draft} */ next) => {
    dismiss();
    setDraft(next);
  };
  const set = (/** @type {Partial<Spec>} */ part) => put({ ...draft, spec: { ...draft.spec, ...part } });
  const change = changeOf(draft, now);
  const over = () => startOver(draft.spec);
  const ways = {
    data: () => begin({ spec: draft.spec, data: { name: draft.data } }),
    start: () => changeSpec(draft.spec), running: () => changeSpec(draft.spec), nothing: over,
  };
  const run = async (/** @type {() => Promise<boolean>} */ way) => (await way()) && close();
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run(ways[change]);
  };
  return html`<form class="own" onSubmit=${submit}>
    <h3>Your own</h3>
    <${Data} sets=${setsOf(entries, state)} draft=${draft} setDraft=${put} />
    <${Layers} entries=${entries} layers=${draft.spec.layers} frozen=${draft.spec.frozen ?? []} onChange=${(/** @type {LayerSpec[]} */ layers) => set({ layers, frozen: frozenIn(layers, draft.spec) })} />
    <${Learning} entries=${entries} spec=${draft.spec} set=${set} />
    <div class="actions">
      ${problem.value && html`<p class="hint wrong" role="alert">${problem.value.message} ${problem.value.hint}</p>`}
      <button type="submit" class="primary">${{ data: "Start this network", start: "Start this network", running: "Change and go on", nothing: "Start over" }[change]}</button>
      ${change === "running" && html`<button type="button" onClick=${() => run(over)}>Change and start over</button>`}
      <button type="button" class="quiet" onClick=${close}>Cancel</button>
    </div>
  </form>`;
}

/** The names in `frozen` mean other parameters once there are more or fewer layers. @param {LayerSpec[]} layers @param {Spec} before */
const frozenIn = (layers, before) => (layers.length === before.layers.length ? (before.frozen ?? []) : []);

/** What there is to learn from: the ready sets, after one's own data if the session has its own. @param {Catalog} entries @param {State} state @returns {Dataset[]} */
function setsOf({ datasets }, { data, spec }) {
  if (data.name) return datasets;
  const { title, task, rows } = data;
  const [inputs, outputs] = [spec.layers[0]?.units ?? 0, spec.layers.at(-1)?.units ?? 0];
  return [{ name: "", title, task, rows, inputs, outputs }, ...datasets];
}

/** @param {{sets: Dataset[], draft: Draft, setDraft: (draft: Draft) => void}} props */
function Data({ sets, draft, setDraft }) {
  const pick = (/** @type {string} */ name) => {
    const found = sets.find((dataset) => dataset.name === name);
    if (!found) return;
    const layers = draft.spec.layers.map((layer, k) =>
      k === 0 ? { units: found.inputs } : k === draft.spec.layers.length - 1 ? { ...layer, units: found.outputs } : layer);
    setDraft({ data: name, spec: { ...draft.spec, layers } });
  };
  const chosen = sets.find((dataset) => dataset.name === draft.data);
  return html`<div class="fields">
    <${Choice} label="Data" value=${draft.data} options=${sets} onChange=${pick} />
    ${chosen && html`<p class="hint">${chosen.task} ${chosen.rows} rows.</p>`}
  </div>`;
}

/** @param {{entries: Catalog, layers: LayerSpec[], frozen: string[], onChange: (layers: LayerSpec[]) => void}} props */
function Layers({ entries, layers, frozen, onChange }) {
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
    <p class="hint">The data decides how many inputs and outputs there are.${frozen.length > 0 && ` Frozen: ${frozen.join(", ")}; no update changes them.`}</p>
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
      <${EntryFields} label="Start values" entries=${entries.initializers} chosen=${spec.initializer} set=${(/** @type {Chosen} */ initializer) => set({ initializer })} />
      <${Field} label="Seed" value=${spec.seed} whole from=${0} onChange=${(/** @type {number} */ seed) => set({ seed })} />
    </div><div class="fields">
      <${EntryFields} label="Optimizer" entries=${entries.optimizers} chosen=${spec.optimizer} set=${(/** @type {Chosen} */ chosen) => set({ optimizer: chosen })} />
      ${optimizer && html`<p class="hint">${optimizer.description}</p>`}
    </div><div class="fields">
      <${Field} label="Batch size" value=${spec.batch_size} whole onChange=${(/** @type {number} */ size) => set({ batch_size: size })} />
      <label class="check"><input type="checkbox" checked=${spec.shuffle} onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => set({ shuffle: event.currentTarget.checked })} /> Shuffle every epoch</label>
    </div>
    <${Further} entries=${entries} spec=${spec} set=${set} />`;
}

/** What most networks do without; open where this one does not. @param {{entries: Catalog, spec: Spec, set: (part: Partial<Spec>) => void}} props */
function Further({ entries, spec, set }) {
  const schedule = entries.schedules.find((entry) => entry.name === spec.schedule.name);
  const used = spec.schedule.name !== "constant" || spec.clip > 0 || spec.l2 > 0 || spec.l1 > 0;
  const [open] = useState(used);
  return html`<details class="further" open=${open}><summary>Schedule, clipping, penalties</summary>
    <div class="fields">
      <${EntryFields} label="Schedule" entries=${entries.schedules} chosen=${spec.schedule} set=${(/** @type {Chosen} */ chosen) => set({ schedule: chosen })} />
      ${schedule && html`<p class="hint">${schedule.description}</p>`}
    </div><div class="fields">
      <${Field} label="Clip gradient at" value=${spec.clip} title="How long the gradient of all parameters together may be; 0 does not clip" onChange=${(/** @type {number} */ clip) => set({ clip })} />
      <${Field} label="L2 penalty" value=${spec.l2} title="What the squares of the weights cost" onChange=${(/** @type {number} */ l2) => set({ l2 })} />
      <${Field} label="L1 penalty" value=${spec.l1} title="What the sizes of the weights cost" onChange=${(/** @type {number} */ l1) => set({ l1 })} />
      <p class="hint">0 leaves it out.</p>
    </div>
  </details>`;
}
