/**
 * Which classes are mistaken for which: the class that was wanted of a row, and the one that the network answers.
 * @import {Matrix, Rows} from "../types.js"
 */
import { html } from "htm/preact";
import { inkOn, shade } from "../net/colour.js";
import { pixelsOf } from "../net/rows.js";
import { format } from "../number.js";
import { cell, confusion, keepAnswering } from "../state/answers.js";
import { theme } from "../state/preferences.js";
import { rows, session } from "../state/session.js";
import { example, guess } from "../state/view.js";
import { Pixels } from "../ui/pixels.js";
import { Saves } from "../ui/saves.js";
import { counted, say } from "../words/say.js";

keepAnswering();

/** @typedef {"training" | "test"} Part */

export function Answers() {
  const [state, found] = [session.value, confusion.value];
  if (!state || found?.id !== state.id) return null;
  const { training, test } = found;
  const classes = found.classes && (state.data.classes ?? found.classes);
  if (!classes) return html`<section class="confusion-panel" aria-label=${say("panels.answers")}><p class="hint">${say("answers.noClasses")}</p></section>`;
  return html`<section class="confusion-panel" aria-label=${say("panels.answers")}>
    <p class="hint">${say("answers.how")}</p>
    <div class="matrices" data-picture>${training && html`<${Counts} of="training" matrix=${training} classes=${classes} />`}${test && html`<${Counts} of="test" matrix=${test} classes=${classes} />`}</div>
    ${!cell.value && html`<p class="hint">${say("answers.click")}</p>`}
    <${Saves} name="answers" table=${() => tableOf(classes, { training, test })} />
  </section>`;
}

/** @param {{of: Part, matrix: Matrix, classes: string[]}} props */
function Counts({ of, matrix, classes }) {
  const right = matrix.counts.reduce((sum, line, k) => sum + (line[k] ?? 0), 0);
  return html`<figure class="confusion">
    <figcaption><b>${say(`answers.${of}`)}</b> <span class="accuracy" data-of=${of} data-value=${matrix.accuracy}>${say("answers.right", { share: format(100 * matrix.accuracy, 1) })}</span>
      <small>${say(matrix.rows < matrix.total ? "answers.spread" : "answers.of", { right: counted(right), rows: counted(matrix.rows), total: counted(matrix.total) })}</small></figcaption>
    <div class="confusion-scroll"><table data-of=${of}>
      <thead><tr><td></td><th class="over" scope="colgroup" colspan=${classes.length}>${say("answers.answered")}</th></tr>
        <tr><th class="over" scope="col">${say("answers.wanted")}</th>${classes.map((name, k) => html`<th key=${k} scope="col">${name}</th>`)}</tr></thead>
      <tbody>${matrix.counts.map((line, wanted) => html`<tr key=${wanted}><th scope="row">${classes[wanted]}</th>
        ${line.map((count, answered) => html`<td key=${answered}><${Cell} of=${of} wanted=${wanted} answered=${answered} count=${count} all=${line.reduce((sum, one) => sum + one, 0)} classes=${classes} /></td>`)}</tr>`)}</tbody>
    </table></div>
    ${cell.value?.of === of && html`<${Inside} matrix=${matrix} classes=${classes} />`}
  </figure>`;
}

/** Its colour says which share of the row it is; what is right also has a frame. @param {{of: Part, wanted: number, answered: number, count: number, all: number, classes: string[]}} props */
function Cell({ of, wanted, answered, count, all, classes }) {
  const right = wanted === answered;
  const fill = shade((right ? 1 : -1) * (all && count / all), "gradient", theme.value);
  const chosen = cell.value?.of === of && cell.value.wanted === wanted && cell.value.answered === answered;
  const choose = () => (cell.value = chosen ? null : { of, wanted, answered });
  return html`<button class=${`cell${right ? " right" : ""}`} aria-pressed=${chosen} data-wanted=${wanted} data-answered=${answered} data-value=${count} disabled=${count === 0}
    style=${{ background: fill, color: inkOn(fill, theme.value) }} onClick=${choose}
    aria-label=${say(right ? "answers.cellRight" : "answers.cellWrong", { count, wanted: classes[wanted] ?? "", answered: classes[answered] ?? "" })}>${counted(count)}</button>`;
}

/** The first examples of the cell that was chosen. @param {{matrix: Matrix, classes: string[]}} props */
function Inside({ matrix, classes }) {
  const [chosen, data] = [cell.value, rows.value];
  if (!chosen || !data) return null;
  const { wanted, answered } = chosen;
  const count = matrix.counts[wanted]?.[answered] ?? 0;
  const numbers = matrix.examples[wanted]?.[answered] ?? [];
  return html`<div class="inside" aria-live="polite"><h3>${say("answers.inside", { wanted: classes[wanted] ?? "", answered: classes[answered] ?? "", count: counted(count) })}</h3>
    <div class="inside-rows">${numbers.map((row) => html`<${Example} key=${row} row=${row} data=${data} />`)}
      ${count > numbers.length && html`<span class="hint">${say("inspector.more", { count: counted(count - numbers.length) })}</span>`}</div></div>`;
}

/** @param {{row: number, data: Rows}} props */
function Example({ row, data }) {
  const show = () => {
    guess.value = null;
    example.value = row;
  };
  return html`<button aria-pressed=${session.value?.batch.shown === row} data-row=${row} aria-label=${say("examples.show", { number: row + 1 })} onClick=${show}>
    ${data.image && html`<${Pixels} values=${pixelsOf(data, row)} image=${data.image} label="" />`}${row + 1}</button>`;
}

/** @param {string[]} classes @param {{[part in Part]: Matrix | null}} matrices */
const tableOf = (classes, matrices) => ({
  head: [say("answers.rows"), say("answers.headWanted"), ...classes.map((name) => say("answers.headAnswered", { name }))],
  rows: Object.entries(matrices).flatMap(([part, matrix]) => (matrix?.counts ?? []).map((line, wanted) => [part, classes[wanted] ?? "", ...line])),
});
