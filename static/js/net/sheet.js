/**
 * Data as a sheet of texts that is edited: cells, rows, columns, names, and blocks pasted from a spreadsheet.
 * @import {DataChoice, Rows} from "../types.js"
 */
import { parse } from "../number.js";
import { MOST_ROWS } from "./rows.js";

/**
 * @typedef {object} Sheet
 * @property {string[]} names of the columns, inputs first
 * @property {number} inputs how many of the columns are inputs
 * @property {string[][]} rows
 */

/** The row of the names. */
export const NAMES = -1;

/** @param {Rows} data @returns {Sheet} */
export const sheetOf = ({ features, target_names, inputs, targets }) => ({
  names: [...features, ...target_names], inputs: features.length,
  rows: inputs.map((row, k) => [...row, ...(targets[k] ?? [])].map(String)),
});

/** @param {Sheet} sheet @param {number} row NAMES for a name @param {number} column @param {string} text @returns {Sheet} */
export function put(sheet, row, column, text) {
  const within = (/** @type {string[]} */ cells) => cells.map((cell, k) => (k === column ? text : cell));
  return row === NAMES ? { ...sheet, names: within(sheet.names) } : { ...sheet, rows: sheet.rows.map((cells, k) => (k === row ? within(cells) : cells)) };
}

/** One more row at the end, like the last one. @param {Sheet} sheet @returns {Sheet} */
export const addRow = (sheet) => ({ ...sheet, rows: [...sheet.rows, [...(sheet.rows.at(-1) ?? sheet.names.map(() => "0"))]].slice(0, MOST_ROWS) });

/** @param {Sheet} sheet @param {number} row @returns {Sheet} */
export const removeRow = (sheet, row) => ({ ...sheet, rows: sheet.rows.toSpliced(row, 1) });

/** One more input or target, 0 in every row. @param {Sheet} sheet @param {"input" | "target"} part @returns {Sheet} */
export function addColumn(sheet, part) {
  const at = part === "input" ? sheet.inputs : sheet.names.length;
  const name = part === "input" ? `x${at + 1}` : `y${at - sheet.inputs + 1}`;
  return { names: sheet.names.toSpliced(at, 0, name), inputs: sheet.inputs + Number(part === "input"), rows: sheet.rows.map((cells) => cells.toSpliced(at, 0, "0")) };
}

/** @param {Sheet} sheet @param {number} column @returns {Sheet} */
export const removeColumn = (sheet, column) => ({
  names: sheet.names.toSpliced(column, 1), inputs: sheet.inputs - Number(column < sheet.inputs), rows: sheet.rows.map((cells) => cells.toSpliced(column, 1)),
});

/** Whether a column can go: an input and a target stay. @param {Sheet} sheet @param {number} column */
export const removable = ({ inputs, names }, column) => (column < inputs ? inputs > 1 : names.length - inputs > 1);

/** The cells of a copied block, or null for a single one. @param {string} text @returns {string[][] | null} */
export function block(text) {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const cells = lines.map((line) => line.split("\t").map((cell) => cell.trim()));
  return cells.length > 1 || (cells[0]?.length ?? 0) > 1 ? cells : null;
}

/** A block laid over the sheet from a cell on; rows are added where it is longer, what is wider is left out. @param {Sheet} sheet @param {number} row @param {number} column @param {string[][]} cells */
export function pasted(sheet, row, column, cells) {
  let next = sheet;
  for (const [k, line] of cells.entries()) {
    if (row + k >= next.rows.length) next = addRow(next);
    for (const [j, text] of line.entries()) next = put(next, row + k, column + j, text);
  }
  return next;
}

/** The cells that hold no number. @param {Sheet} sheet @returns {[row: number, column: number][]} */
export const wrongIn = ({ rows }) => rows.flatMap((cells, row) => cells.flatMap((cell, column) => (parse(cell) === null ? [/** @type {[number, number]} */ ([row, column])] : [])));

/**
 * What asks for the sheet as data; rows to test on stay while the columns do.
 * @param {Sheet} sheet @param {Rows} before @returns {DataChoice}
 */
export function dataOf({ names, inputs, rows }, before) {
  const numbers = rows.map((cells) => cells.map((cell) => parse(cell) ?? NaN));
  const [features, targets] = [names.slice(0, inputs), names.slice(inputs)];
  const alike = features.length === before.features.length && targets.length === before.target_names.length;
  const values = (/** @type {Rows["inputs"]} */ table) => table.map((row) => row.map(Number));
  return {
    inputs: numbers.map((row) => row.slice(0, inputs)), targets: numbers.map((row) => row.slice(inputs)), features, target_names: targets,
    classes: before.classes && alike ? (targets.length === 1 ? before.classes : targets) : [],
    test_inputs: alike ? values(before.test_inputs) : [], test_targets: alike ? values(before.test_targets) : [],
  };
}
