/**
 * Where the cursor stands in the iteration: transport, slider over the passes, step by, and the costs.
 * @import {Phase, State} from "../types.js"
 */
import { html } from "htm/preact";
import { first, last, over, playing, reset, seek, step, togglePlay } from "../state/moves.js";
import { digits, speed, SPEEDS, withKey } from "../state/preferences.js";
import { session, writing } from "../state/session.js";
import { GRANULARITIES, stepBy } from "../state/view.js";
import { format } from "../number.js";
import { Track } from "../ui/track.js";

/** @type {{[phase in Phase]: string}} */
const PASSES = { forward: "Forward", loss: "Loss", backward: "Backward", update: "Update" };

/** @param {{train: unknown}} props */
export function Timeline({ train }) {
  const state = session.value;
  if (!state) return html`<footer class="timeline"></footer>`;
  const { position, segments } = state;
  return html`<footer class="timeline" aria-label="Timeline">
    <${Track} label="Position in the iteration" segments=${segments.map(({ phase, layer, first: from, end }) => ({ kind: phase, from, end, title: `${PASSES[phase]}${layer === null ? "" : `, layer ${layer + (writing.value?.first ?? 0)}`}` }))}
      names=${passesOf(state)} value=${position.operation} most=${position.operations} text=${said(state)} onChange=${(/** @type {number} */ to) => seek(to)} />
    <div class="bar"><${Transport} state=${state} />${train}<${StepBy} /><button id="reset" class="quiet" onClick=${reset} title=${withKey("Back to iteration 1 with the same start parameters", "R")}>Reset</button><${Facts} state=${state} /></div>
  </footer>`;
}

/** @param {State} state */
const said = ({ position, phase }) => `step ${position.operation} of ${position.operations}, ${PASSES[phase].toLowerCase()}`;

/** The passes as stretches of the track, for their names. @param {State} state */
function passesOf({ segments }) {
  /** @type {{kind: Phase, from: number, end: number, title: string}[]} */
  const passes = [];
  for (const { phase, first: from, end } of segments) {
    const open = passes.at(-1);
    if (open?.kind === phase) open.end = end;
    else passes.push({ kind: phase, from, end, title: PASSES[phase] });
  }
  return passes;
}

/** @param {{state: State}} props */
function Transport({ state }) {
  const { iteration, operation, operations } = state.position;
  const unit = stepBy.value;
  const [atStart, atEnd] = [operation === 0, operation === operations];
  return html`<div class="transport" role="group" aria-label="Steps">
    <button id="first" onClick=${first} disabled=${atStart} title="To the start of this iteration (Home)" aria-label="First: the start of this iteration">⇤</button>
    <button id="back" onClick=${() => step("previous")} disabled=${atStart && iteration === 0} title="Back (←)">← <span class="long">${atStart && iteration > 0 ? "Batch before" : `Back one ${unit}`}</span></button>
    <output class="position" aria-label="Position" data-iteration=${iteration} data-operation=${operation} data-operations=${operations}><span class="long">step </span><b>${operation}</b> of ${operations}<small>operations</small></output>
    <button id="next" class="primary" disabled=${over(state)} onClick=${() => step("next")} title="Forward (→)"><span class="long">${atEnd ? "Next batch" : `Next ${unit}`}</span> →</button>
    <button id="last" onClick=${last} disabled=${atEnd} title="To the end of this iteration (End)" aria-label="Last: the end of this iteration">⇥</button>
    <button id="play" onClick=${togglePlay} aria-pressed=${playing.value} aria-label=${playing.value ? "Pause" : "Play"} title="Play or pause (Space)"><span class="long">${playing.value ? "Pause" : "Play"}</span><span class="short" aria-hidden="true">${playing.value ? "❚❚" : "▶"}</span></button>
    <label class="speed"><span class="sr">Speed</span><select id="speed" value=${speed.value} title="Steps a second"
      onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => pace(event.currentTarget)}>
      ${SPEEDS.map((steps) => html`<option key=${steps} value=${steps}>${steps}/s</option>`)}</select></label>
  </div>`;
}

/** A list that keeps the focus would take the arrow keys. @param {HTMLSelectElement} list */
function pace(list) {
  speed.value = Number(list.value);
  list.blur();
}

function StepBy() {
  return html`<div class="step-by" role="group" aria-labelledby="step-by"><span id="step-by" class="step-by-name">Step by</span>
    <div class="choices">${GRANULARITIES.map((name, k) => html`<button key=${name} data-granularity=${name} aria-pressed=${stepBy.value === name}
      title=${withKey(`Step by ${name}`, String(k + 1))} onClick=${() => (stepBy.value = name)}>${name}</button>`)}</div>
  </div>`;
}

/** @param {{state: State}} props */
function Facts({ state: { position, batch, cost, data } }) {
  const shown = (/** @type {import("../types.js").Wire | undefined} */ value) => (value === undefined ? "–" : format(value, digits.value));
  return html`<dl class="facts">
    <${Fact} id="iteration" name="Iteration" value=${position.iteration + 1} />
    <${Fact} id="epoch" name="Epoch" value=${batch.epoch + 1} />
    <${Fact} id="batch" name="Batch" value=${`${batch.index + 1} of ${batch.batches}`} />
    <${Fact} id="example" name="Example" value=${`${batch.shown + 1} of ${data.rows + data.tests}${batch.examples.includes(batch.shown) ? "" : batch.shown < data.rows ? ", not in this batch" : ", to test on"}`} />
    <${Fact} id="own-cost" name="Cost of this example" value=${shown(cost?.own)} exact=${cost?.own} />
    <${Fact} id="batch-cost" name=${`Cost of the batch (${batch.examples.length})`} exact=${cost?.total}
      value=${cost?.after ? html`${shown(cost.total)} → <b data-value=${cost.after.total}>${shown(cost.after.total)}</b>` : shown(cost?.total)} />
  </dl>`;
}

/** @param {{id: string, name: string, value: unknown, exact?: unknown}} props */
const Fact = ({ id, name, value, exact }) => html`<div id=${id} class="fact"><dt>${name}</dt><dd data-value=${exact}>${value}</dd></div>`;
