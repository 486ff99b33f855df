/**
 * Lays out the panels. The only view that knows others.
 */
import { html } from "htm/preact";
import { useEffect, useMemo } from "preact/hooks";
import { explained } from "../state/explained.js";
import { diverged, findings } from "../state/findings.js";
import { stop } from "../state/first.js";
import { laterWords } from "../state/language.js";
import { acts, sounds } from "../state/preferences.js";
import { projecting } from "../state/projector.js";
import { running } from "../state/running.js";
import { fetchCatalog, session, tape } from "../state/session.js";
import { building, dialog, editing, embedded, example, guess, hidden, holds, panel, partner, predicting, preferring, role, roomKeys, selection } from "../state/view.js";
import { Boundary } from "../ui/boundary.js";
import { coming, lazy } from "../ui/lazy.js";
import { listen } from "../ui/shortcuts.js";
import { wear } from "../ui/styles.js";
import { Tabs } from "../ui/tabs.js";
import { Examples } from "./examples.js";
import { Hint } from "./first.js";
import { Header, tryInputs } from "./header.js";
import { Inspector } from "./inspector.js";
import { REMOTE, shortcuts } from "./keys.js";
import { Messages, Spoken, Unsaved } from "./messages.js";
import { Network } from "./network.js";
import { Task } from "./task.js";
import { Timeline } from "./timeline.js";
import { Train } from "./train.js";
import { say } from "../words/say.js";

/** A view that the page does not open with, its words, and the stylesheets that it wears, one of which all share. @param {() => Promise<any>} load @param {string} name @param {...string} worn */
const later = (load, name, ...worn) => lazy(() => Promise.all([load(), laterWords(), fetchCatalog(), ...["later", ...worn].map(wear)]).then(([module]) => module), name);

const Answers = later(() => import("./answers.js"), "Answers", "confusion");
const Beside = later(() => import("./beside.js"), "Beside", "compare");
const Bend = later(() => import("./bend.js"), "Bend", "function");
const Border = later(() => import("./border.js"), "Border", "function");
const Build = later(() => import("./build.js"), "Build", "build");
const Branches = later(() => import("./branches.js"), "Branches", "compare", "library");
const BuildBar = later(() => import("./build.js"), "BuildBar", "build");
const Compare = later(() => import("./compare.js"), "Compare", "compare", "function", "table", "uPlot.min");
const Contributions = later(() => import("./contributions.js"), "Contributions", "contributions");
const Diagnosis = later(() => import("./diagnosis.js"), "Diagnosis", "diagnosis");
const EditData = later(() => import("./sheet.js"), "EditData", "build");
const Ended = later(() => import("./diagnosis.js"), "Ended", "diagnosis");
const Explained = later(() => import("./explanation.js"), "Explained");
const Ghosts = later(() => import("./beside.js"), "Ghosts", "compare");
const Graph = later(() => import("./graph.js"), "Graph", "graph");
const Guess = later(() => import("./guess.js"), "Guess");
const Help = later(() => import("./help.js"), "Help", "help");
const History = later(() => import("./history.js"), "History", "function", "numbers", "uPlot.min");
const Iterations = later(() => import("./iterations.js"), "Iterations", "iterations");
const Kin = later(() => import("./kin.js"), "Kin");
const Landscape = later(() => import("./landscape.js"), "Landscape", "function");
const Layers = later(() => import("./layers.js"), "Layers", "function", "numbers");
const Link = later(() => import("./link.js"), "Link", "link");
const Looking = later(() => import("./looking.js"), "Looking", "function");
const Nudge = later(() => import("./nudge.js"), "Nudge", "numbers");
const Pencil = later(() => import("./pencil.js"), "Pencil");
const Plot = later(() => import("./plot.js"), "Plot", "function");
const Predict = later(() => import("./question.js"), "Predict");
const Preferences = later(() => import("./preferences.js"), "Preferences");
const Room = later(() => import("./room.js"), "Room", "room");
const Projector = later(() => import("./projector.js"), "Projector", "projector");
const Sessions = later(() => import("./sessions.js"), "Sessions", "library");
const Setup = later(() => import("./setup.js"), "Setup", "setup");
const Sound = lazy(() => import("./sound.js"), "Sound");
const TakeAway = later(() => import("./takeaway.js"), "TakeAway", "takeaway");
const Stopped = later(() => import("./stops.js"), "Stopped", "stops");
const Stops = later(() => import("./stops.js"), "Stops", "stops");
const Table = later(() => import("./table.js"), "Table", "table");
const TermNote = later(() => import("../ui/terms.js"), "TermNote", "tour");
const Tour = later(() => import("./tour.js"), "Tour", "tour");
const Training = later(() => import("./training.js"), "Training", "uPlot.min");
const ValueHere = later(() => import("./build.js"), "ValueHere", "build");

