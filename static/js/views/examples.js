/**
 * The rows of the data: any of them can be the example shown.
 * @import {Rows} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { digits } from "../state/preferences.js";
import { rows, session } from "../state/session.js";
import { example, guess } from "../state/view.js";
import { format } from "../number.js";

const PAGE = 50;
const COLUMNS = 6;


export function Examples() {
  const [state, data] = [session.value, rows.value];
  const [page, setPage] = useState(/** @type {number | null} */ (null));
  if (!state || !data) return null;
  const { shown, examples } = state.batch;
  const pages = Math.ceil(data.inputs.length / PAGE);
  const at = Math.min(page ?? Math.floor(shown / PAGE), pages - 1);
  return html`<details class="examples" open=${data.inputs.length <= 12}>
    <summary>Examples <span class="count">${data.inputs.length === 1 ? "1 row" : `${data.inputs.length} rows`}</span></summary>
    <div class="scroll"><table>
      <thead><tr><th scope="col">row</th>${data.features.slice(0, COLUMNS).map((name) => html`<th key=${name} scope="col">${name}</th>`)}
        ${data.features.length > COLUMNS && html`<th>…</th>`}<th scope="col">target</th></tr></thead>
      <tbody>${data.inputs.slice(at * PAGE, (at + 1) * PAGE).map((_, k) => html`<${Row} key=${at * PAGE + k} row=${at * PAGE + k} data=${data}
        shown=${at * PAGE + k === shown} inBatch=${examples.includes(at * PAGE + k)} />`)}</tbody>
    </table></div>
    ${pages > 1 && html`<div class="pager"><button disabled=${at === 0} onClick=${() => setPage(at - 1)}>Earlier</button>
      <span>${at * PAGE + 1}–${Math.min((at + 1) * PAGE, data.inputs.length)}</span>
      <button disabled=${at === pages - 1} onClick=${() => setPage(at + 1)}>Later</button></div>`}
  </details>`;
}

/** @param {{row: number, data: Rows, shown: boolean, inBatch: boolean}} props */
function Row({ row, data, shown, inBatch }) {
  const inputs = data.inputs[row] ?? [];
  const pick = () => {
    guess.value = null;
    example.value = row;
  };
  return html`<tr class=${`${shown ? "shown" : ""}${inBatch ? " in-batch" : ""}`} aria-current=${shown ? "true" : null} onClick=${pick}>
    <th scope="row"><button onClick=${pick} aria-label=${`Show example ${row + 1}${inBatch ? ", in this batch" : ""}`}>${row + 1}</button></th>
    ${inputs.slice(0, COLUMNS).map((value, k) => html`<td key=${k}>${format(value, digits.value)}</td>`)}
    ${inputs.length > COLUMNS && html`<td>…</td>`}
    <td>${targetOf(data, row)}</td></tr>`;
}

/** @param {Rows} data @param {number} row */
function targetOf({ targets, classes }, row) {
  const values = (targets[row] ?? []).map(Number);
  if (!classes) return values.map((value) => format(value, digits.value)).join(", ");
  return values.length === 1 ? format(values[0], digits.value) : (classes[values.indexOf(Math.max(...values))] ?? "");
}
