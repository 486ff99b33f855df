/**
 * This browser's own key, which nobody can guess: its sessions are listed to whoever sends it.
 */

const KEY = "stepgrad.owner";

/** A key that nobody can guess. @returns {string} */
export function drawn() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

/** Drawn once, and kept in this browser. @returns {string} */
function kept() {
  const before = localStorage.getItem(KEY) ?? "";
  const key = /^[\w-]{22,64}$/.test(before) ? before : drawn();
  localStorage.setItem(KEY, key);
  return key;
}

/** One key for this page alone where the browser keeps nothing. @type {string} */
let key = "";

export function owner() {
  if (!key) {
    try {
      key = kept();
    } catch {
      key = drawn();
    }
  }
  return key;
}
