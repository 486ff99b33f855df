/**
 * The data of the session as a table that is edited, then learned from.
 * @import {Rows} from "../types.js"
 * @import {Sheet} from "../net/sheet.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { addColumn, addRow, block, dataOf, MOST_COLUMNS, MOST_ROWS, pasted, put, removable, removeColumn, removeRow, sheetOf, wrongIn } from "../net/sheet.js";
import { changeData } from "../state/edits.js";
import { dismiss } from "../state/problem.js";
import { rows } from "../state/session.js";
import { dialog } from "../state/view.js";
import { Dialog } from "../ui/dialog.js";
import { SheetTable } from "../ui/sheet.js";

export function EditData() {
  const data = rows.value;
  if (dialog.value !== "data" || !data) return null;
  const close = () => {
    dismiss();
    dialog.value = null;
  };
  return html`<${Dialog} title="Edit data" onClose=${close} wide><${Draft} data=${data} close=${close} /></${Dialog}>`;
}

/** @param {{data: Rows, close: () => void}} props */
function Draft({ data, close }) {
  const [drafts, setDrafts] = useState(() => [sheetOf(data)]);
  const sheet = /** @type {Sheet} */ (drafts.at(-1));
  const change = (/** @type {(sheet: Sheet) => Sheet} */ make) => setDrafts((all) => [...all, make(/** @type {Sheet} */ (all.at(-1)))]);
  const wrong = wrongIn(sheet);
  const missing = new Set(wrong.map(String));
  /** @type {import("../ui/sheet.js").Doing} */
  const doing = {
    put: (row, column, text) => change((now) => put(now, row, column, text)),
    paste: (row, column, text) => {
      const cells = block(text);
      if (cells) change((now) => pasted(now, row, column, cells));
      return cells !== null;
    },
    removeRow: (row) => change((now) => removeRow(now, row)),
    removeColumn: (column) => change((now) => removeColumn(now, column)),
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (wrong.length === 0 && (drafts.length === 1 || (await changeData(dataOf(sheet, data))))) close();
  };
  const [row = 0, column = 0] = wrong[0] ?? [];
  return html`<form class="edit-data" onSubmit=${submit}>
    <p class="hint">Type, or paste cells from a spreadsheet at any cell: 0.5, 0,5 or 1/3.${data.means.length > 0 && " The inputs are as the network sees them, standardised."}</p>
    <${SheetTable} sheet=${sheet} wrong=${(/** @type {number} */ k, /** @type {number} */ j) => missing.has(`${k},${j}`)} removable=${(/** @type {number} */ j) => removable(sheet, j)} doing=${doing} />
    <div class="edit-data-tools">
      <button type="button" disabled=${sheet.rows.length >= MOST_ROWS} onClick=${() => change(addRow)}>Add a row</button>
      <button type="button" disabled=${sheet.names.length >= MOST_COLUMNS} onClick=${() => change((now) => addColumn(now, "input"))}>Add an input</button>
      <button type="button" disabled=${sheet.names.length >= MOST_COLUMNS} onClick=${() => change((now) => addColumn(now, "target"))}>Add a target</button>
      <button type="button" disabled=${drafts.length === 1} onClick=${() => setDrafts((all) => all.slice(0, -1))}>Undo</button></div>
    <p class=${wrong.length ? "hint wrong" : "hint"} role="status">${wrong.length ? `${sheet.names[column]}, row ${row + 1} is not a number${wrong.length > 1 ? `, and ${wrong.length - 1} more` : ""}.`
      : "Learning from other data starts at iteration 1. Another number of columns draws all parameters anew. Undo brings the data back."}</p>
    <div class="edit-data-tools"><button class="primary" type="submit" disabled=${wrong.length > 0}>Learn from this</button><button type="button" class="quiet" onClick=${close}>Cancel</button></div>
  </form>`;
}
