/**
 * The rows of the data, those to learn from and those to test on: any of them can be the example shown.
 * @import {Rows} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { called, editable, inputsOf, pixelsOf, targetsOf } from "../net/rows.js";
import { digits } from "../state/preferences.js";
import { running } from "../state/running.js";
import { rows, session } from "../state/session.js";
import { dialog, example, guess } from "../state/view.js";
import { format, parse } from "../number.js";
import { lazy } from "../ui/lazy.js";
import { say } from "../words/say.js";

const Pixels = lazy(() => import("../ui/pixels.js"), "Pixels");

const PAGE = 50;
const COLUMNS = 6;

export function Examples() {
  // Another fifty rows forty times a second would be read by nobody.
  const state = running.value ? session.peek() : session.value;
  const [page, setPage] = useState(/** @type {number | null} */ (null));
  if (!state || !rows.value) return null;
  const data = called(rows.value, state.data);
  const { shown, examples } = state.batch;
  const all = data.inputs.length + data.test_inputs.length;
  const pages = Math.ceil(all / PAGE);
  const at = Math.min(page ?? Math.floor(shown / PAGE), pages - 1);
  const numbers = Array.from({ length: Math.min(PAGE, all - at * PAGE) }, (_, k) => at * PAGE + k);
  return html`<details class="examples" open=${all <= 12 || data.image !== null}>
    <summary>${say("examples.title")} <span class="count">${told(data)}</span></summary>
    ${data.image && html`<${Pixels} values=${pixelsOf(data, shown)} image=${data.image} label=${say("examples.picture", { number: shown + 1, target: targetOf(data, shown) })} large />`}
    <div class="scroll"><table>
      <thead><${Head} data=${data} /></thead>
      <tbody>${numbers.map((row) => html`<${Row} key=${row} row=${row} data=${data} shown=${row === shown} inBatch=${examples.includes(row)} />`)}</tbody>
    </table></div>
    ${editable(data) && html`<button class="quiet" id="edit-data" onClick=${() => (dialog.value = "data")}>${say("examples.edit")}</button>`}
    ${pages > 1 && html`<${Pager} at=${at} pages=${pages} all=${all} first=${data.inputs.length} go=${setPage} />`}
  </details>`;
}

/** @param {Rows} data */
function told({ inputs, test_inputs }) {
  return say(test_inputs.length ? "examples.withTests" : "examples.rows", { count: inputs.length, tests: test_inputs.length });
}

/** The names of the columns and, where they are standardised, what was taken from each and what it was divided by. @param {{data: Rows}} props */
function Head({ data }) {
  const { features, means, deviations, target_means, target_deviations } = data;
  const more = features.length > COLUMNS && !data.image;
  if (data.image) return html`<tr><th scope="col">${say("examples.row")}</th><th scope="col">${say("examples.image")}</th><th scope="col">${say("examples.target")}</th></tr>`;
  const scale = (/** @type {string} */ name, /** @type {number[]} */ of, /** @type {number[]} */ target) => html`<tr class="scale"><th scope="row">${name}</th>
    ${of.slice(0, COLUMNS).map((value, k) => html`<td key=${k}>${format(value, digits.value)}</td>`)}
    ${more && html`<td>…</td>`}<td>${target.map((value) => format(value, digits.value)).join(", ")}</td></tr>`;
  return html`<tr><th scope="col">${say("examples.row")}</th>${features.slice(0, COLUMNS).map((name) => html`<th key=${name} scope="col">${name}</th>`)}
      ${more && html`<th>…</th>`}<th scope="col">${say("examples.target")}</th></tr>
    ${means.length > 0 && html`${scale(say("examples.mean"), means, target_means)}${scale(say("examples.deviation"), deviations, target_deviations)}`}`;
}

/** @param {{at: number, pages: number, all: number, first: number, go: (page: number) => void}} props `first` is the first row to test on */
function Pager({ at, pages, all, first, go }) {
  const to = (/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => {
    const row = parse(event.currentTarget.value);
    if (row !== null) go(Math.min(Math.max(Math.floor((row - 1) / PAGE), 0), pages - 1));
  };
  return html`<div class="pager"><button disabled=${at === 0} onClick=${() => go(at - 1)}>${say("examples.earlier")}</button>
    <label>${say("examples.from")} <input key=${at} size="5" inputmode="numeric" defaultValue=${String(at * PAGE + 1)} onChange=${to} /> ${say("examples.to", { last: Math.min((at + 1) * PAGE, all) })}</label>
    ${first < all && html`<button onClick=${() => go(Math.floor(first / PAGE))}>${say("examples.tests")}</button>`}
    <button disabled=${at === pages - 1} onClick=${() => go(at + 1)}>${say("examples.later")}</button></div>`;
}

/** @param {{row: number, data: Rows, shown: boolean, inBatch: boolean}} props */
function Row({ row, data, shown, inBatch }) {
  const inputs = inputsOf(data, row);
  const test = row >= data.inputs.length;
  const pick = () => {
    guess.value = null;
    example.value = row;
  };
  return html`<tr class=${`${shown ? "shown" : ""}${inBatch ? " in-batch" : ""}${test ? " test" : ""}`} aria-current=${shown ? "true" : null} onClick=${pick}>
    <th scope="row"><button onClick=${pick} aria-label=${say(inBatch ? "examples.showInBatch" : test ? "examples.showTest" : "examples.show", { number: row + 1 })}>${row + 1}</button>${test && html`<small>${say("examples.test")}</small>`}</th>
    ${data.image ? html`<td><${Pixels} values=${pixelsOf(data, row)} image=${data.image} label="" /></td>` : inputs.slice(0, COLUMNS).map((value, k) => html`<td key=${k}>${format(value, digits.value)}</td>`)}
    ${!data.image && inputs.length > COLUMNS && html`<td>…</td>`}
    <td>${targetOf(data, row)}</td></tr>`;
}

/** @param {Rows} data @param {number} row */
function targetOf(data, row) {
  const [{ classes }, values] = [data, targetsOf(data, row).map(Number)];
  if (!classes) return values.map((value) => format(value, digits.value)).join(", ");
  return values.length === 1 ? format(values[0], digits.value) : (classes[values.indexOf(Math.max(...values))] ?? "");
}
