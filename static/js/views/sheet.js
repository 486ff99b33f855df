/**
 * The data of the session as a table that is edited, then learned from.
 * @import {Rows} from "../types.js"
 * @import {Sheet} from "../net/sheet.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { MOST_COLUMNS, MOST_ROWS } from "../net/rows.js";
import { addColumn, addRow, block, dataOf, pasted, put, removable, removeColumn, removeRow, sheetOf, wrongIn } from "../net/sheet.js";
import { changeData } from "../state/edits.js";
import { dismiss } from "../state/problem.js";
import { rows } from "../state/session.js";
import { dialog } from "../state/view.js";
import { Dialog } from "../ui/dialog.js";
import { SheetTable } from "../ui/sheet.js";
import { say } from "../words/say.js";

export function EditData() {
  const data = rows.value;
  if (dialog.value !== "data" || !data) return null;
  const close = () => {
    dismiss();
    dialog.value = null;
  };
  return html`<${Dialog} title=${say("sheet.title")} onClose=${close} wide><${Draft} data=${data} close=${close} /></${Dialog}>`;
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
    <p class="hint">${say(data.means.length > 0 ? "sheet.howStandardised" : "sheet.how")}</p>
    <${SheetTable} sheet=${sheet} wrong=${(/** @type {number} */ k, /** @type {number} */ j) => missing.has(`${k},${j}`)} removable=${(/** @type {number} */ j) => removable(sheet, j)} doing=${doing} />
    <div class="edit-data-tools">
      <button type="button" disabled=${sheet.rows.length >= MOST_ROWS} onClick=${() => change(addRow)}>${say("sheet.addRow")}</button>
      <button type="button" disabled=${sheet.names.length >= MOST_COLUMNS} onClick=${() => change((now) => addColumn(now, "input"))}>${say("sheet.addInput")}</button>
      <button type="button" disabled=${sheet.names.length >= MOST_COLUMNS} onClick=${() => change((now) => addColumn(now, "target"))}>${say("sheet.addTarget")}</button>
      <button type="button" disabled=${drafts.length === 1} onClick=${() => setDrafts((all) => all.slice(0, -1))}>${say("sheet.undo")}</button></div>
    <p class=${wrong.length ? "hint wrong" : "hint"} role="status">${say(wrong.length > 1 ? "sheet.wrongMore" : wrong.length ? "sheet.wrong" : "sheet.starts", { name: sheet.names[column] ?? "", row: row + 1, more: wrong.length - 1 })}</p>
    <div class="edit-data-tools"><button class="primary" type="submit" disabled=${wrong.length > 0}>${say("sheet.learn")}</button><button type="button" class="quiet" onClick=${close}>${say("sheet.cancel")}</button></div>
  </form>`;
}
