/**
 * What can be done about a finding: going to where it began, and learning slower.
 * @import {State} from "../types.js"
 */
import { startOver } from "./edits.js";
import { seek } from "./moves.js";
import { session } from "./session.js";

/** Goes to the start of the iteration in which a finding began. @param {number} iteration */
export const goToBegin = (iteration) => seek(0, iteration);

/** Goes to the first number that was not finite. @param {NonNullable<State["diverged"]>} end */
export const goToEnd = ({ iteration, operation }) => seek(operation, iteration);

/** From the start on with a tenth of the learning rate. */
export function learnSlower() {
  const now = session.peek();
  if (now) startOver({ ...now.spec, optimizer: { ...now.spec.optimizer, learning_rate: slower(now) } });
}

/** A tenth of the learning rate, without a trace of the division. @param {State} state */
export const slower = ({ spec }) => Number((Number(spec.optimizer["learning_rate"]) / 10).toPrecision(12));
