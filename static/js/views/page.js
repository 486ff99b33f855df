/**
 * Lays out the panels. The only view that knows others.
 */
import { html } from "htm/preact";
import { useEffect, useMemo } from "preact/hooks";
import { explained } from "../state/explained.js";
import { laterWords } from "../state/language.js";
import { acts, sounds } from "../state/preferences.js";
import { projecting } from "../state/projector.js";
import { predicting } from "../state/questions.js";
import { running } from "../state/running.js";
import { session, tape } from "../state/session.js";
import { building, dialog, editing, example, guess, panel, preferring, selection } from "../state/view.js";
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
import { Messages, Spoken, Unsaved } from "./messages.js";
import { Network } from "./network.js";
import { Projector, REMOTE } from "./projector.js";
import { Task } from "./task.js";
import { Timeline } from "./timeline.js";
import { Train } from "./train.js";
import { say } from "../words/say.js";

/** A view that the page does not open with, and its words. @param {() => Promise<any>} load @param {string} name */
const later = (load, name) => lazy(() => Promise.all([load(), laterWords()]).then(([module]) => module), name);

const Answers = later(() => import("./answers.js"), "Answers");
const Bend = later(() => import("./bend.js"), "Bend");
const Border = later(() => import("./border.js"), "Border");
const Build = later(() => import("./build.js"), "Build");
const BuildBar = later(() => import("./build.js"), "BuildBar");
const Contributions = later(() => import("./contributions.js"), "Contributions");
const EditData = later(() => import("./sheet.js"), "EditData");
const Graph = later(() => import("./graph.js"), "Graph");
const Help = later(() => import("./help.js"), "Help");
const History = later(() => import("./history.js"), "History");
const Landscape = later(() => import("./landscape.js"), "Landscape");
const Layers = later(() => import("./layers.js"), "Layers");
const Looking = later(() => import("./looking.js"), "Looking");
const Nudge = later(() => import("./nudge.js"), "Nudge");
const Pencil = later(() => import("./pencil.js"), "Pencil");
const Plot = later(() => import("./plot.js"), "Plot");
const Predict = later(() => import("./question.js"), "Predict");
const Preferences = later(() => import("./preferences.js"), "Preferences");
const Setup = later(() => import("./setup.js"), "Setup");
const Sessions = later(() => import("./sessions.js"), "Sessions");
const Sound = lazy(() => import("./sound.js"), "Sound");
const TakeAway = later(() => import("./takeaway.js"), "TakeAway");
const Table = later(() => import("./table.js"), "Table");
const Training = later(() => import("./training.js"), "Training");
const ValueHere = later(() => import("./build.js"), "ValueHere");

/** A neuron as a function of its inputs. */
const Functions = () => html`<section class="function" aria-label=${say("panels.function")}>
    <${Plot} />
    <div class="function-side"><${Pencil} /><${Looking} /><${Border} /><${Bend} /></div>
  </section>`;

/** The network, and what is built and edited on it. */
const Drawn = () => html`<${Network} above=${building.value && html`<${BuildBar} />`}
  over=${html`${building.value && html`<${Build} />`}${editing.value && html`<${ValueHere} />`}`} />`;

/** The same step in both, beside one another where there is room. */
const Both = () => html`<div class="both"><${Drawn} /><${Graph} /></div>`;

/** What the board can show, each under its tab. */
const PANELS = [
  { name: "network", View: Drawn },
  { name: "graph", View: Graph },
  { name: "both", View: Both },
  { name: "training", View: Training },
  { name: "function", View: Functions },
  { name: "answers", View: Answers },
  { name: "landscape", View: Landscape },
  { name: "numbers", View: Table },
  { name: "layers", View: Layers },
];

/** @param {number} by */
function turnPanel(by) {
  const at = PANELS.findIndex(({ name }) => name === panel.peek());
  panel.value = PANELS[(at + by + PANELS.length) % PANELS.length]?.name ?? "network";
}

/** The panel of the chosen tab; that of a tab that does not exist is the network. */
function Board() {
  const { name, View } = PANELS.find((one) => one.name === panel.value) ?? { name: "network", View: Drawn };
  return html`<main class="board">
    <${Tabs} tabs=${PANELS.map(({ name: one }) => ({ name: one, title: say(`panels.${one}`) }))} chosen=${panel} label=${say("panels.views")} controls="panel" />
    <${Task} />
    <${Ended} />
    <div class="panel" id="panel" role="tabpanel" aria-labelledby=${`tab-${name}`}>
      <${Boundary} key=${name} name=${say(`panels.${name}`)}><${View} /></${Boundary}>
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
    <aside class="side" aria-label=${say("page.side")}>
      <${Boundary} name=${say("page.diagnosis")}><${Diagnosis} /></${Boundary}>
      <${Boundary} name=${say("page.question")}>${predicting.value && html`<${Predict} />`}</${Boundary}>
      <${Boundary} name=${say("page.explanation")}><${Inspector} /><${Kin} />${(selection.value || explained.value) && html`<${Contributions} /><${Nudge} /><${History} />`}</${Boundary}>
      <${Boundary} name=${say("page.examples")}><${Examples} /></${Boundary}>
    </aside>
    <${Timeline} train=${html`<${Train} />`} />
    <${Messages} /><${Unsaved} /><${Spoken} />${sounds.value && html`<${Sound} />`}<${Tour} /><${TermNote} /><${Projector} />${preferring.value && html`<${Preferences} />`}${dialog.value === "data" && html`<${EditData} />`}
    ${dialog.value === "takeaway" && html`<${TakeAway} />`}${dialog.value === "sessions" && html`<${Sessions} />`}${dialog.value === "setup" && html`<${Setup} />`}${dialog.value === "help" && html`<${Help} shortcuts=${[...keys, ...REMOTE]} />`}
  </div>`;
}
