/**
 * Setting up: a ready network at a click, or one's own layers, functions and data.
 * @import {Catalog, Chosen, DataChoice, LayerSpec, Preview, Spec, State} from "../types.js"
 * @import {Whole} from "../net/freezing.js"
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { freezeLayer, frozenOf, insertedAt, removedAt, stillFrozen } from "../net/freezing.js";
import { previewed, readTable } from "../state/data.js";
import { changeSpec, startOver } from "../state/edits.js";
import { dismiss, problem } from "../state/problem.js";
import { begin, catalog, session } from "../state/session.js";
import { dialog } from "../state/view.js";
import { DataFields } from "../ui/datafields.js";
import { Dialog } from "../ui/dialog.js";
import { EntryFields } from "../ui/entry.js";
import { Check, Choice, Field } from "../ui/field.js";
import { say } from "../words/say.js";

/** @typedef {{spec: Spec, data: DataChoice | null}} Draft no data is that of the session, which is somebody's own */

export function Setup() {
  const [state, entries] = [session.value, catalog.value];
  if (dialog.value !== "setup" || !entries) return null;
  const close = () => {
    dismiss();
    dialog.value = null;
  };
  return html`<${Dialog} title=${say("header.setup")} onClose=${close} wide>
    ${state ? html`<${Own} entries=${entries} state=${state} close=${close} />` : html`<${Presets} entries=${entries} close=${close} />`}
  </${Dialog}>`;
}

/** @param {{entries: Catalog, close: () => void}} props */
const Presets = ({ entries, close }) => html`<section class="presets"><h3>${say("setup.ready")}</h3><ul>${entries.presets.map(({ name, title, description }) => html`<li key=${name}>
    <button type="button" onClick=${() => begin({ preset: name }).then((began) => began && close())} data-preset=${name}><b>${title}</b><span>${description}</span></button></li>`)}</ul></section>`;

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
  if (draft.data && !same(draft.data, now.data)) return "data";
  if (STARTS.some((key) => !same(draft.spec[key], now.spec[key]))) return "start";
  return same(draft.spec, now.spec) ? "nothing" : "running";
}

/** Typing goes on for so long until what is typed is looked at. */
const PAUSE = 300;

/**
 * A draft for data as it was previewed: the ends of its layers, and its loss, are made to fit.
 * @param {Draft} draft @param {Preview} preview @returns {Draft}
 */
function fitted(draft, { inputs, outputs, suggested }) {
  const { spec } = draft;
  const [last, wanted] = [spec.layers.at(-1), suggested.layers.at(-1)];
  const ends = spec.layers.map((layer, k) => (k === 0 ? { ...layer, units: inputs } : layer));
  const other = last?.units !== outputs || (suggested.loss === "mean_squared_error") !== (last?.activation === "linear");
  if (!other || !wanted) return { ...draft, spec: { ...spec, layers: ends } };
  return { ...draft, spec: { ...spec, layers: [...ends.slice(0, -1), wanted], loss: suggested.loss } };
}

/**
 * What other data would bring. It is asked for when one stops typing; a new table brings a spec with it.
 * @param {Draft} draft @param {Draft} now @param {(draft: Draft) => void} setDraft
 * @returns {{preview: Preview | null, settled: () => Promise<Draft | null>}} `settled` is the draft that fits its data
 */
