/**
 * The first minutes: the offer of a tour, and hints that can be dismissed for good.
 */
import { html } from "htm/preact";
import { dismissHint, hint, invites, leaveTour, takeTour } from "../state/first.js";
import { session } from "../state/session.js";
import { embedded } from "../state/view.js";
import { Said } from "../ui/said.js";
import { say } from "../words/say.js";

export function Hint() {
  if (!session.value || embedded) return null;
  if (invites.value) {
    return html`<div class="hint-card"><p><${Said} text=${say("first.new")} /></p>
      <div><button id="tour" class="invite" onClick=${takeTour}>${say("first.tour")}</button> <button class="quiet" onClick=${leaveTour}>${say("first.no")}</button></div></div>`;
  }
  const shown = hint.value;
  return shown && html`<div class="hint-card" role="status"><p>${say(`hints.${shown.name}`)}</p>
    <button class="quiet" aria-label=${say("first.dismiss")} onClick=${() => dismissHint(shown.name)}>✕</button></div>`;
}
