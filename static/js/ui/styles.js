/**
 * Stylesheets that the page does not open with: the document names them in their order, disabled, so that none is fetched.
 */

/** @type {Map<string, Promise<unknown>>} */
const worn = new Map();

/** Fetches a stylesheet; resolves when it is in force, or cannot be had. @param {string} name its file's, without the end */
export function wear(name) {
  const known = worn.get(name);
  if (known) return known;
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector(`link[href$="/${name}.css"]`));
  const fetched = new Promise((resolve) => {
    if (!link) return resolve(null);
    link.onload = link.onerror = resolve;
    link.disabled = false;
  });
  worn.set(name, fetched);
  return fetched;
}
