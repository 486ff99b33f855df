/**
 * Lays out the panels. The only view that knows others.
 */
import { html } from "htm/preact";
import { useEffect, useMemo } from "preact/hooks";
import { acts } from "../state/preferences.js";
import { projecting } from "../state/projector.js";
import { running } from "../state/running.js";
import { session, tape } from "../state/session.js";
import { example, guess, panel } from "../state/view.js";
import { Boundary } from "../ui/boundary.js";
import { listen } from "../ui/shortcuts.js";
import { Tabs } from "../ui/tabs.js";
import { TermNote } from "../ui/terms.js";
import { Answers } from "./answers.js";
import { Bend } from "./bend.js";
import { Border } from "./border.js";
import { Build, BuildBar, ValueHere } from "./build.js";
import { Diagnosis, Ended } from "./diagnosis.js";
import { Contributions } from "./contributions.js";
import { Examples } from "./examples.js";
import { Hint, Tour } from "./first.js";
import { Graph } from "./graph.js";
import { Header, tryInputs } from "./header.js";
import { Help } from "./help.js";
import { History } from "./history.js";
import { Inspector } from "./inspector.js";
import { shortcuts } from "./keys.js";
import { Kin } from "./kin.js";
import { Landscape } from "./landscape.js";
import { Layers } from "./layers.js";
import { Looking } from "./looking.js";
import { Messages, Spoken } from "./messages.js";
import { Network } from "./network.js";
import { Nudge } from "./nudge.js";
import { Plot } from "./plot.js";
import { Preferences } from "./preferences.js";
import { Projector, REMOTE } from "./projector.js";
import { Predict } from "./question.js";
import { Setup } from "./setup.js";
import { EditData } from "./sheet.js";
import { Table } from "./table.js";
import { Task } from "./task.js";
import { Timeline } from "./timeline.js";
import { Train } from "./train.js";
import { Training } from "./training.js";

/** A neuron as a function of its inputs. */
const Functions = () => html`<section class="function" aria-label="Function">
    <${Plot} />
    <div class="function-side"><${Looking} /><${Border} /><${Bend} /></div>
  </section>`;

/** The network, and what is built and edited on it. */
const Drawn = () => html`<${Network} above=${html`<${BuildBar} />`} over=${html`<${Build} /><${ValueHere} />`} />`;

/** The same step in both, beside one another where there is room. */
const Both = () => html`<div class="both"><${Drawn} /><${Graph} /></div>`;

/** What the board can show, each under its tab. */
const PANELS = [
  { name: "network", title: "Network", View: Drawn },
  { name: "graph", title: "Graph", View: Graph },
  { name: "both", title: "Both", View: Both },
  { name: "training", title: "Training", View: Training },
  { name: "function", title: "Function", View: Functions },
  { name: "answers", title: "Answers", View: Answers },
  { name: "landscape", title: "Landscape", View: Landscape },
  { name: "numbers", title: "Numbers", View: Table },
  { name: "layers", title: "Layers", View: Layers },
];

/** @param {number} by */
function turnPanel(by) {
  const at = PANELS.findIndex(({ name }) => name === panel.peek());
  panel.value = PANELS[(at + by + PANELS.length) % PANELS.length]?.name ?? "network";
}

/** The panel of the chosen tab; that of a tab that does not exist is the network. */
function Board() {
  const { name, title, View } = PANELS.find((one) => one.name === panel.value) ?? { name: "network", title: "Network", View: Drawn };
  return html`<main class="board">
    <${Tabs} tabs=${PANELS} chosen=${panel} label="Views" controls="panel" />
    <${Task} />
    <${Ended} />
    <div class="panel" id="panel" role="tabpanel" aria-labelledby=${`tab-${name}`}>
      <${Boundary} key=${name} name=${title.toLowerCase()}><${View} /></${Boundary}>
    </div>
    <${Hint} />
  </main>`;
}

/** @param {number} row */
function show(row) {
  guess.value = null;
  example.value = row;
}

export function Page() {
  const keys = useMemo(() => shortcuts({ show, tryInputs, turnPanel }), []);
  const remote = projecting.value ? REMOTE : [];
  useEffect(() => listen(document, [...keys, ...remote], acts), [remote.length]);
  const state = session.value;
  return html`<div class=${`page${projecting.value ? " projecting" : ""}`} data-ready=${state !== null && tape.value !== null} data-running=${running.value} data-revision=${state?.revision} data-session=${state?.id}>
    <${Header} />
    <${Board} />
    <aside class="side" aria-label="Explanation and data">
      <${Boundary} name="diagnosis"><${Diagnosis} /></${Boundary}>
      <${Boundary} name="question"><${Predict} /></${Boundary}>
      <${Boundary} name="explanation"><${Inspector} /><${Kin} /><${Contributions} /><${Nudge} /><${History} /></${Boundary}>
      <${Boundary} name="table of examples"><${Examples} /></${Boundary}>
    </aside>
    <${Timeline} train=${html`<${Train} />`} />
    <${Messages} /><${Spoken} /><${Tour} /><${TermNote} /><${Projector} />
    <${Setup} /><${EditData} /><${Preferences} /><${Help} shortcuts=${[...keys, ...REMOTE]} />
  </div>`;
}
