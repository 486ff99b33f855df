/**
 * A text in which each term, where it is first mentioned, opens what it means.
 */
import { html } from "htm/preact";
import { useId, useRef } from "preact/hooks";
import { GLOSSARY, withTerms } from "../words/glossary.js";

/** @param {{text: string}} props */
export const Terms = ({ text }) => withTerms(text).map((piece, k) => (typeof piece === "string" ? piece : html`<${Term} key=${k} name=${piece.term} text=${piece.text} />`));

/** @param {{name: string, text: string}} props */
function Term({ name, text }) {
  const [id, button] = [useId(), useRef(/** @type {HTMLButtonElement | null} */ (null))];
  const term = GLOSSARY[name];
  const place = (/** @type {ToggleEvent & {currentTarget: HTMLElement}} */ { newState, currentTarget: note }) => {
    const at = button.current?.getBoundingClientRect();
    if (newState !== "open" || !at) return;
    const [wide, tall] = [note.offsetWidth, note.offsetHeight];
    note.style.left = `${Math.max(8, Math.min(at.left, innerWidth - wide - 8))}px`;
    note.style.top = `${at.bottom + tall + 12 < innerHeight ? at.bottom + 6 : Math.max(8, at.top - tall - 6)}px`;
  };
  return html`<button type="button" class="term" ref=${button} popovertarget=${id}>${text}</button>
    <span class="term-note" id=${id} popover="auto" onToggle=${place}><b>${term?.title}</b> ${term?.text}</span>`;
}
