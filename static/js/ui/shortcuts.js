/**
 * Keys for the whole page: ignored while typing, and a key with a modifier is another key.
 */

/** @typedef {{keys: string[], does: string, run: (event: KeyboardEvent) => void, group: string, of?: string}} Shortcut `of`: the control that does the same */

/** How a key press is written: `Ctrl+Shift+z`, `ArrowRight`, `?`. @param {KeyboardEvent} event */
export function written(event) {
  const named = event.key.length > 1 || event.key === " ";
  const key = event.key === " " ? "Space" : named ? event.key : event.key.toLowerCase();
  const shift = event.shiftKey && (named || event.ctrlKey || event.metaKey || /[a-z]/i.test(event.key));
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** @param {EventTarget | null} target */
function typing(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["range", "checkbox", "radio", "button"].includes(target.type);
}

/** Space belongs to a button that has the focus. @param {Element | null} target */
const pressable = (target) => target !== null && target.closest("button, a, summary, [role=button], input[type=checkbox]") !== null;

/**
 * @param {Document} document
 * @param {Shortcut[]} shortcuts
 * @param {(key: string) => boolean} acts whether a key, as it is written, does what it stands for
 * @param {(sign: string) => boolean} holds whether a sign is kept for a field that is still coming
 * @returns {() => void} stops listening
 */
export function listen(document, shortcuts, acts, holds) {
  const table = new Map(shortcuts.flatMap((shortcut) => shortcut.keys.map((key) => [key, shortcut])));
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (event.key === "Escape" && document.querySelector(":popover-open")) return;
    if (document.querySelector("dialog[open]") || (typing(target) && event.key !== "Escape")) return;
    if ((event.key === " " || event.key === "Enter") && pressable(target)) return;
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && holds(event.key)) return event.preventDefault();
    const shortcut = table.get(written(event));
    if (!shortcut || !acts(written(event))) return;
    event.preventDefault();
    shortcut.run(event);
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}
