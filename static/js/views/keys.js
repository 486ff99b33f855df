/**
 * Every key of the page, with the words of the help.
 * @import {Shortcut} from "../ui/shortcuts.js"
 */
import { toggleBuilding } from "../state/building.js";
import { redo, undo } from "../state/edits.js";
import { faster, moreDigits, notation, turnLinks, turnTheme } from "../state/preferences.js";
import { first, last, reset, step, togglePlay } from "../state/moves.js";
import { leaveTour, stop } from "../state/first.js";
import { togglePin } from "../state/pin.js";
import { toggleProjector } from "../state/projector.js";
import { togglePredicting } from "../state/questions.js";
import { toggleRun } from "../state/running.js";
import { catalog, session } from "../state/session.js";
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
  const names = catalog.peek()?.notations.map(({ name }) => name) ?? [];
  notation.value = names[(names.indexOf(notation.peek()) + 1) % names.length] ?? notation.peek();
}

/** @param {string[]} keys @param {string} does @param {(event: KeyboardEvent) => void} run @param {string} group @returns {Shortcut} */
const key = (keys, does, run, group) => ({ keys, does, run, group });

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
    key(["ArrowRight"], "one step forward", (event) => step("next", event.repeat), "Stepping"),
    key(["ArrowLeft"], "one step back", (event) => step("previous", event.repeat), "Stepping"),
    key(["Home"], "first: the start of this iteration", first, "Stepping"),
    key(["End"], "last: the end of this iteration", last, "Stepping"),
    key(["Space", "p"], "play or pause", togglePlay, "Stepping"),
    key(["g"], "train, or pause training", toggleRun, "Stepping"),
    key(["["], "smaller steps", () => coarser(-1), "Stepping"),
    key(["]"], "larger steps", () => coarser(1), "Stepping"),
    ...GRANULARITIES.map((name, k) => key([String(k + 1)], `step by ${name}`, () => (stepBy.value = name), "Stepping")),
    key(["q"], "predict each step before it is shown", togglePredicting, "Stepping"),
    key(["r"], "reset: iteration 1, the same start parameters", reset, "Stepping"),
    key(["e"], "edit the selected weight or bias", edit, "Changing"),
    key(["b"], "build: change layers on the picture", toggleBuilding, "Changing"),
    key(["Ctrl+z"], "undo an edit", undo, "Changing"),
    key(["Ctrl+Shift+z", "Ctrl+y"], "redo an edit", redo, "Changing"),
    key(["w"], "what if: try other inputs", tryInputs, "Changing"),
    key(["s"], "set up network and data", () => (dialog.value = "setup"), "Changing"),
    key(["n"], "show the next example", () => turn(1), "Looking"),
    key(["Shift+n"], "show the example before", () => turn(-1), "Looking"),
    key(["v"], "the next view", () => turnPanel(1), "Looking"),
    key(["Shift+v"], "the view before", () => turnPanel(-1), "Looking"),
    key(["f"], "which links are drawn strongly", turnLinks, "Looking"),
    key(["Shift+f"], "pin this neuron's links, or release them", togglePin, "Looking"),
    key(["o"], "the next notation", turnNotation, "Looking"),
    key(["."], "more digits", () => moreDigits(1), "Looking"),
    key([","], "fewer digits", () => moreDigits(-1), "Looking"),
    key(["+"], "play faster", () => faster(1), "Looking"),
    key(["-"], "play slower", () => faster(-1), "Looking"),
    key(["t"], "light or dark", turnTheme, "Looking"),
    key(["Shift+p"], "projector: only picture, formula and step, large", toggleProjector, "Looking"),
    key(["Escape"], "back to the current step", escape, "Looking"),
    key(["?"], "this help", () => (dialog.value = "help"), "Looking"),
  ];
}
