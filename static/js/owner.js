/**
 * This browser's own key, which nobody can guess: its sessions are listed to whoever sends it.
 */

const KEY = "stepgrad.owner";

/** Made once, and kept in this browser. @returns {string} */
function made() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

/** @returns {string} */
function kept() {
  const before = localStorage.getItem(KEY) ?? "";
  const key = /^[\w-]{22,64}$/.test(before) ? before : made();
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
      key = made();
    }
  }
  return key;
}
