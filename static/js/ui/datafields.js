/**
 * Choosing what to learn from: a ready set with its options, or a table of one's own, and how rows are prepared.
 * @import {DataChoice, DataOption, Dataset, DataTitle, Preview, Spec} from "../types.js"
 * @import {Reader} from "./tablefields.js"
 */
import { html } from "htm/preact";
import { optionName } from "./entry.js";
import { Check, Choice, Field, Text } from "./field.js";
import { TableFields } from "./tablefields.js";
import { say } from "../words/say.js";

/** Stands for a table in the list of sets. */
const TABLE = "table";
const SHARES = [0, 0.1, 0.2, 0.25, 0.3, 0.5];

/**
 * @typedef {object} Props
 * @property {Dataset[]} sets
 * @property {DataTitle | null} own the session's data, if it is somebody's own
 * @property {DataChoice | null} data what is chosen; null for the session's own
 * @property {number} seed what rows are drawn from where the choice names no seed
 * @property {Preview | null} preview
 * @property {Reader} read
 * @property {(data: DataChoice | null, spec: Spec | null) => void} onPick other data, and a spec that suits it
 * @property {(data: DataChoice) => void} onChange
 */

/** @param {Props} props */
export function DataFields({ sets, own, data, seed, preview, read, onPick, onChange }) {
  const chosen = sets.find(({ name }) => name === data?.name);
  const listed = [...(own ? [{ name: "", title: own.title }] : []), ...sets, { name: TABLE, title: say("data.table") }];
  const pick = (/** @type {string} */ name) => {
    const found = sets.find((set) => set.name === name);
    if (found) onPick(found.suggested.data, found.suggested.spec);
    else if (name === TABLE) onPick({ table: { text: "" }, test_share: 0.2, standardize: true }, null);
    else onPick(null, null);
  };
  const name = chosen?.name ?? (data?.table ? TABLE : "");
  return html`<fieldset class="data"><legend>${say("data.title")}</legend>
    <div class="fields">
      <${Choice} label=${say("data.data")} value=${name} options=${listed} onChange=${pick} />
      ${chosen && data && html`<${Options} options=${chosen.options} data=${data} onChange=${onChange} />`}
      ${!data?.table && html`<p class="hint">${(chosen ?? own)?.task}</p>`}
    </div>
    ${data?.table && html`<${TableFields} data=${data} read=${read} onChange=${onChange} onSuggest=${onPick} />`}
    ${data && (!data.table || data.table.text) && html`<${Preparing} data=${data} seed=${seed} onChange=${onChange} />`}
    <p class="hint" aria-live="polite">${preview ? told(preview, data?.table !== undefined) : ""} ${chosen?.source && say("data.source", { source: chosen.source, licence: chosen.licence })}</p>
  </fieldset>`;
}

/** @param {Preview} preview @param {boolean} own somebody's own table, whose task nothing else tells */
const told = ({ rows, tests, inputs, outputs, task }, own) =>
  `${own ? `${task} ` : ""}${say("data.told", { rows: say(tests ? "examples.withTests" : "data.rows", { count: rows, tests }), inputs: say("layers.inputCount", { count: inputs }), outputs: say("data.outputs", { count: outputs }) })}`;

/** @param {{options: DataOption[], data: DataChoice, onChange: (data: DataChoice) => void}} props */
function Options({ options, data, onChange }) {
  return options.map(({ name, description, whole, low, default: usual }) => {
    const props = {
      key: `${data.name} ${name}`, label: optionName(name), value: data.options?.[name] ?? usual, title: description,
      onChange: (/** @type {string | number} */ value) => onChange({ ...data, options: { ...data.options, [name]: value } }),
    };
    return typeof usual === "string" ? html`<${Text} ...${props} />` : html`<${Field} ...${props} whole=${whole} from=${low} />`;
  });
}

/** @param {{data: DataChoice, seed: number, onChange: (data: DataChoice) => void}} props */
function Preparing({ data, seed, onChange }) {
  const share = data.test_share ?? 0;
  const shares = [...new Set([...SHARES, share])].sort((a, b) => a - b).map((part) => ({ name: String(part), title: part ? `${Math.round(part * 100)} %` : say("data.none") }));
  const products = (/** @type {string} */ text) => onChange({ ...data, products: text.split(",").map((one) => one.trim()).filter(Boolean) });
  const of = data.name ?? "table";
  return html`<div class="fields" key=${of}>
    <${Choice} label=${say("data.kept")} value=${String(share)} options=${shares} onChange=${(/** @type {string} */ part) => onChange({ ...data, test_share: Number(part) })} />
    <${Text} label=${say("data.products")} value=${(data.products ?? []).join(", ")} hint="x1*x2, x1^2, sin(x1)" onChange=${products}
      title=${say("data.formulas")} />
    <${Field} label=${say("data.seed")} value=${data.seed ?? seed} whole from=${0} title=${say("data.seedWhat")} onChange=${(/** @type {number} */ value) => onChange({ ...data, seed: value })} />
    <${Check} label=${say("data.standardise")} checked=${data.standardize ?? false} title=${say("data.standardiseWhat")} onChange=${(/** @type {boolean} */ standardize) => onChange({ ...data, standardize })} />
  </div>`;
}
