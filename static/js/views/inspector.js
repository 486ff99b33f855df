/**
 * What is explained: the number that was chosen, else that of the step.
 */
import { html } from "htm/preact";
import { explained } from "../state/explained.js";
import { togglePredicting } from "../state/moves.js";
import { acts } from "../state/preferences.js";
import { running } from "../state/running.js";
import { guess, predicting, selection } from "../state/view.js";
import { Said } from "../ui/said.js";
import { keyName } from "../words/keys.js";
import { say } from "../words/say.js";

/** @param {{Explained: any}} props what explains a number, fetched with the first one */
export function Inspector({ Explained }) {
  if (guess.value) return html`<${Trying} />`;
  const shown = explained.value;
  const chosen = selection.value !== null;
  return html`<section class=${`inspector${chosen ? " chosen" : ""}`} aria-labelledby="inspector-title">
    <div class="which">
      <span class="badge">${say(running.value ? "inspector.training" : chosen ? "inspector.selected" : "inspector.thisStep")}</span>
      ${chosen && html`<button class="quiet" onClick=${() => (selection.value = null)}>${say("inspector.back")} <kbd>${keyName("Escape")}</kbd></button>`}
      ${!chosen && !predicting.value && !running.value && html`<button id="predict" class="quiet" onClick=${togglePredicting}>${say("inspector.predict")}${acts("q") && html` <kbd>${keyName("q")}</kbd>`}</button>`}
    </div>
    ${shown ? html`<${Explained} it=${shown} />` : html`<${Nothing} chosen=${chosen} />`}
  </section>`;
}

const Trying = () => html`<section class="inspector chosen" aria-labelledby="inspector-title">
    <div class="which"><span class="badge">${say("inspector.whatIf")}</span></div>
    <h2 id="inspector-title">${say("inspector.own")}</h2>
    <p class="sentence"><${Said} text=${say("inspector.trying")} /></p>
  </section>`;

/** @param {{chosen: boolean}} props */
function Nothing({ chosen }) {
  if (running.value) return html`<h2 id="inspector-title">${say("inspector.learning")}</h2>
    <p class="sentence"><${Said} text=${say("inspector.follows")} /></p>`;
  if (chosen) return html`<h2 id="inspector-title">…</h2>`;
  return html`<h2 id="inspector-title">${say("inspector.nothing")}</h2>
    <p class="sentence"><${Said} text=${say("inspector.begin")} /></p>`;
}