function usePreview(draft, now, setDraft) {
  const [preview, setPreview] = useState(/** @type {Preview | null} */ (null));
  const latest = useRef(draft);
  latest.current = draft;
  const text = useRef(now.data?.table?.text);
  const { data } = draft;
  const look = async () => {
    const found = data && (await previewed(data));
    if (!found || latest.current.data !== data) return null;
    const fresh = data.table?.text !== text.current && data.table !== undefined;
    text.current = data.table?.text;
    setPreview(found);
    return fresh ? { data, spec: found.suggested } : fitted(latest.current, found);
  };
  useEffect(() => {
    setPreview(null);
    if (!data || data.table?.text === "" || same(data, now.data)) return;
    const timer = setTimeout(async () => {
      const next = await look();
      if (next) setDraft(next);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [data]);
  return { preview, settled: async () => (preview ? draft : look()) };
}

/** Presets too, so that what its buttons do is in sight wherever one is in it. @param {{entries: Catalog, state: State, close: () => void}} props */
function Own({ entries, state, close }) {
  const now = { spec: state.spec, data: state.data.choice };
  const [draft, setDraft] = useState(() => structuredClone(now));
  const { preview, settled } = usePreview(draft, now, setDraft);
  const put = (/** @type {Draft} */ next) => {
    dismiss();
    setDraft(next);
  };
  const set = (/** @type {Partial<Spec>} */ part) => put({ ...draft, spec: { ...draft.spec, ...part } });
  const change = changeOf(draft, now);
  const over = () => startOver(draft.spec);
  const other = async () => {
    const next = await settled();
    return next !== null && next.data !== null && begin({ spec: next.spec, data: next.data });
  };
  const ways = { data: other, start: () => changeSpec(draft.spec), running: () => changeSpec(draft.spec), nothing: over };
  const run = async (/** @type {() => Promise<boolean>} */ way) => (await way()) && close();
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    run(ways[change]);
  };
  const pickSpec = (/** @type {DataChoice | null} */ data, /** @type {Spec | null} */ spec) => put({ data, spec: structuredClone(spec ?? now.spec) });
  return html`<form class="own" onSubmit=${submit}>
    <${Presets} entries=${entries} close=${close} />
    <h3>${say("setup.own")}</h3>
    <${DataFields} sets=${entries.datasets} own=${state.data.choice ? null : state.data} data=${draft.data} seed=${draft.spec.seed} preview=${preview}
      read=${readTable} onPick=${pickSpec} onChange=${(/** @type {DataChoice} */ data) => put({ ...draft, data })} />
    <${Layers} entries=${entries} layers=${draft.spec.layers} frozen=${draft.spec.frozen ?? []} onChange=${(/** @type {LayerSpec[]} */ layers, /** @type {(layer: number) => number} */ moved) => set({ layers, frozen: stillFrozen(draft.spec.frozen ?? [], layers, moved) })}
      freeze=${(/** @type {string[]} */ frozen) => set({ frozen })} />
    <${Learning} entries=${entries} spec=${draft.spec} rows=${same(draft.data, now.data) ? state.data.rows : (preview?.rows ?? null)} set=${set} />
    <div class="actions">
      ${problem.value && html`<p class="hint wrong" role="alert">${problem.value.message} ${problem.value.hint}</p>`}
      <button type="submit" class="primary">${say(`setup.do.${change}`)}</button>
      ${change === "running" && html`<button type="button" onClick=${() => run(over)}>${say("setup.over")}</button>`}
      <button type="button" class="quiet" onClick=${close}>${say("setup.cancel")}</button>
    </div>
  </form>`;
}

/** What of a layer may be frozen. @type {Whole[]} */
const FROZEN = ["", "W", "b", "layer"];

/** @param {{entries: Catalog, layers: LayerSpec[], frozen: string[], onChange: (layers: LayerSpec[], moved?: (layer: number) => number) => void, freeze: (frozen: string[]) => void}} props */
function Layers({ entries, layers, frozen, onChange, freeze }) {
  const last = layers.length - 1;
  const single = frozen.filter((name) => name.includes("["));
  const put = (/** @type {number} */ at, /** @type {Partial<LayerSpec>} */ part) => onChange(layers.map((layer, k) => (k === at ? { ...layer, ...part } : layer)));
  const add = () => onChange([...layers.slice(0, last), { units: 3, activation: layers[1]?.activation ?? "tanh" }, .../** @type {LayerSpec[]} */ (layers.slice(last))], insertedAt(last));
  return html`<fieldset class="layers"><legend>${say("setup.layers")}</legend>
    <div class="layer-row head" aria-hidden="true"><span class="layer-name"></span><span>${say("setup.units")}</span><span>${say("setup.activation")}</span><span>${say("setup.dropout")}</span><span>${say("setup.frozen")}</span></div>
    ${layers.map(({ units, activation, dropout }, k) => html`<div key=${`${k} of ${last}`} class="layer-row">
      <span class="layer-name">${say(k === 0 ? "ends.inputs" : k === last ? "ends.output" : "ends.deep", { layer: k })}</span>
      <${Field} label=${say("setup.units")} value=${units} disabled=${k === 0 || k === last} whole onChange=${(/** @type {number} */ value) => put(k, { units: value })} />
      ${k > 0 && html`<${Choice} label=${say("setup.activation")} value=${activation ?? ""} options=${entries.activations} onChange=${(/** @type {string} */ name) => put(k, { activation: name })} />`}
      ${k > 0 && (k < last ? html`<${Field} label=${say("setup.dropout")} value=${dropout ?? 0} title=${say("setup.dropoutWhat")} onChange=${(/** @type {number} */ value) => put(k, { dropout: value })} />` : html`<span class="field none"></span>`)}
      ${k > 0 && html`<${Choice} label=${say("setup.frozen")} value=${frozenOf({ frozen }, k)} options=${FROZEN.map((name) => ({ name, title: say(`setup.freeze.${name || "nothing"}`) }))} onChange=${(/** @type {Whole} */ whole) => freeze(freezeLayer(frozen, k, whole))} />`}
      ${k > 0 && k < last && html`<button type="button" class="quiet" onClick=${() => onChange(layers.filter((_, at) => at !== k), removedAt(k))} aria-label=${say("setup.removeLayer", { layer: k })}>${say("setup.remove")}</button>`}
    </div>`)}
    <button type="button" onClick=${add}>${say("setup.add")}</button>
    ${layers[last]?.activation === "softmax" && layers[last].units === 1 && html`<p id="softmax-remark" class="hint" role="status">${say("setup.softmax")}</p>`}
    <p class="hint">${say("setup.ends")}${single.length > 0 && ` ${say("setup.single", { names: single.join(", ") })}`}</p>
  </fieldset>`;
}

/** @param {{entries: Catalog, spec: Spec, rows: number | null, set: (part: Partial<Spec>) => void}} props rows to learn from, where that is known */
function Learning({ entries, spec, rows, set }) {
  const loss = entries.losses.find((entry) => entry.name === spec.loss);
  const optimizer = entries.optimizers.find((entry) => entry.name === spec.optimizer.name);
  return html`<div class="fields">
      <${Choice} label=${say("setup.loss")} value=${spec.loss} options=${entries.losses} onChange=${(/** @type {string} */ name) => set({ loss: name })} />
      ${loss && html`<p class="hint">${loss.description}</p>`}
    </div><div class="fields">
      <${EntryFields} label=${say("setup.startValues")} entries=${entries.initializers} chosen=${spec.initializer} set=${(/** @type {Chosen} */ initializer) => set({ initializer })} />
      <${Field} label=${say("setup.seed")} value=${spec.seed} whole from=${0} onChange=${(/** @type {number} */ seed) => set({ seed })} />
    </div><div class="fields">
      <${EntryFields} label=${say("setup.optimizer")} entries=${entries.optimizers} chosen=${spec.optimizer} set=${(/** @type {Chosen} */ chosen) => set({ optimizer: chosen })} />
      ${optimizer && html`<p class="hint">${optimizer.description}</p>`}
    </div><div class="fields">
      <${Field} label=${say("option.batch_size")} value=${spec.batch_size} whole onChange=${(/** @type {number} */ size) => set({ batch_size: size })} />
      <${Check} label=${say("setup.shuffle")} checked=${spec.shuffle} onChange=${(/** @type {boolean} */ shuffle) => set({ shuffle })} />
      ${rows !== null && spec.batch_size > rows && html`<p id="batch-remark" class="hint" role="status">${say("setup.small", { count: rows })}</p>`}
    </div>
    <${Further} entries=${entries} spec=${spec} set=${set} />`;
}

/** What most networks do without; open where this one does not. @param {{entries: Catalog, spec: Spec, set: (part: Partial<Spec>) => void}} props */
function Further({ entries, spec, set }) {
  const schedule = entries.schedules.find((entry) => entry.name === spec.schedule.name);
  const used = spec.schedule.name !== "constant" || spec.clip > 0 || spec.l2 > 0 || spec.l1 > 0;
  const [open] = useState(used);
  return html`<details class="further" open=${open}><summary>${say("setup.further")}</summary>
    <div class="fields">
      <${EntryFields} label=${say("setup.schedule")} entries=${entries.schedules} chosen=${spec.schedule} set=${(/** @type {Chosen} */ chosen) => set({ schedule: chosen })} />
      ${schedule && html`<p class="hint">${schedule.description}</p>`}
    </div><div class="fields">
      <${Field} label=${say("setup.clip")} value=${spec.clip} title=${say("setup.clipWhat")} onChange=${(/** @type {number} */ clip) => set({ clip })} />
      <${Field} label=${say("setup.l2")} value=${spec.l2} title=${say("setup.l2What")} onChange=${(/** @type {number} */ l2) => set({ l2 })} />
      <${Field} label=${say("setup.l1")} value=${spec.l1} title=${say("setup.l1What")} onChange=${(/** @type {number} */ l1) => set({ l1 })} />
      <p class="hint">${say("setup.zero")}</p>
    </div>
  </details>`;
}
