/**
 * What the server tells by itself: one stream of events for the session of this page.
 * @import {Point, Position} from "./types.js"
 */

/** @typedef {Position & {revision: number, edition: number}} Moved */
/** @typedef {{position: (moved: Moved) => void, metrics: (measured: {edition: number, newest: Point}) => void}} Ears */

/**
 * Listens until it is told not to; a connection that breaks is taken up again by the browser.
 * @param {string} id the session @param {Ears} ears
 * @returns {() => void} stops listening
 */
export function listen(id, ears) {
  const source = new EventSource(`api/sessions/${encodeURIComponent(id)}/events`);
  for (const [name, hear] of Object.entries(ears)) {
    source.addEventListener(name, (/** @type {MessageEvent} */ event) => hear(JSON.parse(event.data)));
  }
  return () => source.close();
}
