/**
 * A link to what one sees, with how long it is, and what those who open it do not see.
 */
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { addressOf, fetchLetters, HIDABLE, letters } from "../state/link.js";
import { dismiss } from "../state/problem.js";
import { dialog } from "../state/view.js";
import { copy } from "../ui/clipboard.js";
import { Dialog } from "../ui/dialog.js";
import { Check } from "../ui/field.js";
import { Said } from "../ui/said.js";
import { counted, say } from "../words/say.js";

/** Letters from which on some programs cut a link off, and from which on it is better to send a file. */
const [LONG, FILE] = [2000, 32000];

export function Link() {
  useEffect(() => void fetchLetters(), []);
  const [hides, setHides] = useState(/** @type {string[]} */ ([]));
  const close = () => {
    dismiss();
    dialog.value = null;
  };
  const hide = (/** @type {string} */ name, /** @type {boolean} */ is) => setHides(HIDABLE.filter((one) => (one === name ? is : hides.includes(one))));
  return html`<${Dialog} title=${say("link.title")} onClose=${close}><div class="making-link">
    <p class="hint">${say("link.about")}</p>
    <fieldset><legend>${say("link.hide")}</legend>${HIDABLE.map((name) =>
      html`<${Check} key=${name} label=${say(`link.hides.${name}`)} checked=${hides.includes(name)} onChange=${(/** @type {boolean} */ is) => hide(name, is)} />`)}</fieldset>
    ${letters.value === null ? html`<p>${say("link.coming")}</p>` : html`<${Made} address=${addressOf(letters.value, hides, false)} framed=${addressOf(letters.value, hides, true)} />`}
  </div></${Dialog}>`;
}

/** @param {{address: string, framed: string}} props */
function Made({ address, framed }) {
  const long = address.length > FILE ? "link.file" : address.length > LONG ? "link.long" : "link.short";
  return html`<${Copied} id="link-address" label=${say("link.address")} text=${address} />
    <p class="hint" id="link-length">${say("link.length", { count: counted(address.length) })} ${say(long)}</p>
    <${Copied} id="link-frame" label=${say("link.frame")} text=${`<iframe src="${framed}" width="1000" height="700" title="Stepgrad"></iframe>`} />
    <p class="hint"><${Said} text=${say("link.framing")} /></p>`;
}

/** A text to be copied. @param {{id: string, label: string, text: string}} props */
function Copied({ id, label, text }) {
  const [copied, setCopied] = useState("");
  const take = async () => setCopied((await copy(text)) ? text : "");
  return html`<div class="link-made"><label class="field"><span>${label}</span><input id=${id} readonly value=${text} onFocus=${(/** @type {FocusEvent & {currentTarget: HTMLInputElement}} */ event) => event.currentTarget.select()} /></label>
    <button type="button" onClick=${take} aria-describedby=${id}>${say(copied === text ? "link.copied" : "link.copy")}</button></div>`;
}
