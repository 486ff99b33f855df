// @ts-nocheck: tests hand over half-made data on purpose.
import { coveredExplanation, coveredState } from "/static/js/net/cover.js";
import { equal, test } from "/tests/js/test.js";

const weight = { tensor: "W1", index: [0, 1], value: 0.5, text: "0.5" };
const sum = { tensor: "z1", index: [0], value: 0.7, text: "0.7" };
const explanation = {
  tensor: "a1", index: [0], written: true, value: 0.6, text: "0.6", sentence: "It is 0.6.", title: "Activation", derivation: null,
  formula: { rule: ["mi"], named: ["mo"], numbers: ["mn"] }, operands: [weight, sum], constants: [], running: { value: 1, text: "1" },
};

test("a covered explanation keeps its rule and what was given, and tells no number that was computed", () => {
  const covered = coveredExplanation(explanation);
  equal(covered.formula, { rule: ["mi"], named: ["mo"], numbers: null });
  equal(covered.operands, [weight, { ...sum, value: null, text: "?" }]);
  equal([covered.written, covered.value, covered.text, covered.sentence, covered.running], [false, null, "?", "", null]);
  equal(/0\.[67]/.test(JSON.stringify(covered)), false);
  equal(coveredExplanation({ ...weight, written: true }), { ...weight, written: true });
});

test("a covered state stands where it stood, with no computed number and no cost", () => {
  const state = { position: { iteration: 1, operation: 7 }, cost: { total: 0.7 }, written: { W1: 4, z1: 2, a1: 1, "W1.new": 3 }, step: { kind: "activation", headline: "0.6!", explanation } };
  const covered = coveredState(state);
  equal(covered.written, { W1: 4, z1: 0, a1: 0, "W1.new": 0 });
  equal([covered.position, covered.cost, covered.step.kind, covered.step.headline], [state.position, null, "activation", null]);
  equal(coveredState({ ...state, step: null }).step, null);
});
