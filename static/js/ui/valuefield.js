/**
 * A number typed in where it stands, over a drawing: Enter sets it, Escape leaves it as it was.
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { parse } from "../number.js";
import { say } from "../words/say.js";

/** @param {{label: string, value: number, x: number, y: number, onSet: (value: number) => void, onClose: () => void, typed?: string}} props `typed`: what was typed before the field was there */
export function ValueField({ label, value, x, y, onSet, onClose, typed = "" }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [wrong, setWrong] = useState(false);
  const before = useRef(document.activeElement);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(typed.length, typed ? typed.length : String(value).length);
  }, []);
  /** Back to where one came from. */
  const done = () => {
    onClose();
    if (before.current instanceof SVGElement) before.current.focus();
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const number = parse(field.current?.value ?? "");
    setWrong(number === null);
    if (number === null) return;
    onSet(number);
    done();
  };
  const leave = (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    if (event.key === "Escape") done();
  };
  return html`<form class="value-field" style=${{ left: `${x}px`, top: `${y}px` }} onSubmit=${submit}>
    <input ref=${field} aria-label=${label} inputmode="decimal" autocomplete="off" size="8" defaultValue=${typed || String(value)} aria-invalid=${wrong}
      aria-describedby=${wrong ? "value-field-hint" : null} onKeyDown=${leave} onBlur=${onClose} />
    ${wrong && html`<span id="value-field-hint" class="hint wrong" role="alert">${say("field.number")}</span>`}
  </form>`;
}
