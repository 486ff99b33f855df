/**
 * What stands beside what is shown: the other branches, and the session that goes along, in a line and as small numbers on the network.
 */
import { html } from "htm/preact";
import { ghostsOf, OTHER } from "../net/ghosts.js";
import { scale, scene } from "../state/drawing.js";
import { ended, keepTogether, near, other, otherName, otherReading, stop, together } from "../state/pair.js";
import { digits } from "../state/preferences.js";
import { session } from "../state/session.js";
import { guess, panel, partner } from "../state/view.js";
import { counted, say } from "../words/say.js";

keepTogether();

/** On which branch one stands, and which session goes along. */
export function Beside() {
  const branches = session.value?.branches ?? [];
  const here = branches.find(({ current }) => current);
  const show = () => (panel.value = "compare");
  return html`<p class="beside">
    ${here && branches.length > 1 && html`<span><span role="status">${say("branches.on", { title: here.title })}</span> <button class="quiet" id="branches" onClick=${show}>${say("branches.count", { count: branches.length })}</button></span>`}
    ${partner.value && html`<span data-beside=${other.value?.state.id} data-together=${together.value} data-at=${`${other.value?.state.position.iteration}:${other.value?.state.position.operation}`}><b>${OTHER} ${otherName.value}</b> ${how()}
      <button class="quiet" id="see-both" onClick=${show}>${say("compare.show")}</button><button class="quiet" id="alone" onClick=${stop}>${say("compare.stop")}</button></span>`}</p>`;
}

/** How it goes along. */
function how() {
  const it = other.value;
  if (!it || near.value) return say("compare.together");
  return say(ended.value ? "compare.ended" : "compare.behind", { iteration: counted(it.state.position.iteration + 1) });
}

/** The other's numbers on the network, beside its own; the table says them to those who cannot see it. */
export function Ghosts() {
  const [drawn, it] = [scene.value, other.value];
  if (!drawn || !it || !near.value || guess.value) return null;
  const { width, height } = drawn;
  return html`<svg class="ghosts" aria-hidden="true" width=${width * scale.value} height=${height * scale.value} viewBox=${`0 0 ${width} ${height}`}>
    ${ghostsOf(drawn, otherReading.value, digits.value).map(({ id, ref, value, text, x, y, ink, beside }) => html`<text key=${id} class=${ink ? "number ghost in" : "number ghost"} fill=${ink || null} x=${x} y=${y} text-anchor=${beside ? "start" : "middle"}
      data-tensor=${ref.tensor} data-index=${ref.index.join(",")} data-value=${value} data-session=${it.state.id}>${text}</text>`)}
  </svg>`;
}
