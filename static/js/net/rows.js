/**
 * The rows of the data, whether they are to learn from or to test on.
 * @import {DataChoice, Rows} from "../types.js"
 */

/** @param {Rows["inputs"]} table */
const numbers = (table) => table.map((row) => row.map(Number));

/** What asks for such data again, some of it replaced. @param {Rows} data @param {Partial<Pick<Rows, "inputs" | "targets">>} [other] @returns {DataChoice} */
export const choiceOf = ({ features, target_names, classes, test_inputs, test_targets, ...data }, { inputs = data.inputs, targets = data.targets } = {}) => ({
  features, target_names, classes: classes ?? [], inputs: numbers(inputs), targets: numbers(targets), test_inputs: numbers(test_inputs), test_targets: numbers(test_targets),
});

/** @param {Rows} data @param {number} row */
export const inputsOf = ({ inputs, test_inputs }, row) => inputs[row] ?? test_inputs[row - inputs.length] ?? [];

/** @param {Rows} data @param {number} row */
export const targetsOf = ({ targets, test_targets }, row) => targets[row] ?? test_targets[row - targets.length] ?? [];

/** Inputs in the units of the data, from what the network sees where they are standardised. @param {Rows | null} data @param {number[]} values */
export const asGiven = (data, values) => values.map((value, k) => value * (data?.deviations[k] ?? 1) + (data?.means[k] ?? 0));

/** What the network sees, from inputs in the units of the data. @param {Rows | null} data @param {number[]} values */
export const asSeen = (data, values) => values.map((value, k) => (value - (data?.means[k] ?? 0)) / (data?.deviations[k] ?? 1));

/** A row's inputs as they were before they were standardised. @param {Rows} data @param {number} row */
export const pixelsOf = (data, row) => asGiven(data, inputsOf(data, row).map(Number));

/** More rows than can be edited by hand are for a file. */
export const MOST_ROWS = 200;
/** More columns do not fit. */
export const MOST_COLUMNS = 20;

/** Rows to be read: their columns and classes called as in the reader's language. @param {Rows} rows @param {{features: string[], targets: string[], classes: string[] | null}} data @returns {Rows} */
export const called = (rows, { features, targets, classes }) => ({ ...rows, features, target_names: targets, classes });

/** Whether data is small enough to be edited by hand. @param {Rows} data */
export const editable = (data) => data.inputs.length <= MOST_ROWS && data.features.length + data.target_names.length <= MOST_COLUMNS && !data.image;
