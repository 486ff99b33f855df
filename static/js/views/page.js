/**
 * Lays out the panels. The only view that knows others.
 */
import { html } from "htm/preact";
import { useEffect, useMemo } from "preact/hooks";
import { letterKeys } from "../state/preferences.js";
import { session, tape } from "../state/session.js";
import { example, guess } from "../state/view.js";
import { Boundary } from "../ui/boundary.js";
import { listen } from "../ui/shortcuts.js";
import { Examples } from "./examples.js";
import { Header, tryInputs } from "./header.js";
import { Help } from "./help.js";
import { Inspector } from "./inspector.js";
import { shortcuts } from "./keys.js";
import { Kin } from "./kin.js";
import { Messages, Spoken } from "./messages.js";
import { Network } from "./network.js";
import { Setup } from "./setup.js";
import { Task } from "./task.js";
import { Timeline } from "./timeline.js";

/** @param {number} row */
function show(row) {
  guess.value = null;
  example.value = row;
}

export function Page() {
  const keys = useMemo(() => shortcuts({ show, tryInputs }), []);
  useEffect(() => listen(document, keys, () => letterKeys.peek()), []);
  const state = session.value;
  return html`<div class="page" data-ready=${state !== null && tape.value !== null} data-revision=${state?.revision} data-session=${state?.id}>
    <${Header} />
    <main class="board">
      <${Task} />
      <${Boundary} name="network"><${Network} /></${Boundary}>
    </main>
    <aside class="side" aria-label="Explanation and data">
      <${Boundary} name="explanation"><${Inspector} /><${Kin} /></${Boundary}>
      <${Boundary} name="table of examples"><${Examples} /></${Boundary}>
    </aside>
    <${Timeline} />
    <${Messages} /><${Spoken} />
    <${Setup} /><${Help} shortcuts=${keys} />
  </div>`;
}
