/**
 * What is there only in front of a class: the way back, the blank screen, and the keys that remote controls send.
 * @import {Shortcut} from "../ui/shortcuts.js"
 */
import { html } from "htm/preact";
import { useLayoutEffect } from "preact/hooks";
import { step } from "../state/moves.js";
import { blank, projecting, toggleProjector } from "../state/projector.js";
import { keyName } from "../words/keys.js";
import { say } from "../words/say.js";

const group = "projector";
/** These come before other keys of the same name. @type {Shortcut[]} */
export const REMOTE = [
  { keys: ["PageDown"], does: "forward", run: (event) => step("next", event.repeat), group },
  { keys: ["PageUp"], does: "back", run: (event) => step("previous", event.repeat), group },
  { keys: ["b", "."], does: "blank", run: () => (blank.value = true), group },
  { keys: ["Escape"], does: "leaveProjector", run: toggleProjector, group },
];

export function Projector() {
  if (!projecting.value) return null;
  return blank.value ? html`<${Blank} />` : html`<button id="leave-projector" class="quiet" onClick=${toggleProjector}>${say("projector.leave")} <kbd>${keyName("Escape")}</kbd></button>`;
}

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
