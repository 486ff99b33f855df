/**
 * Hints: one thing worth knowing at the moment when it helps, until it is dismissed for good.
 */

/** @typedef {{position: {iteration: number, operation: number, operations: number}, phase: string, stepBy: string, selected: boolean}} Moment */
/** @typedef {{name: string, when: (moment: Moment) => boolean, text: string}} Hint */

/** @type {Hint[]} */
export const HINTS = [
  { name: "click", when: ({ position, selected }) => position.operation >= 3 && !selected, text: "Click any number on the picture to read where it comes from." },
  { name: "larger", when: ({ position, stepBy }) => position.operation >= 8 && stepBy === "operation", text: "Too many small steps? “Step by” goes by neuron, by layer, or by whole pass." },
  { name: "backward", when: ({ phase }) => phase === "backward", text: "Now it runs backward: each number says how the cost would change with it." },
  { name: "predict", when: ({ position }) => position.iteration >= 1, text: "“Predict the next”, beside the step, asks you for each number before it is shown." },
  { name: "function", when: ({ position }) => position.iteration >= 2, text: "“Function” above the picture shows what the network answers to all inputs at once." },
];
