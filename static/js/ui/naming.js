/**
 * A name that is typed in the place of the one before; Escape leaves it as it was.
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { say } from "../words/say.js";

/** @param {{value: string, label: string, onName: (name: string) => void, onClose: () => void}} props */
export function Naming({ value, label, onName, onClose }) {
  const [name, setName] = useState(value);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onClose();
    onName(name);
  };
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return html`<form class="naming" onSubmit=${submit}><input ref=${(/** @type {HTMLInputElement | null} */ field) => field?.focus()} aria-label=${label} maxlength="100" value=${name}
    onInput=${(/** @type {Event} */ event) => setName(/** @type {HTMLInputElement} */ (event.currentTarget).value)} onKeyDown=${leave} /> <button type="submit">${say("sessions.set")}</button></form>`;
}
