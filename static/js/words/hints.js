/**
 * Hints: one thing worth knowing at the moment when it helps, until it is dismissed for good; of several, what is newest on the way.
 */

/** @typedef {{position: {iteration: number, operation: number, operations: number}, phase: string, stepBy: string, selected: boolean}} Moment */
/** @typedef {{name: string, when: (moment: Moment) => boolean}} Hint its words stand under its name */

/** @type {Hint[]} */
export const HINTS = [
  { name: "backward", when: ({ phase }) => phase === "backward" },
  { name: "function", when: ({ position }) => position.iteration >= 2 },
  { name: "predict", when: ({ position }) => position.iteration >= 1 },
  { name: "larger", when: ({ position, stepBy }) => position.operation >= 8 && stepBy === "operation" },
  { name: "click", when: ({ position, selected }) => position.operation >= 3 && !selected },
];
