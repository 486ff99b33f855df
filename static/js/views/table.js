/**
 * Every number of the iteration in a table: sorted by any column, beside those of another example, copied as CSV.
 * @import {Column, Row} from "../net/table.js"
 */
import { computed, signal } from "@preact/signals";
import { html } from "htm/preact";
import { sameRef } from "../net/places.js";
import { csv, difference, everyNumber, kindOf, kindsOf, MOST, sorted } from "../net/table.js";
import { format } from "../number.js";
import { compared, comparison, keepComparing } from "../state/compare.js";
import { digits } from "../state/preferences.js";
import { reading, rows as examples, session, signs, tape } from "../state/session.js";
import { selection } from "../state/view.js";
import { Copy } from "../ui/copy.js";
import { Choice } from "../ui/field.js";
import { say } from "../words/say.js";

keepComparing();

/** More rows than this are not drawn; all are sorted and copied. */
const DRAWN = 400;
/** @type {import("@preact/signals").Signal<{column: Column, down: boolean}>} */
const order = signal({ column: "order", down: false });
/** The kind of numbers that are listed; empty for all. */
const kind = signal("");

const all = computed(() => {
  const [state, numbers] = [session.value, tape.value];
  if (!state || !numbers) return [];
  return everyNumber({ spec: state.spec, data: state.data, tape: numbers, reading: reading.value, other: comparison.value, signs: signs.value });
});
const listed = computed(() => sorted(kind.value ? all.value.filter((row) => kindOf(row) === kind.value) : all.value, order.value.column, order.value.down));

export function Table() {
  const state = session.value;
  if (!state) return null;
  const beside = compared.value !== null;
  const shown = listed.value.slice(0, DRAWN);
  return html`<section class="table" aria-label=${say("panels.numbers")}>
    <div class="table-tools">
      <${Choice} label=${say("table.numbers")} value=${kind.value} options=${[{ name: "", title: say("table.all") }, ...kindsOf(all.value).map(({ kind: name, sign }) => ({ name, title: sign }))]} onChange=${(/** @type {string} */ name) => (kind.value = name)} />
      <${Choice} label=${say("table.beside", { number: state.batch.shown + 1 })} value=${String(compared.value ?? "")} options=${others(state.batch.shown)} onChange=${(/** @type {string} */ name) => (compared.value = name === "" ? null : Number(name))} />
      <span class="hint">${say(shown.length < listed.value.length ? "layers.countOf" : "ends.numbers", { count: shown.length, of: listed.value.length })}${all.value.length === MOST ? say("table.first") : ""}</span>
      <${Copy} label=${say("table.copyWhat")} name=${say("table.copy")} text=${async () => csv(listed.peek(), beside)} />
    </div>
    <div class="table-scroll"><table>
      <thead><tr><${Head} column="sign" title=${say("table.number")} /><${Head} column="where" title=${say("table.of")} /><${Head} column="value" title=${beside ? say("table.example", { number: state.batch.shown + 1 }) : say("table.value")} />
        ${beside ? html`<${Head} column="other" title=${say("table.example", { number: Number(compared.value) + 1 })} /><${Head} column="difference" title=${say("table.difference")} />` : html`<${Head} column="size" title=${say("table.size")} />`}</tr></thead>
      <tbody>${shown.map((row) => html`<${Line} key=${`${row.tensor}:${row.index}`} row=${row} beside=${beside} />`)}</tbody>
    </table></div>
  </section>`;
}

/** The rows that can stand beside the shown one; a list longer than this serves nobody. @param {number} shown */
function others(shown) {
  const count = Math.min(examples.value?.inputs.length ?? 0, 500);
  return [{ name: "", title: say("table.nothing") }, ...Array.from({ length: count }, (_, row) => ({ name: String(row), title: say("plot.example", { number: row + 1 }) })).filter((_, row) => row !== shown)];
}

/** Sorted by once, then the other way round, then as they are computed. @param {{column: Column, title: string}} props */
function Head({ column, title }) {
  const { column: by, down } = order.value;
  const mine = by === column;
  const turn = () => (order.value = !mine ? { column, down: column !== "sign" && column !== "where" } : down === (column !== "sign" && column !== "where") ? { column, down: !down } : { column: "order", down: false });
  return html`<th scope="col" aria-sort=${mine ? (down ? "descending" : "ascending") : "none"}><button class="quiet" onClick=${turn}>${title}${mine ? (down ? " ↓" : " ↑") : ""}</button></th>`;
}

/** @param {{row: Row, beside: boolean}} props */
function Line({ row, beside }) {
  const { tensor, index, value } = row;
  const chosen = selection.value !== null && sameRef(selection.value, row);
  const pick = () => (selection.value = { tensor, index });
  return html`<tr class=${chosen ? "shown" : ""} aria-current=${chosen ? "true" : null} onClick=${pick}>
    <th scope="row"><button onClick=${pick} aria-label=${say("looking.of", { sign: row.sign, name: row.where })}>${row.sign}</button></th><td class="of">${row.where}</td>
    <td>${value === null ? html`<span class="unwritten">–</span>` : html`<span class="number" data-tensor=${tensor} data-index=${index.join(",")} data-value=${value}>${format(value, digits.value)}</span>`}</td>
    ${beside ? html`<td>${shown(row.other)}</td><td>${shown(difference(row))}</td>` : html`<td>${shown(value === null ? null : Math.abs(value))}</td>`}</tr>`;
}

/** @param {number | null} value */
const shown = (value) => (value === null ? "–" : format(value, digits.value));
