/**
 * A table of one's own: dropped, chosen or pasted, looked at before it counts, and its columns' parts.
 * @import {DataChoice, Spec, TableChoice, TableRead} from "../types.js"
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Check, Choice } from "./field.js";
import { Said } from "./said.js";
import { say } from "../words/say.js";

/** @typedef {(bytes: Uint8Array, layout: {[name: string]: string}) => Promise<{text: string, told: TableRead} | null>} Reader null when it cannot be read */

/** Signs between cells, and in numbers, by what they are called. */
const SIGNS = { comma: ",", semicolon: ";", tab: "\t", bar: "|", point: "." };
const named = (/** @type {(keyof typeof SIGNS)[]} */ ...names) => names.map((name) => ({ name: SIGNS[name], title: say(`reading.${name}`) }));
const told = (/** @type {string[]} */ ...names) => names.map((name) => ({ name, title: say(`reading.${name}`) }));
const PAUSE = 400;
const SHOWN = 5;

/** @param {{data: DataChoice, read: Reader, onChange: (data: DataChoice) => void, onSuggest: (data: DataChoice, spec: Spec | null) => void}} props */
export function TableFields({ data, read, onChange }) {
  const [found, setFound] = useState(/** @type {{bytes: Uint8Array, name: string, told: TableRead} | null} */ (null));
  const load = async (/** @type {Uint8Array} */ bytes, /** @type {string} */ name, /** @type {{[name: string]: string}} */ layout = {}) => {
    const answer = await read(bytes, layout);
    if (!answer) return;
    const { told, text } = answer;
    setFound({ bytes, name, told });
    const { delimiter, decimal, header, guess } = told;
    onChange({ ...data, table: { text, delimiter, decimal, header, ...guess, missing: data.table?.missing ?? "refuse" } });
  };
  const { table } = data;
  return html`<${Source} name=${found?.name ?? ""} onBytes=${load} />
    ${found && table?.text && html`<${Layout} told=${found.told} again=${(/** @type {{[name: string]: string}} */ layout) => load(found.bytes, found.name, layout)} />
      <${Columns} told=${found.told} table=${table} onChange=${(/** @type {TableChoice} */ next) => onChange({ ...data, table: next })} />`}`;
}

/** Where a table comes from. @param {{name: string, onBytes: (bytes: Uint8Array, name: string) => void}} props */
function Source({ name, onBytes }) {
  const [over, setOver] = useState(false);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const take = async (/** @type {File | undefined} */ file) => file && onBytes(new Uint8Array(await file.arrayBuffer()), file.name);
  const hover = (/** @type {boolean} */ is) => (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(is);
  };
  const drop = (/** @type {DragEvent} */ event) => {
    hover(false)(event);
    take(event.dataTransfer?.files[0]);
  };
  const paste = (/** @type {InputEvent & {currentTarget: HTMLTextAreaElement}} */ event) => {
    const { value } = event.currentTarget;
    clearTimeout(timer.current);
    if (value.trim()) timer.current = setTimeout(() => onBytes(new TextEncoder().encode(value), say("reading.pasted")), PAUSE);
  };
  return html`<div class=${`drop${over ? " over" : ""}`} onDragOver=${hover(true)} onDragLeave=${hover(false)} onDrop=${drop}>
    <p>${html`<${Said} text=${say(name ? "reading.another" : "reading.file", { name })} />${" "}`}
      <label class="file">${say("reading.choose")}<input type="file" class="sr" accept=".csv,.tsv,.txt,.tab,text/csv,text/tab-separated-values,text/plain"
        onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => take(event.currentTarget.files?.[0])} /></label></p>
    <label class="paste"><span>${say("reading.paste")}</span><textarea rows="3" spellcheck=${false} onInput=${paste}></textarea></label>
  </div>`;
}

/** How it was read, and how else it might be. @param {{told: TableRead, again: (layout: {[name: string]: string}) => void}} props */
function Layout({ told: found, again }) {
  const { delimiter, decimal, header, encoding } = found;
  const set = (/** @type {{[name: string]: string}} */ part) => again({ delimiter, decimal, header: String(header), ...part });
  return html`<div class="fields">
    <${Choice} label=${say("reading.separated")} value=${delimiter} options=${named("comma", "semicolon", "tab", "bar")} onChange=${(/** @type {string} */ sign) => set({ delimiter: sign })} />
    <${Choice} label=${say("reading.decimals")} value=${decimal} options=${named("point", "comma")} onChange=${(/** @type {string} */ sign) => set({ decimal: sign })} />
    <${Check} label=${say("reading.header")} checked=${header} onChange=${(/** @type {boolean} */ is) => set({ header: String(is) })} />
    <p class="hint">${say("reading.read", { rows: found.rows, columns: found.columns.length, encoding })}</p>
  </div>`;
}

/** The first rows, and what each column is for. @param {{told: TableRead, table: TableChoice, onChange: (table: TableChoice) => void}} props */
function Columns({ told: found, table, onChange }) {
  const part = (/** @type {string} */ name) => (table.targets?.includes(name) ? "target" : table.inputs?.includes(name) ? "input" : "out");
  const set = (/** @type {string} */ name, /** @type {string} */ to) => {
    const names = found.columns.map((column) => column.name);
    const now = (/** @type {string} */ one) => (one === name ? to : to === "target" && table.task === "classes" && part(one) === "target" ? "input" : part(one));
    const targets = names.filter((one) => now(one) === "target");
    const text = targets.some((one) => found.columns.find((column) => column.name === one)?.kind === "text");
    const task = text ? "classes" : targets.length > 1 ? "numbers" : table.task;
    onChange({ ...table, inputs: names.filter((one) => now(one) === "input"), targets, task });
  };
  const holes = found.columns.reduce((sum, { missing }) => sum + missing, 0);
  return html`<div class="scroll"><table class="columns">
      <thead><tr>${found.columns.map(({ name, kind, missing, wrong, distinct }) => html`<th key=${name} scope="col"><b>${name}</b>
        <small>${say(`reading.kind.${kind}`, { count: distinct })}${missing ? say("reading.missing", { count: missing }) : ""}${wrong ? say("reading.wrong", { count: wrong }) : ""}</small>
        <select aria-label=${say("reading.part", { name })} value=${part(name)} onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => set(name, event.currentTarget.value)}>
          ${told("input", "target", "out").map((one) => html`<option key=${one.name} value=${one.name}>${one.title}</option>`)}</select></th>`)}</tr></thead>
      <tbody>${found.first.slice(0, SHOWN).map((cells, row) => html`<tr key=${row}>${cells.map((cell, k) => html`<td key=${k}>${cell}</td>`)}</tr>`)}</tbody>
    </table></div>
    <div class="fields">
      <${Choice} label=${say("reading.is")} value=${table.task ?? ""} options=${told("classes", "numbers")} onChange=${(/** @type {string} */ task) => onChange({ ...table, task })} />
      ${holes > 0 && html`<${Choice} label=${say("reading.holes")} value=${table.missing ?? "refuse"} options=${told("refuse", "drop")} onChange=${(/** @type {string} */ missing) => onChange({ ...table, missing })} />`}
    </div>`;
}
