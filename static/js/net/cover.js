/**
 * A state and an explanation without the numbers that were computed: what is to be predicted is not told, what is given stays.
 * @import {Explanation, Operand, State} from "../types.js"
 */

/** What is not computed: inputs, targets, and parameters as the iteration found them. */
const GIVEN = /^(a0|y|t|mask\d+|[Wb]\d+)$/;

/** @param {Operand} operand @returns {Operand} */
const hidden = (operand) => (GIVEN.test(operand.tensor) ? operand : { ...operand, value: null, text: "?" });

/** The rule, with names, and with what was given. @param {Explanation} it @returns {Explanation} */
export function coveredExplanation(it) {
  if (GIVEN.test(it.tensor)) return it;
  const formula = it.formula && { ...it.formula, numbers: null };
  return { ...it, written: false, value: null, text: "?", sentence: "", formula, operands: it.operands.map(hidden), constants: [], running: null, derivation: null };
}

/** As far as the cursor is, but nothing computed can be seen. @param {State} state @returns {State} */
export function coveredState(state) {
  const { step } = state;
  return {
    ...state,
    cost: null,
    written: Object.fromEntries(Object.entries(state.written).map(([name, count]) => [name, GIVEN.test(name) ? count : 0])),
    step: step && { ...step, headline: null, explanation: coveredExplanation(step.explanation) },
  };
}
