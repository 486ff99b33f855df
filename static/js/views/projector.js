/**
 * What is there only in front of a class: the way back, and the blank screen.
 */
import { html } from "htm/preact";
import { useLayoutEffect } from "preact/hooks";
import { blank, toggleProjector } from "../state/projector.js";
import { keyName } from "../words/keys.js";
import { say } from "../words/say.js";

export const Projector = () =>
  blank.value ? html`<${Blank} />` : html`<button id="leave-projector" class="quiet" onClick=${toggleProjector}>${say("projector.leave")} <kbd>${keyName("Escape")}</kbd></button>`;

/** Nothing at all; whatever is pressed only brings the page back. */
function Blank() {
  useLayoutEffect(() => {
    const back = (/** @type {Event} */ event) => {
      event.preventDefault();
      event.stopPropagation();
      blank.value = false;
    };
    for (const kind of ["keydown", "click"]) document.addEventListener(kind, back, { capture: true });
    return () => {
      for (const kind of ["keydown", "click"]) document.removeEventListener(kind, back, { capture: true });
    };
  }, []);
  return html`<div class="blank" role="status" aria-label=${say("projector.blank")}></div>`;
}
