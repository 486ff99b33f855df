/**
 * Starts the page: reads the address, draws, and asks the server for the session.
 */
import { batch } from "@preact/signals";
import { html, render } from "htm/preact";
import { keepExplaining } from "./state/explained.js";
import { keepDiagnosing } from "./state/findings.js";
import { beginSpeaking, keepSpeaking } from "./state/language.js";
import { keepPlaying } from "./state/moves.js";
import { keepColouring } from "./state/regions.js";
import { arrive, refresh } from "./state/session.js";
import { keepFollowing } from "./state/running.js";
import { readHash, sessionId, writeHash } from "./state/view.js";
import { Page } from "./views/page.js";

const FIRST = "xor";

const { search, hash } = location;
readHash(hash);
await beginSpeaking();
keepSpeaking();
writeHash();
keepExplaining();
keepPlaying();
keepDiagnosing();
keepColouring();
keepFollowing();
addEventListener("hashchange", () => {
  const before = sessionId.peek();
  batch(() => readHash(location.hash));
  if (sessionId.peek() !== before) arrive(FIRST);
});
/** Another tab may have gone on in the meantime. */
const again = () => document.visibilityState === "visible" && refresh();
document.addEventListener("visibilitychange", again);
addEventListener("focus", again);

/** A file dropped beside the place for it would be opened in the page's stead. */
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

const root = document.getElementById("stepgrad");
if (root) {
  root.replaceChildren();
  render(html`<${Page} />`, root);
}
if (/[?&](room|teach|present)=/.test(search)) import("./state/entering.js").then(({ enter }) => enter(search, hash, FIRST));
else arrive(FIRST);
