/**
 * Where this browser sits in which room, so that a reload finds the same seat: a teacher's in any window, a member's in its tab.
 */

/** @typedef {{key: string, session?: string}} Chair a teacher's, with her session */
/** @typedef {{token: string, member: number}} Place a member's */

/** @param {string} code */
const named = (code) => `stepgrad.room.${code}`;

/** @typedef {"localStorage" | "sessionStorage"} Where all windows, or this one's tab */

/** @param {Where} where @param {string} code @returns {any} */
function recall(where, code) {
  try {
    return JSON.parse(window[where].getItem(named(code)) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Where} where @param {string} code @param {unknown} what null forgets it */
function keep(where, code, what) {
  try {
    if (what === null) window[where].removeItem(named(code));
    else window[where].setItem(named(code), JSON.stringify(what));
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

/** @param {string} code @returns {Chair | null} */
export const chair = (code) => recall("localStorage", code);
/** @param {string} code @param {Chair | null} what */
export const keepChair = (code, what) => keep("localStorage", code, what);
/** @param {string} code @returns {Place | null} */
export const place = (code) => recall("sessionStorage", code);
/** @param {string} code @param {Place | null} what */
export const keepPlace = (code, what) => keep("sessionStorage", code, what);

/** The address that was typed for the class, empty if none was. @returns {string} */
export const typedAddress = () => recall("localStorage", "address") ?? "";
/** @param {string} address */
export const keepAddress = (address) => keep("localStorage", "address", address);

/** A code as the server writes it, from one as people type it. @param {string | null} text */
export const plain = (text) => (text ?? "").replace(/[^a-z]/gi, "").toUpperCase();
