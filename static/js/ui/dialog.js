/**
 * A modal dialog that the browser itself keeps focus in.
 */
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { say } from "../words/say.js";

/** @param {{title: string, onClose: () => void, children?: any, wide?: boolean}} props */
export function Dialog({ title, onClose, children, wide = false }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const outside = (/** @type {MouseEvent} */ event) => event.target === element.current && onClose();
  return html`<dialog ref=${element} class=${wide ? "wide" : ""} aria-label=${title} onCancel=${onClose} onClick=${outside}>
    <div class="sheet"><header><h2 tabindex="-1" autofocus>${title}</h2><button class="quiet" onClick=${onClose} aria-label=${say("dialog.close")}>✕</button></header>${children}</div>
  </dialog>`;
}
