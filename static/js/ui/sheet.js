/**
 * A sheet whose cells are typed in, walked through by arrow keys, and pasted into.
 */
import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { say } from "../words/say.js";

/**
 * @typedef {object} Cells
 * @property {string[]} names
 * @property {number} inputs how many of the columns are inputs
 * @property {string[][]} rows
 *
 * @typedef {object} Doing
 * @property {(row: number, column: number, text: string) => void} put row −1 holds the names
 * @property {(row: number, column: number, text: string) => boolean} paste whether it was a block of cells
 * @property {(row: number) => void} removeRow
 * @property {(column: number) => void} removeColumn
 */

/** @typedef {Event & {currentTarget: HTMLInputElement}} Typed */

/** @param {{sheet: Cells, wrong: (row: number, column: number) => boolean, removable: (column: number) => boolean, doing: Doing}} props */
export function SheetTable({ sheet, wrong, removable, doing }) {
  const table = useRef(/** @type {HTMLTableElement | null} */ (null));
  const { names, inputs, rows } = sheet;
  const cell = (/** @type {number} */ row, /** @type {number} */ column, /** @type {string} */ text) => html`<input value=${text} size="7" autocomplete="off" spellcheck=${false}
    inputmode=${row < 0 ? null : "decimal"} data-cell=${`${row},${column}`} aria-invalid=${wrong(row, column)}
    aria-label=${row < 0 ? say(column < inputs ? "sheet.inputName" : "sheet.targetName", { number: column < inputs ? column + 1 : column - inputs + 1 }) : say("sheet.cell", { name: names[column] ?? "", row: row + 1 })}
    onChange=${(/** @type {Typed} */ { currentTarget }) => doing.put(row, column, currentTarget.value)}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => walk(event, row, column)}
    onPaste=${(/** @type {ClipboardEvent} */ event) => doing.paste(row, column, event.clipboardData?.getData("text") ?? "") && event.preventDefault()} />`;
  const walk = (/** @type {KeyboardEvent} */ event, /** @type {number} */ row, /** @type {number} */ column) => {
    const by = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const there = table.current?.querySelector(`[data-cell="${row + by},${column}"]`);
    if (!(there instanceof HTMLInputElement)) return;
    there.focus();
    there.select();
  };
  return html`<div class="scroll sheet-scroll"><table class="sheet-table" ref=${table}>
    <thead><tr><td></td>${names.map((name, column) => html`<th key=${column} scope="col" class=${column >= inputs ? "target" : ""}><small>${column < inputs ? "input" : "target"}
      ${removable(column) && html`<button type="button" class="quiet" aria-label=${say("sheet.removeColumn", { name })} onClick=${() => doing.removeColumn(column)}>×</button>`}</small>${cell(-1, column, name)}</th>`)}</tr></thead>
    <tbody>${rows.map((cells, row) => html`<tr key=${row}><th scope="row">${row + 1}</th>${cells.map((text, column) => html`<td key=${column} class=${column >= inputs ? "target" : ""}>${cell(row, column, text)}</td>`)}
      <td><button type="button" class="quiet" disabled=${rows.length === 1} aria-label=${say("sheet.removeRow", { row: row + 1 })} onClick=${() => doing.removeRow(row)}>×</button></td></tr>`)}</tbody>
  </table></div>`;
}
