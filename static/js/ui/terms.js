/**
 * A text in which each term, where it is first mentioned, opens what it means.
 */
import { signal } from "@preact/signals";
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { withTerms } from "../words/glossary.js";
import { say } from "../words/say.js";

/** The term that was asked for last, and where it stands. @type {import("@preact/signals").Signal<{name: string, at: DOMRect} | null>} */
const asked = signal(null);
const NOTE = "term-note";

/** @param {{text: string}} props */
export const Terms = ({ text }) => withTerms(text).map((piece, k) => (typeof piece === "string" ? piece : html`<${Term} key=${k} name=${piece.term} text=${piece.text} />`));

/** @param {{name: string, text: string}} props */
function Term({ name, text }) {
  const ask = (/** @type {MouseEvent & {currentTarget: HTMLElement}} */ event) => (asked.value = { name, at: event.currentTarget.getBoundingClientRect() });
  return html`<button type="button" class="term" popovertarget=${NOTE} onClick=${ask}>${text}</button>`;
}

/** What the term means, beside it; once on a page. */
export function TermNote() {
  const note = useRef(/** @type {HTMLDivElement | null} */ (null));
  const term = asked.value?.name;
  const place = () => {
    const [element, at] = [note.current, asked.peek()?.at];
    if (!element?.matches(":popover-open") || !at) return;
    const [wide, tall] = [element.offsetWidth, element.offsetHeight];
    element.style.left = `${Math.max(8, Math.min(at.left, innerWidth - wide - 8))}px`;
    element.style.top = `${at.bottom + tall + 12 < innerHeight ? at.bottom + 6 : Math.max(8, at.top - tall - 6)}px`;
  };
  useLayoutEffect(place);
  return html`<div class="term-note" id=${NOTE} popover="auto" ref=${note} onToggle=${place}>${term && html`<b>${say(`glossary.${term}.title`)}</b> ${say(`glossary.${term}.text`)}`}</div>`;
}
