/**
 * Where this browser sits in which room, so that a reload finds the same seat: a teacher's in any window, a member's in its tab.
 */

/** @typedef {{key: string, session?: string}} Chair a teacher's, with her session */
/** @typedef {{token: string, member: number}} Place a member's */

/** @param {string} code */
const named = (code) => `stepgrad.room.${code}`;

/** @param {Storage} storage @param {string} code @returns {any} */
function recall(storage, code) {
  try {
    return JSON.parse(storage.getItem(named(code)) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Storage} storage @param {string} code @param {unknown} what null forgets it */
function keep(storage, code, what) {
  try {
    if (what === null) storage.removeItem(named(code));
    else storage.setItem(named(code), JSON.stringify(what));
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

/** @param {string} code @returns {Chair | null} */
export const chair = (code) => recall(localStorage, code);
/** @param {string} code @param {Chair | null} what */
export const keepChair = (code, what) => keep(localStorage, code, what);
/** @param {string} code @returns {Place | null} */
export const place = (code) => recall(sessionStorage, code);
/** @param {string} code @param {Place | null} what */
export const keepPlace = (code, what) => keep(sessionStorage, code, what);

/** A code as the server writes it, from one as people type it. @param {string | null} text */
export const plain = (text) => (text ?? "").replace(/[^a-z]/gi, "").toUpperCase();
