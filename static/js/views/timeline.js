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
import { say } from "../words/say.js";

/** What a pass is called. @param {Phase} phase */
const passName = (phase) => say(`passes.${phase}`);

/** @param {{above: unknown, train: unknown}} props */
export function Timeline({ above, train }) {
  const state = session.value;
  if (!state) return html`<footer class="timeline"></footer>`;
  const { position, segments } = state;
  return html`<footer class="timeline" aria-label=${say("timeline.title")}>${above}
    <${Track} label=${say("timeline.track")} segments=${segments.map(({ phase, layer, first: from, end }) => ({ kind: phase, from, end, title: layer === null ? passName(phase) : say("timeline.layer", { pass: passName(phase), layer: layer + (writing.value?.first ?? 0) }) }))}
      names=${passesOf(state)} value=${position.operation} most=${position.operations} stops=${state.breakpoints.map(({ at }) => at)} text=${said(state)} onChange=${(/** @type {number} */ to) => seek(to)} />
    <div class="bar"><${Transport} state=${state} />${train}<${StepBy} /><button id="reset" class="quiet" onClick=${reset} title=${withKey(say("timeline.resetWhat"), "R")}>${say("timeline.reset")}</button><${Facts} state=${state} /></div>
  </footer>`;
}

/** @param {State} state */
const said = ({ position, phase }) => say("timeline.said", { step: position.operation, steps: position.operations, pass: passName(phase) });

/** The passes as stretches of the track, for their names. @param {State} state */
function passesOf({ segments }) {
  /** @type {{kind: Phase, from: number, end: number, title: string}[]} */
  const passes = [];
  for (const { phase, first: from, end } of segments) {
    const open = passes.at(-1);
    if (open?.kind === phase) open.end = end;
    else passes.push({ kind: phase, from, end, title: passName(phase) });
  }
  return passes;
}

/** @param {{state: State}} props */
function Transport({ state }) {
  const { iteration, operation, operations } = state.position;
  const unit = stepBy.value;
  const [atStart, atEnd] = [operation === 0, operation === operations];
  return html`<div class="transport" role="group" aria-label=${say("timeline.steps")}>
    <button id="first" onClick=${first} disabled=${atStart} title=${say("timeline.toStart")} aria-label=${say("timeline.first")}>⇤</button>
    <button id="back" onClick=${() => step("previous")} disabled=${atStart && iteration === 0} title=${say("timeline.backWhat")}>← <span class="long">${say(atStart && iteration > 0 ? "timeline.batchBefore" : `timeline.backOne.${unit}`)}</span></button>
    <output class="position" aria-label=${say("timeline.position")} data-iteration=${iteration} data-operation=${operation} data-operations=${operations}><span class="long">${say("timeline.step")} </span><b>${operation}</b> ${say("timeline.of", { count: operations })}<small>${say("timeline.operations")}</small></output>
    <button id="next" class="primary" disabled=${over(state)} onClick=${() => step("next")} title=${say("timeline.forward")}><span class="long">${say(atEnd ? "timeline.nextBatch" : `timeline.next.${unit}`)}</span> →</button>
    <button id="last" onClick=${last} disabled=${atEnd} title=${say("timeline.toEnd")} aria-label=${say("timeline.last")}>⇥</button>
    <button id="play" onClick=${togglePlay} aria-pressed=${playing.value} aria-label=${say(playing.value ? "timeline.pause" : "timeline.play")} title=${say("timeline.playWhat")}><span class="long">${say(playing.value ? "timeline.pause" : "timeline.play")}</span><span class="short" aria-hidden="true">${playing.value ? "❚❚" : "▶"}</span></button>
    <label class="speed"><span class="sr">${say("timeline.speed")}</span><select id="speed" value=${speed.value} title=${say("timeline.speedWhat")}
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
  return html`<div class="step-by" role="group" aria-labelledby="step-by"><span id="step-by" class="step-by-name">${say("timeline.stepBy")}</span>
    <div class="choices">${GRANULARITIES.map((name, k) => html`<button key=${name} data-granularity=${name} aria-pressed=${stepBy.value === name}
      title=${withKey(say("timeline.stepByOne", { unit: say(`granularity.${name}`) }), String(k + 1))} onClick=${() => (stepBy.value = name)}>${say(`granularity.${name}`)}</button>`)}</div>
  </div>`;
}

/** @param {{state: State}} props */
function Facts({ state: { position, batch, cost, data } }) {
  const shown = (/** @type {import("../types.js").Wire | undefined} */ value) => (value === undefined ? "–" : format(value, digits.value));
  return html`<dl class="facts">
    <${Fact} id="iteration" name=${say("timeline.iteration")} value=${position.iteration + 1} />
    <${Fact} id="epoch" name=${say("timeline.epoch")} value=${batch.epoch + 1} />
    <${Fact} id="batch" name=${say("timeline.batch")} value=${say("timeline.which", { number: batch.index + 1, count: batch.batches })} />
    <${Fact} id="example" name=${say("timeline.example")} value=${say(batch.examples.includes(batch.shown) ? "timeline.which" : batch.shown < data.rows ? "timeline.outside" : "timeline.test", { number: batch.shown + 1, count: data.rows + data.tests })} />
    <${Fact} id="own-cost" name=${say("timeline.ownCost")} value=${shown(cost?.own)} exact=${cost?.own} />
    <${Fact} id="batch-cost" name=${say("timeline.batchCost", { count: batch.examples.length })} exact=${cost?.total}
      value=${cost?.after ? html`${shown(cost.total)} → <b data-value=${cost.after.total}>${shown(cost.after.total)}</b>` : shown(cost?.total)} />
  </dl>`;
}

/** @param {{id: string, name: string, value: unknown, exact?: unknown}} props */
const Fact = ({ id, name, value, exact }) => html`<div id=${id} class="fact"><dt>${name}</dt><dd data-value=${exact}>${value}</dd></div>`;
