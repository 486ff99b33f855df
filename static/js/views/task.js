/**
 * One sentence on what is being learned, and what to do next.
 * @import {Run} from "../types.js"
 */
import { html } from "htm/preact";
import { format } from "../number.js";
import { problem } from "../state/problem.js";
import { digits } from "../state/preferences.js";
import { session } from "../state/session.js";
import { over, step } from "../state/moves.js";
import { pause } from "../state/running.js";
import { guess } from "../state/view.js";
import { Said } from "../ui/said.js";
import { keyName } from "../words/keys.js";
import { counted, say } from "../words/say.js";

/** @param {{Guess: any, Stopped: any}} props the inputs that are tried out, and why it stopped, fetched with the first ones */
export function Task({ Guess, Stopped }) {
  const state = session.value;
  if (!state) return html`<div class="task"><p class="goal">${problem.value ? "" : say("task.wait")}</p></div>`;
  return html`<div class="task">
    <p class="goal">${state.data.task}</p>
    ${guess.value ? html`<${Guess} inputs=${guess.value} features=${state.data.features} />` : state.stopped.length > 0 ? html`<${Stopped} />` : html`<${Next} />`}
  </div>`;
}

/** The invitation at the start, the outcome at the end of an iteration, else what the step did. */
function Next() {
  const state = session.value;
  if (!state) return null;
  const { position, cost, run, step: record } = state;
  if (run?.going) return html`<${Training} now=${run} />`;
  if (position.operation === 0) {
    const open = say(position.iteration === 0 ? "task.begin" : "task.newBatch");
    return html`<p class="next"><button class="invite" onClick=${() => step("next")}>${open}</button></p>`;
  }
  if (cost?.after) {
    const [before, after] = [format(cost.total, digits.value), format(cost.after.total, digits.value)];
    return html`<p class="next">${run?.why === "lost" && run.done > position.iteration && say("task.lost")} <span><${Said} text=${say("task.went", { before, after })} /></span>${" "}
      ${over(state) ? html`<span>${say("task.noBatch")}</span>` : html`<button class="invite" onClick=${() => step("next")}>${say("task.nextBatch")}</button>`}</p>`;
  }
  return html`<p class="next sentence">${record?.headline || record?.explanation.sentence || ""}</p>`;
}

/** How far a run is. @param {{now: Run}} props */
function Training({ now: { done, rate, seconds, iterations, begun } }) {
  const left = seconds === null ? "" : say("task.left", { time: lasting(seconds) });
  return html`<p class="next running"><span><${Said} text=${say("task.done", { count: done, done: counted(done), speed: rate === null ? "" : say("task.speed", { rate: fast(rate) }), left })} /></span>
    ${iterations !== null && html`<progress max=${Math.max(iterations - begun, 1)} value=${done - begun} aria-label=${say("task.training")}></progress>`}
    <button class="invite" onClick=${pause}>${say("task.pause")} <kbd>${keyName("Space")}</kbd></button></p>`;
}

/** @param {number} rate */
const fast = (rate) => (rate < 10 ? rate.toFixed(1) : counted(Number(rate.toPrecision(2))));

/** @param {number} seconds */
const lasting = (seconds) => (seconds < 100 ? say("task.seconds", { count: Math.ceil(seconds) }) : seconds < 6000 ? say("task.minutes", { count: Math.round(seconds / 60) }) : say("task.hours", { count: Math.round(seconds / 3600) }));
