/**
 * Two networks at the same step: what to compare with, both costs over the iterations, and a table of what differs.
 * @import {Listed, Metrics, State} from "../types.js"
 * @import {By, Difference} from "../net/pairing.js"
 */
import { computed, signal } from "@preact/signals";
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { OTHER } from "../net/ghosts.js";
import { atCursor, costDifferences, difference, sortedBy, specDifferences } from "../net/pairing.js";
import { everyNumber } from "../net/table.js";
import { format } from "../number.js";
import { curves, keepMeasuring } from "../state/curves.js";
import { list, listed } from "../state/library.js";
import { seek } from "../state/moves.js";
import { besideSession, besideSpec, other, otherCurves, otherName, otherReading } from "../state/pair.js";
import { digits, theme } from "../state/preferences.js";
import { catalog, reading, session, signs, tape } from "../state/session.js";
import { partner } from "../state/view.js";
import { Chart } from "../ui/chart.js";
import { Check, Choice, Field } from "../ui/field.js";
import { counted, say } from "../words/say.js";

keepMeasuring();

/** More rows than this are not drawn. */
const DRAWN = 300;
const log = signal(false);
const same = signal(false);
/** @type {import("@preact/signals").Signal<{by: By, down: boolean} | null>} */
const order = signal(null);

export function Compare() {
  const state = session.value;
  if (!state) return null;
  return html`<section class="compare" aria-label=${say("panels.compare")}>
    ${partner.value ? html`<${Both} />` : html`<${With} state=${state} />`}</section>`;
}

/** @typedef {"learning_rate" | "activation" | "optimizer" | "loss" | "seed"} Setting */
/** @type {Setting[]} */
const SETTINGS = ["learning_rate", "activation", "optimizer", "loss", "seed"];

/** The settings of a spec with one of them another. @type {{[name in Setting]: (state: State, value: string) => Partial<import("../types.js").Spec>}} */
const MADE = {
  learning_rate: ({ spec }, value) => ({ optimizer: { ...spec.optimizer, learning_rate: Number(value) } }),
  activation: ({ spec }, value) => ({ layers: spec.layers.map((layer, k) => (k > 0 && (k < spec.layers.length - 1 || k === 1) ? { ...layer, activation: value } : layer)) }),
  optimizer: (_, value) => ({ optimizer: /** @type {any} */ ({ name: value }) }),
  loss: (_, value) => ({ loss: value }),
  seed: (_, value) => ({ seed: Number(value) }),
};

/** What to compare with: the same with another setting, or another of one's sessions. @param {{state: State}} props */
function With({ state }) {
  const [what, setWhat] = useState(/** @type {Setting} */ ("learning_rate"));
  const [value, setValue] = useState("1");
  useEffect(() => void list(), []);
  const entries = { activation: catalog.value?.activations, optimizer: catalog.value?.optimizers, loss: catalog.value?.losses }[/** @type {string} */ (what)];
  const choose = (/** @type {string} */ name) => {
    setWhat(/** @type {Setting} */ (name));
    setValue({ activation: "relu", optimizer: "adam", loss: "mean_squared_error" }[name] ?? "1");
  };
  const called = entries?.find(({ name }) => name === value)?.title ?? value;
  const others = listed.value.filter(({ id }) => id !== state.id);
  return html`<h2 class="minor">${say("compare.with")}</h2>
    <form class="compare-with" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); besideSpec(MADE[what](state, value), `${say(`compare.setting.${what}`)}: ${called}`); }}>
      <${Choice} label=${say("compare.another")} value=${what} options=${SETTINGS.map((name) => ({ name, title: say(`compare.setting.${name}`) }))} onChange=${choose} />
      ${entries ? html`<${Choice} key=${what} label=${say(`compare.setting.${what}`)} value=${value} options=${entries} onChange=${setValue} />`
        : html`<${Field} key=${what} label=${say(`compare.setting.${what}`)} value=${value} whole=${what === "seed"} from=${0} onChange=${(/** @type {number} */ typed) => setValue(String(typed))} />`}
      <button class="primary" id="compare">${say("compare.beside")}</button></form>
    <p class="hint">${say("compare.how")}</p>
    ${others.length > 0 && html`<div class="compare-with"><${Choice} label=${say("compare.session")} value="" options=${[{ name: "", title: say("table.nothing") }, ...others.map(titled)]} onChange=${(/** @type {string} */ id) => id && besideSession(id)} /></div>`}`;
}

