/**
 * Lays out the panels. The only view that knows others.
 */
import { html } from "htm/preact";
import { useEffect, useMemo } from "preact/hooks";
import { explained } from "../state/explained.js";
import { acts } from "../state/preferences.js";
import { projecting } from "../state/projector.js";
import { predicting } from "../state/questions.js";
import { running } from "../state/running.js";
import { session, tape } from "../state/session.js";
import { building, dialog, editing, example, guess, panel, selection } from "../state/view.js";
import { Boundary } from "../ui/boundary.js";
import { lazy } from "../ui/lazy.js";
import { listen } from "../ui/shortcuts.js";
import { Tabs } from "../ui/tabs.js";
import { TermNote } from "../ui/terms.js";
import { Diagnosis, Ended } from "./diagnosis.js";
import { Examples } from "./examples.js";
import { Hint, Tour } from "./first.js";
import { Header, tryInputs } from "./header.js";
import { Inspector } from "./inspector.js";
import { shortcuts } from "./keys.js";
import { Kin } from "./kin.js";
import { Messages, Spoken } from "./messages.js";
import { Network } from "./network.js";
import { Preferences } from "./preferences.js";
import { Projector, REMOTE } from "./projector.js";
import { Task } from "./task.js";
import { Timeline } from "./timeline.js";
import { Train } from "./train.js";

/* What the page does not open with. */
const Answers = lazy(() => import("./answers.js"), "Answers");
const Bend = lazy(() => import("./bend.js"), "Bend");
const Border = lazy(() => import("./border.js"), "Border");
const Build = lazy(() => import("./build.js"), "Build");
const BuildBar = lazy(() => import("./build.js"), "BuildBar");
const Contributions = lazy(() => import("./contributions.js"), "Contributions");
const EditData = lazy(() => import("./sheet.js"), "EditData");
const Graph = lazy(() => import("./graph.js"), "Graph");
const Help = lazy(() => import("./help.js"), "Help");
const History = lazy(() => import("./history.js"), "History");
const Landscape = lazy(() => import("./landscape.js"), "Landscape");
const Layers = lazy(() => import("./layers.js"), "Layers");
const Looking = lazy(() => import("./looking.js"), "Looking");
const Nudge = lazy(() => import("./nudge.js"), "Nudge");
const Plot = lazy(() => import("./plot.js"), "Plot");
const Predict = lazy(() => import("./question.js"), "Predict");
const Setup = lazy(() => import("./setup.js"), "Setup");
const Table = lazy(() => import("./table.js"), "Table");
const Training = lazy(() => import("./training.js"), "Training");
const ValueHere = lazy(() => import("./build.js"), "ValueHere");

/** A neuron as a function of its inputs. */
const Functions = () => html`<section class="function" aria-label="Function">
    <${Plot} />
    <div class="function-side"><${Looking} /><${Border} /><${Bend} /></div>
  </section>`;

/** The network, and what is built and edited on it. */
const Drawn = () => html`<${Network} above=${building.value && html`<${BuildBar} />`}
  over=${html`${building.value && html`<${Build} />`}${editing.value && html`<${ValueHere} />`}`} />`;

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
      <${Boundary} name="question">${predicting.value && html`<${Predict} />`}</${Boundary}>
      <${Boundary} name="explanation"><${Inspector} /><${Kin} />${(selection.value || explained.value) && html`<${Contributions} /><${Nudge} /><${History} />`}</${Boundary}>
      <${Boundary} name="table of examples"><${Examples} /></${Boundary}>
    </aside>
    <${Timeline} train=${html`<${Train} />`} />
    <${Messages} /><${Spoken} /><${Tour} /><${TermNote} /><${Projector} /><${Preferences} />${dialog.value === "data" && html`<${EditData} />`}
    ${dialog.value === "setup" && html`<${Setup} />`}${dialog.value === "help" && html`<${Help} shortcuts=${[...keys, ...REMOTE]} />`}
  </div>`;
}
