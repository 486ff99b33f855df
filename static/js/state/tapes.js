/**
 * The tapes that this page already has: each is fetched once, until an edit makes another edition, and a few are kept.
 * @import {State, Tape} from "../types.js"
 */
import * as api from "../api.js";

const KEPT = 6;
/** @type {Map<string, Promise<Tape>>} */
const tapes = new Map();

/** @param {State} state */
const outside = ({ batch }) => (batch.examples.includes(batch.shown) ? null : batch.shown);

/** Every number of the state's iteration. @param {State} state @returns {Promise<Tape>} */
export const tapeOf = (state) => fetched(state, state.position.iteration, outside(state));

/** The same, with another row of the data. @param {State} state @param {number} row @returns {Promise<Tape>} */
export const tapeWith = (state, row) => fetched(state, state.position.iteration, state.batch.examples.includes(row) ? null : row);

/** Asks for the next iteration's tape before it is needed, if there is one: once this iteration is under way. @param {State} state */
export function fetchNext(state) {
  if (state.position.operation === 0 || state.diverged?.iteration === state.position.iteration) return;
  fetched(state, state.position.iteration + 1, null).catch(() => undefined);
}

/** @param {State} state @param {number} iteration @param {number | null} row */
function fetched(state, iteration, row) {
  const key = `${state.id} ${state.edition} ${iteration} ${row}`;
  const known = tapes.get(key);
  if (known) return known;
  const asked = api.tape(state.id, iteration, row);
  tapes.set(key, asked);
  asked.catch(() => tapes.delete(key));
  for (const old of [...tapes.keys()].slice(0, -KEPT)) tapes.delete(old);
  return asked;
}
