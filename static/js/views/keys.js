/**
 * Every key of the page; what it does is said by the help, under the same name.
 * @import {Shortcut} from "../ui/shortcuts.js"
 */
import { toggleBuilding } from "../state/building.js";
import { redo, undo } from "../state/edits.js";
import { faster, moreDigits, notation, turnLinks, turnTheme } from "../state/preferences.js";
import { first, last, reset, step, togglePlay, togglePredicting } from "../state/moves.js";
import { leaveTour, stop } from "../state/first.js";
import { togglePin } from "../state/pin.js";
import { blank, toggleProjector } from "../state/projector.js";
import { toggleRun } from "../state/running.js";
import { notations, session } from "../state/session.js";
import { building, coarser, dialog, editing, GRANULARITIES, guess, panel, pinned, selection, stepBy } from "../state/view.js";
import { parameterOf, sameRef } from "../net/places.js";

/** Leaves, one at a time, whatever hides the current step. */
function escape() {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
  if (stop.value !== null) leaveTour();
  else if (guess.value) guess.value = null;
  else if (selection.value) selection.value = null;
  else if (pinned.value) pinned.value = null;
  else if (building.value) toggleBuilding();
}

/** Opens the field of the selected weight or bias, else of the first weight: on the picture, or beside it where that is not shown. */
function edit() {
  const chosen = selection.peek();
  const of = (chosen && parameterOf(chosen)) ?? { tensor: "W1", index: [0, 0] };
  if (!chosen || !sameRef(parameterOf(chosen), of)) selection.value = of;
  if (["network", "both"].includes(panel.peek())) editing.value = of;
  else requestAnimationFrame(() => document.getElementById("edit-value")?.focus());
}

/** @param {number} by */
function row(by) {
  const state = session.peek();
  if (!state) return null;
  const all = state.data.rows + state.data.tests;
  return (state.batch.shown + by + all) % all;
}

function turnNotation() {
  const names = notations.peek().map(({ name }) => name);
  notation.value = names[(names.indexOf(notation.peek()) + 1) % names.length] ?? notation.peek();
}

/** @param {string[]} keys @param {string} does @param {(event: KeyboardEvent) => void} run @param {string} group @param {string} [of] a control that can be hidden, and its key with it @returns {Shortcut} */
const key = (keys, does, run, group, of = "") => ({ keys, does, run, group, of });

/** What remote controls send in front of a class; these come before other keys of the same name. */
export const REMOTE = [
  key(["PageDown"], "forward", (event) => step("next", event.repeat), "projector"),
  key(["PageUp"], "back", (event) => step("previous", event.repeat), "projector"),
  key(["b", "."], "blank", () => (blank.value = true), "projector"),
  key(["Escape"], "leaveProjector", toggleProjector, "projector"),
];

/**
 * @param {{show: (row: number) => void, tryInputs: () => void, turnPanel: (by: number) => void}} doing what other panels do
 * @returns {Shortcut[]}
 */
export function shortcuts({ show, tryInputs, turnPanel }) {
  const turn = (/** @type {number} */ by) => {
    const next = row(by);
    if (next !== null) show(next);
  };
  return [
    key(["ArrowRight"], "forward", (event) => step("next", event.repeat), "stepping"),
    key(["ArrowLeft"], "back", (event) => step("previous", event.repeat), "stepping"),
    key(["Home"], "first", first, "stepping"),
    key(["End"], "last", last, "stepping"),
    key(["Space", "p"], "play", togglePlay, "stepping"),
    key(["g"], "train", toggleRun, "stepping", "train"),
    key(["["], "smaller", () => coarser(-1), "stepping"),
    key(["]"], "larger", () => coarser(1), "stepping"),
    ...GRANULARITIES.map((name, k) => key([String(k + 1)], `by.${name}`, () => (stepBy.value = name), "stepping")),
    key(["h"], "continue", () => import("../state/stops.js").then(({ goOn }) => goOn()), "stepping"),
    key(["q"], "predict", togglePredicting, "stepping"),
    key(["r"], "reset", reset, "stepping"),
    key(["e"], "edit", edit, "changing"),
    key(["b"], "build", toggleBuilding, "changing", "build"),
    key(["Ctrl+z"], "undo", undo, "changing"),
    key(["Ctrl+Shift+z", "Ctrl+y"], "redo", redo, "changing"),
    key(["w"], "try", tryInputs, "changing", "try"),
    key(["s"], "setup", () => (dialog.value = "setup"), "changing", "setup"),
    key(["l"], "sessions", () => (dialog.value = "sessions"), "changing", "sessions"),
    key(["x"], "takeaway", () => (dialog.value = "takeaway"), "changing", "takeaway"),
    key(["n"], "nextExample", () => turn(1), "looking", "examples"),
    key(["Shift+n"], "previousExample", () => turn(-1), "looking", "examples"),
    key(["v"], "nextView", () => turnPanel(1), "looking", "tabs"),
    key(["Shift+v"], "previousView", () => turnPanel(-1), "looking", "tabs"),
    key(["c"], "compare", () => (panel.value = "compare"), "looking", "tabs"),
    key(["f"], "links", turnLinks, "looking"),
    key(["Shift+f"], "pin", togglePin, "looking"),
    key(["o"], "notation", turnNotation, "looking"),
    key(["."], "moreDigits", () => moreDigits(1), "looking"),
    key([","], "fewerDigits", () => moreDigits(-1), "looking"),
    key(["+"], "faster", () => faster(1), "looking"),
    key(["-"], "slower", () => faster(-1), "looking"),
    key(["t"], "theme", turnTheme, "looking"),
    key(["Shift+p"], "projector", toggleProjector, "looking"),
    key(["Shift+t"], "teach", () => (dialog.value = "teach"), "room"),
    key(["Escape"], "escape", escape, "looking"),
    key(["?"], "help", () => (dialog.value = "help"), "looking"),
  ];
}
