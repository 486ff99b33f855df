/**
 * What the class comes to is read out to who follows: the newest sentence, once it rests, and now and then while it does not.
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { covered } from "../../state/following.js";
import { session } from "../../state/session.js";
import { say } from "../../words/say.js";

/** How long a sentence rests before it is told, and how long one waits at most, in milliseconds. */
const [REST, MOST] = [900, 4000];

export function Told() {
  const record = session.value?.step;
  const iteration = session.value?.position.iteration;
  const now = covered.value ? say("room.covered") : record ? record.headline || record.explanation.sentence : iteration === undefined ? "" : say("messages.start", { iteration: iteration + 1 });
  const [told, tell] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.min(REST, Math.max(0, last.current + MOST - Date.now()));
    const timer = setTimeout(() => {
      last.current = Date.now();
      tell(now);
    }, wait);
    return () => clearTimeout(timer);
  }, [now]);
  return html`<div class="sr" aria-live="polite" aria-atomic="true" id="told">${told}</div>`;
}
