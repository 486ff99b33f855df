/**
 * A quiet button that copies text, which it may have to fetch: it asks as soon as it is pointed at or focused.
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { copy } from "./clipboard.js";
import { say } from "../words/say.js";

/** @param {{label: string, name?: string, text: () => Promise<string>}} props `label` says in full what `name` stands for */
export function Copy({ label, name = say("copy.copy"), text }) {
  const [said, setSaid] = useState("");
  const ahead = () => void text().catch(() => undefined);
  const press = async () => {
    const done = await text().then(copy, () => false);
    setSaid(say(done ? "copy.done" : "copy.failed"));
  };
  return html`<span class="copy"><button type="button" class="quiet" aria-label=${label} title=${label} onPointerEnter=${ahead} onFocus=${ahead}
      onBlur=${() => setSaid("")} onPointerLeave=${() => setSaid("")} onClick=${press}>${said || name}</button><span class="sr" role="status">${said}</span></span>`;
}
