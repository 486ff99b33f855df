/**
 * A row of the data, whether it is one to learn from or one to test on.
 * @import {Rows} from "../types.js"
 */

/** @param {Rows} data @param {number} row */
export const inputsOf = ({ inputs, test_inputs }, row) => inputs[row] ?? test_inputs[row - inputs.length] ?? [];

/** A row's inputs as they were before they were standardised. @param {Rows} data @param {number} row */
export const pixelsOf = (data, row) => inputsOf(data, row).map((value, k) => Number(value) * (data.deviations[k] ?? 1) + (data.means[k] ?? 0));