/** @param {Listed} one */
const titled = ({ id, name, title, iteration }) => ({ name: id, title: `${name || title} · ${say("sessions.iteration", { number: iteration + 1 })}` });

/** Both as curves and as a table. */
function Both() {
  const [state, it, mine, its] = [session.value, other.value, curves.value, otherCurves.value];
  if (!state || !it) return html`<p class="hint">${say("task.wait")}</p>`;
  return html`<div class="compare-both">
    ${mine?.id === state.id && its?.id === it.state.id && html`<figure><div class="table-tools"><h2 class="minor">${say("curves.cost")}</h2><${Check} label=${say("curves.log")} checked=${log.value} onChange=${(/** @type {boolean} */ on) => (log.value = on)} /></div>
      <${Curves} mine=${mine} its=${its} of="cost" />
      ${[mine, its].some(({ points }) => points.some(({ accuracy }) => accuracy !== null)) && html`<h2 class="minor">${say("curves.accuracy")}</h2><${Curves} mine=${mine} its=${its} of="accuracy" />`}
      <figcaption class="hint">${say("curves.mean", { rows: counted(mine.rows) })}</figcaption></figure>`}
    <${Differences} /></div>`;
}

/** One measure of both over the iterations. @param {{mine: Metrics, its: Metrics, of: "cost" | "accuracy"}} props */
function Curves({ mine, its, of }) {
  const [dark, logarithmic] = [theme.value === "dark", log.value && of === "cost"];
  const at = [...new Set([...mine.points, ...its.points].map(({ iteration }) => iteration))].sort((a, b) => a - b);
  const colour = (/** @type {string} */ name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const told = (/** @type {number} */ value) => (of === "cost" ? format(value, digits.value) : `${Number((100 * value).toFixed(1))} %`);
  const line = (/** @type {Metrics} */ { points }, /** @type {string} */ label, /** @type {string} */ ink, /** @type {number[] | undefined} */ dash) => {
    const found = new Map(points.map((point) => [point.iteration, Number(point[of] ?? NaN)]));
    const values = at.map((iteration) => found.get(iteration) ?? NaN).map((value) => (Number.isFinite(value) && (!logarithmic || value > 0) ? value : null));
    return { label, values, colour: ink, spanned: true, ...(dash ? { dash } : {}) };
  };
  const [here, there] = [mine, its].map(({ points }) => told(Number(points.at(-1)?.[of] ?? NaN)));
  return html`<${Chart} name=${say("compare.course", { what: say(`curves.${of}`), here: here ?? "", there: there ?? "", name: otherName.value })} x=${at} log=${logarithmic} range=${of === "cost" ? undefined : [0, 1.02]}
    curves=${[line(mine, say("compare.this"), dark ? "#7db6ff" : "#1d5fad", undefined), line(its, `${OTHER} ${otherName.value}`, dark ? "#f7a042" : "#b55a00", [7, 4])]}
    here=${session.value?.position.iteration ?? 0} flags=${[]} ink=${colour("ink")} quiet=${colour("quiet")} line=${colour("line")} format=${told} onSeek=${(/** @type {number} */ iteration) => seek(0, iteration)} />`;
}

/** What was measured of both last, at the same iteration up to where they stand. @returns {Difference[]} */
function measured() {
  const [state, mine, its] = [session.value, curves.value, otherCurves.value];
  if (!state || !mine || !its) return [];
  const known = new Map(its.points.map((point) => [point.iteration, point]));
  const here = mine.points.findLast(({ iteration }) => iteration <= state.position.iteration && known.has(iteration));
  const there = here && known.get(here.iteration);
  if (!there) return [];
  return /** @type {const} */ (["cost", "test_cost", "accuracy", "test_accuracy"]).flatMap((name) =>
    here[name] === null || there[name] === null ? [] : [{ name: say("compare.measured", { what: say(`curves.${name}`), count: here.iteration }), tensor: "", index: [], here: Number(here[name]), there: Number(there[name]) }]);
}

/** Settings, costs, and every weight and bias at the cursor. */
const rows = computed(() => {
  const [state, it, numbers] = [session.value, other.value, tape.value];
  if (!state || !it || !numbers) return [];
  const parameters = everyNumber({ spec: state.spec, data: state.data, tape: { ...numbers, tensors: Object.fromEntries(Object.entries(numbers.tensors).filter(([name]) => /^[Wb]\d+$/.test(name))) }, reading: reading.value, other: null, signs: signs.value });
  return [
    ...specDifferences(state.spec, it.state.spec), ...costDifferences(state, it.state), ...measured(),
    ...parameters.map(({ tensor, index, sign, where }) => ({ name: `${sign} ${where}`, tensor, index, here: atCursor(reading.value, tensor, index).value, there: atCursor(otherReading.value, tensor, index).value })),
  ];
});
const shown = computed(() => {
  const some = same.value ? rows.value : rows.value.filter(({ here, there }) => here !== there);
  return order.value ? sortedBy(some, order.value.by, order.value.down) : some;
});

function Differences() {
  const all = shown.value;
  return html`<div class="differences">
    <div class="table-tools"><h2 class="minor">${say("compare.differences")}</h2><${Check} label=${say("compare.same")} checked=${same.value} onChange=${(/** @type {boolean} */ on) => (same.value = on)} />
      <span class="hint">${say(all.length > DRAWN ? "layers.countOf" : "compare.rows", { count: Math.min(all.length, DRAWN), of: all.length })}</span></div>
    <div class="table-scroll"><table id="differences">
      <thead><tr><${Head} by="name" title=${say("compare.what")} /><${Head} by="here" title=${say("compare.this")} /><${Head} by="there" title=${`${OTHER} ${otherName.value}`} /><${Head} by="difference" title=${say("table.difference")} /></tr></thead>
      <tbody>${all.slice(0, DRAWN).map((row) => html`<tr key=${row.name}><th scope="row">${row.name}</th>
        <td><${Cell} row=${row} value=${row.here} /></td><td><${Cell} row=${row} value=${row.there} of=${other.value?.state.id} /></td><td>${shownNumber(difference(row))}</td></tr>`)}</tbody>
    </table></div></div>`;
}

/** @param {{by: By, title: string}} props */
function Head({ by, title }) {
  const now = order.value;
  const mine = now?.by === by;
  const turn = () => (order.value = mine ? { by, down: !now.down } : { by, down: by !== "name" });
  return html`<th scope="col" aria-sort=${mine ? (now.down ? "descending" : "ascending") : "none"}><button class="quiet" onClick=${turn}>${title}${mine ? (now.down ? " ↓" : " ↑") : ""}</button></th>`;
}

/** What is called by a name in the catalog has a title. @param {string} name */
function titleOf(name) {
  const { activations = [], losses = [], initializers = [], optimizers = [], schedules = [] } = catalog.value ?? {};
  return [...activations, ...losses, ...initializers, ...optimizers, ...schedules].find((entry) => entry.name === name)?.title ?? name;
}

/** @param {{row: Difference, value: string | number | null, of?: string}} props */
function Cell({ row: { tensor, index }, value, of }) {
  if (value === null) return html`<span class="unwritten">–</span>`;
  if (typeof value === "string") return titleOf(value) || "–";
  return html`<span class="number" data-tensor=${tensor || null} data-index=${tensor ? index.join(",") : null} data-value=${value} data-session=${of}>${format(value, digits.value)}</span>`;
}

/** @param {number | null} value */
const shownNumber = (value) => (value === null ? "" : format(value, digits.value));