/** A neuron as a function of its inputs. */
const Functions = () => html`<section class="function" aria-label=${say("panels.function")}>
    <${Plot} />
    <div class="function-side"><${Pencil} /><${Looking} /><${Border} /><${Bend} /></div>
  </section>`;

/** The network, and what is built and edited on it. */
const Drawn = () => html`<${Network} above=${building.value && html`<${BuildBar} />`}
  over=${html`${building.value && html`<${Build} />`}${editing.value && html`<${ValueHere} />`}${partner.value && html`<${Ghosts} />`}`} />`;

/** The same step in both, beside one another where there is room. */
const Both = () => html`<div class="both"><${Drawn} /><${Graph} /></div>`;

/** Branches, and two networks at once. */
const Pair = () => html`<div class="comparison"><${Compare} /><${Branches} /></div>`;

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
  { name: "compare", View: Pair },
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
    <${Task} Guess=${Guess} Stopped=${Stopped} />
    <${Unsaved} />
    ${(partner.value || (session.value?.branches.length ?? 0) > 1) && html`<${Beside} />`}
    <div class="ended" role="status">${diverged.value && html`<${Ended} />`}</div>
    <div class="panel" id="panel" role="tabpanel" aria-labelledby=${`tab-${name}`}>
      <${Boundary} key=${name} name=${say(`panels.${name}`)}><${View} /></${Boundary}>
    </div>
  </main>`;
}

/** @param {number} row */
function show(row) {
  guess.value = null;
  example.value = row;
}

/** Leads to the same view outside the frame. @param {MouseEvent & {currentTarget: HTMLAnchorElement}} event */
const here = ({ currentTarget }) => (currentTarget.href = location.pathname + location.hash);

export function Page() {
  const [part, own] = [role.value ?? "", roomKeys.value];
  // Who follows only looks.
  const follows = /following|closed/.test(part);
  const keys = useMemo(() => [...shortcuts({ show, tryInputs, turnPanel }).filter(({ of, group }) => (follows ? !of && group === "looking" : !of || !hidden.value.includes(of))), ...own], [hidden.value, follows, own]);
  const remote = projecting.value ? REMOTE : [];
  useEffect(() => listen(document, [...keys, ...remote], acts, holds), [keys, remote.length]);
  const state = session.value;
  if (/joining|presenting/.test(part)) return html`<${Room} />`;
  return html`<div class=${`page${projecting.value ? " projecting" : ""}${embedded ? " embedded" : ""}`} data-hides=${hidden.value.join(" ")} data-ready=${state !== null && tape.value !== null && coming.value === 0} data-running=${running.value} data-revision=${state?.revision} data-session=${state?.id} data-role=${part}>
    ${embedded ? html`<header class="leave-frame"><h1 class="sr">${state?.data.title}</h1><a href="." target="_blank" onClick=${here}>${say("page.leaveFrame")}</a></header>` : html`<${Header} />`}${(part || dialog.value === "teach") && html`<${Room} />`}
    <${Board} />
    <aside class="side" aria-label=${say("page.side")}>
      <${Hint} />
      <${Boundary} name=${say("page.diagnosis")}>${findings.value.length > 0 && html`<${Diagnosis} />`}</${Boundary}>
      <${Boundary} name=${say("page.question")}>${predicting.value && html`<${Predict} />`}</${Boundary}>
      <${Boundary} name=${say("page.explanation")}><${Inspector} Explained=${Explained} />${(selection.value || explained.value) && html`<${Kin} /><${Contributions} /><${Nudge} /><${History} />`}${(explained.value || (state && state.breakpoints.length > 0)) && html`<${Stops} />`}</${Boundary}>
      <${Boundary} name=${say("page.examples")}><${Examples} /></${Boundary}>
    </aside>
    <${Timeline} above=${state && state.furthest > 0 && html`<${Iterations} />`} train=${html`<${Train} />`} />
    <${Messages} />${follows || html`<${Spoken} />`}
    <${Boundary} name=${say("page.more")}>${sounds.value && html`<${Sound} />`}${stop.value !== null && html`<${Tour} />`}${explained.value && html`<${TermNote} />`}${projecting.value && html`<${Projector} />`}${preferring.value && html`<${Preferences} />`}</${Boundary}>
    <${Boundary} key=${dialog.value} name=${say("page.more")}>${dialog.value === "data" && html`<${EditData} />`}
    ${dialog.value === "takeaway" && html`<${TakeAway} />`}${dialog.value === "sessions" && html`<${Sessions} />`}${dialog.value === "link" && html`<${Link} />`}${dialog.value === "setup" && html`<${Setup} />`}${dialog.value === "help" && html`<${Help} shortcuts=${[...keys, ...REMOTE]} />`}</${Boundary}>
  </div>`;
}
