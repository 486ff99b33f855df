/**
 * How training goes: cost and accuracy over the iterations, what was changed on the way, and the same as numbers.
 * @import {Metrics, Point, Spec} from "../types.js"
 */
import { signal } from "@preact/signals";
import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { format, parse } from "../number.js";
import { curves, keepMeasuring } from "../state/curves.js";
import { changeSpec } from "../state/edits.js";
import { seek } from "../state/moves.js";
import { digits, theme } from "../state/preferences.js";
import { session } from "../state/session.js";
import { Chart } from "../ui/chart.js";
import { csv, png, save } from "../ui/save.js";
import { counted, say } from "../words/say.js";

keepMeasuring();

const log = signal(false);
const ROWS = 12;

/** @typedef {{name: Exclude<keyof Point, "iteration">, dash?: number[]}} Column */
/** @type {Column[]} */
const COSTS = [{ name: "cost" }, { name: "test_cost", dash: [7, 4] }];
/** @type {Column[]} */
const SHARES = [{ name: "accuracy" }, { name: "test_accuracy", dash: [7, 4] }];

/** What a column is called. @param {Column} column */
const labelOf = ({ name }) => say(`curves.${name}`);

/** Colours of the page, as they are now. @param {string} name */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export function Training() {
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const [state, data] = [session.value, curves.value];
  if (!state || !data || data.id !== state.id) return html`<section class="training"><p class="hint">${say("task.wait")}</p></section>`;
  const columns = [...COSTS, ...SHARES].filter(({ name }) => data.points.some((point) => point[name] !== null));
  const picture = async () => {
    const canvases = [...(frame.current?.querySelectorAll("canvas") ?? [])];
    const made = await png(canvases, colour("paper"));
    if (made) save("training.png", made);
  };
  const table = () => save("training.csv", csv(["iteration", ...columns.map(({ name }) => name)], data.points.map((point) => [point.iteration, ...columns.map(({ name }) => point[name])])));
  return html`<section class="training" aria-label=${say("panels.training")} ref=${frame}>
    <div class="training-tools">
      <${Mid} key=${state.edition} spec=${state.spec} />
      <label class="check"><input type="checkbox" id="log" checked=${log.value} onChange=${() => (log.value = !log.value)} /> ${say("curves.log")}</label>
      <span class="saves"><button id="save-csv" class="quiet" onClick=${table}>${say("saves.csv")}</button><button id="save-png" class="quiet" onClick=${picture}>${say("saves.png")}</button></span>
    </div>
    <${Curves} data=${data} columns=${columns.filter(({ name }) => name.endsWith("cost"))} log=${log.value} name=${say("curves.costs")} />
    ${columns.length > 1 && columns.some(({ name }) => name.endsWith("accuracy")) && html`<${Curves} data=${data} columns=${columns.filter(({ name }) => name.endsWith("accuracy"))} log=${false} name=${say("curves.share")} />`}
    <p class="hint">${say(data.test_rows ? "curves.meanTests" : "curves.mean", { rows: counted(data.rows), tests: counted(data.test_rows) })}</p>
    <${Marks} data=${data} />
    <${Numbers} data=${data} columns=${columns} />
  </section>`;
}

/** @param {{data: Metrics, columns: Column[], log: boolean, name: string}} props */
function Curves({ data, columns, log: logarithmic, name }) {
  const inks = theme.value === "dark" ? ["#7db6ff", "#f7a042"] : ["#1d5fad", "#b55a00"];
  const shares = columns[0]?.name.endsWith("accuracy");
  const told = (/** @type {number} */ value) => (shares ? `${Number((100 * value).toFixed(1))} %` : format(value, digits.value));
  const values = (/** @type {Column} */ column) => data.points.map((point) => {
    const told = point[column.name];
    const value = told === null ? null : Number(told);
    return value === null || !Number.isFinite(value) || (logarithmic && value <= 0) ? null : value;
  });
  return html`<figure><${Chart} name=${`${name}: ${summary(data.points, columns, told)}`} x=${data.points.map(({ iteration }) => iteration)}
      curves=${columns.map((column) => ({ label: labelOf(column), values: values(column), colour: inks[column.dash ? 1 : 0], ...(column.dash ? { dash: column.dash } : {}) }))}
      log=${logarithmic} range=${shares ? [0, 1.02] : undefined} here=${session.value?.position.iteration ?? 0}
      flags=${data.marks.map(({ iteration }, k) => ({ at: iteration, label: String(k + 1) }))}
      ink=${colour("ink")} quiet=${colour("quiet")} line=${colour("line")} format=${told} onSeek=${(/** @type {number} */ at) => seek(0, at)} /></figure>`;
}

/** The curves in words. @param {Point[]} points @param {Column[]} columns @param {(value: number) => string} told */
function summary(points, columns, told) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return say("curves.nothing");
  return columns.map((column) => say("curves.went", { name: labelOf(column), first: told(Number(first[column.name])), last: told(Number(last[column.name])), iteration: last.iteration })).join(", ");
}

/** What can be changed on the way; it acts at once, also while training goes on. @param {{spec: Spec}} props */
function Mid({ spec }) {
  const change = (/** @type {(value: number) => Partial<Spec> | null} */ part) => (/** @type {Event & {currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    const value = parse(currentTarget.value);
    const changed = value === null ? null : part(value);
    currentTarget.setAttribute("aria-invalid", String(changed === null));
    if (changed) changeSpec(/** @type {Spec} */ (changed));
  };
  const rate = spec.optimizer["learning_rate"];
  return html`${typeof rate === "number" && html`<label class="inline">${say("option.learning_rate")}
      <input id="rate" size="6" inputmode="decimal" autocomplete="off" defaultValue=${String(rate)} onChange=${change((value) => (value >= 0 ? { optimizer: { ...spec.optimizer, learning_rate: value } } : null))} /></label>`}
    <label class="inline">${say("option.batch_size")}
      <input id="batch-size" size="4" inputmode="numeric" autocomplete="off" defaultValue=${String(spec.batch_size)} onChange=${change((value) => (Number.isInteger(value) && value > 0 ? { batch_size: value } : null))} /></label>`;
}

/** @param {{data: Metrics}} props */
function Marks({ data: { marks } }) {
  if (marks.length === 0) return null;
  return html`<ol class="marks" aria-label=${say("curves.changed")}>${marks.map(({ iteration, what }) => html`<li key=${iteration}>
    <button class="quiet" onClick=${() => seek(0, iteration)}>${say("curves.iteration", { number: counted(iteration + 1) })}</button> ${what}</li>`)}</ol>`;
}

/** Points evenly spread over the curve, the last one among them. @param {{data: Metrics, columns: Column[]}} props */
function Numbers({ data: { points }, columns }) {
  const last = points.length - 1;
  const some = [...new Set(Array.from({ length: ROWS }, (_, k) => Math.round((k * last) / (ROWS - 1))))].flatMap((at) => points[at] ?? []);
  return html`<div class="scroll"><table id="points"><caption class="sr">${say("curves.points")}</caption>
    <thead><tr><th scope="col">${say("curves.after")}</th>${columns.map((column) => html`<th key=${column.name} scope="col">${labelOf(column)}</th>`)}</tr></thead>
    <tbody>${some.map((point) => html`<tr key=${point.iteration} data-iteration=${point.iteration}>
      <th scope="row"><button onClick=${() => seek(0, point.iteration)}>${counted(point.iteration)}</button></th>
      ${columns.map(({ name }) => html`<td key=${name} data-metric=${name} data-value=${point[name]}>${format(point[name], digits.value)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
