/**
 * The same network anew, after the server has lost the session; what it was is known only here.
 * @import {DataChoice, Spec, State} from "../types.js"
 */
import { choiceOf } from "../net/rows.js";
import { begin, begun, catalog, fetchCatalog, rows, session } from "./session.js";

/** @param {string} preset where nothing is known */
export async function beginAgain(preset) {
  await fetchCatalog();
  const now = session.peek();
  return begin(now ? { spec: now.spec, data: dataOf(now), ...given(now) } : { preset });
}

/** What to ask for to have a session's data again: as this page asked for it, or all rows of one's own. @param {State} state @returns {DataChoice} */
function dataOf({ id, data: { choice } }) {
  if (choice) return choice;
  const start = begun.peek();
  if (start?.id === id && "data" in start.init) return start.init.data;
  const own = rows.peek();
  return own ? choiceOf(own) : {};
}

/** The start parameters that this page's session was begun with; nothing where they were drawn. @param {State} now */
function given(now) {
  const start = begun.peek();
  if (start?.id !== now.id || drawnBy(start.spec) !== drawnBy(now.spec)) return {};
  const { init } = start;
  const { parameters } = "preset" in init ? (catalog.peek()?.presets.find(({ name }) => name === init.preset)?.body ?? {}) : init;
  return parameters ? { parameters } : {};
}

/** What the start parameters depend on. @param {Spec} spec */
const drawnBy = ({ layers, initializer, seed }) => JSON.stringify([layers.map(({ units }) => units), initializer, seed]);
