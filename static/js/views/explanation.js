/**
 * Where a number comes from: a sentence, the rule, the rule with names, the rule with numbers, the value.
 * @import {Explanation, MathNode, Operand, Ref, Written} from "../types.js"
 * @import {Operands} from "../ui/math.js"
 */
import { html } from "htm/preact";
import { idOf, placeOf, sameRef } from "../net/places.js";
import { writtenOut } from "../state/explained.js";
import { goTo } from "../state/moves.js";
import { copyAs, FORMATS } from "../state/preferences.js";
import { session } from "../state/session.js";
import { marked, selection } from "../state/view.js";
import { Copy } from "../ui/copy.js";
import { Formula } from "../ui/math.js";
import { Terms } from "../ui/terms.js";
import { say } from "../words/say.js";

/** @param {{it: Explanation}} props */
export function Explained({ it }) {
  const operands = behaviour(it);
  const { rule = null, named = null, numbers = null } = it.formula ?? {};
  return html`<h2 id="inspector-title">${it.title}</h2>
    <p class="sentence"><${Terms} text=${it.sentence} /></p>
    <dl class="stages">
      <${Stage} name=${say("inspector.rule")} math=${rule} copied=${() => copied(it, "rule")} />
      <${Stage} name=${say("inspector.here")} math=${named} operands=${operands} copied=${() => copied(it, "named")} />
      <${Stage} name=${say("inspector.numbers")} math=${it.written ? numbers : null} operands=${operands} copied=${() => copied(it, "numbers")} />
      <div class="stage"><dt>${say("inspector.value")}</dt><dd class="result">${it.written
        ? html`<span class="number" data-tensor=${it.tensor} data-index=${it.index.join(",")} data-example=${it.example} data-value=${it.value}>${it.text}</span>`
        : html`<span class="unwritten">${it.text || say("say.unwritten")}</span>`}
        ${it.running && html`<span class="running">${say("inspector.running", { sum: it.running.text })}</span>`}</dd></div>
    </dl>
    <${Places} it=${it} />
    ${it.operands.length > 0 && html`<${Made} it=${it} />`}
    ${it.derivation && html`<details class="derivation"><summary>${say("inspector.derivation")}</summary>${it.derivation.map((line, k) => html`<${Formula} key=${k} math=${line} />`)}</details>`}
    <div class="copying"><${Copy} label=${say("inspector.copyWhole")} name=${say("inspector.copyAll")} text=${() => copied(it, "whole")} />
      <label>${say("inspector.as")} <select id="copy-as" aria-label=${say("inspector.copyAs")} value=${copyAs.value} onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => (copyAs.value = event.currentTarget.value)}>
        ${FORMATS.map((name) => html`<option key=${name} value=${name}>${say(`inspector.format.${name}`)}</option>`)}</select></label></div>`;
}

/** @param {{name: string, math: MathNode | null, operands?: Operands | null, copied: () => Promise<string>}} props */
const Stage = ({ name, math, operands = null, copied: text }) =>
  math && html`<div class="stage"><dt>${name} <${Copy} label=${say("inspector.copy", { name })} text=${text} /></dt><dd><${Formula} math=${math} operands=${operands} /></dd></div>`;

/** A line of the explanation in the format that was chosen. @param {Explanation} it @param {keyof Written} line */
const copied = async (it, line) => (await writtenOut(it))[copyAs.peek()]?.[line] ?? "";

/** Whether numbers of several examples go into it. @param {Explanation} it */
const several = ({ operands }) => new Set(operands.map(({ example }) => example).filter((row) => row !== null)).size > 1;

/** Where a formula names examples: by their place in the batch, not by their row. @param {{it: Explanation}} props */
function Places({ it }) {
  const examples = session.value?.batch.examples ?? [];
  const own = [it, ...it.operands].some(({ tensor }) => /^(own|da\d+)$/.test(tensor));
  if (examples.length < 2 || !(own || several(it))) return null;
  const listed = examples.slice(0, MOST_PLACES).map((row, k) => `${row + 1} (k = ${k + 1})`).join(", ");
  const more = examples.length - MOST_PLACES;
  return html`<p class="hint places">${say(more > 0 ? "inspector.placesMore" : "inspector.places", { rows: listed, more })}</p>`;
}

const MOST_PLACES = 4;

/** A longer list waits until it is asked for; for the pointer the formula has the same links. */
const SHORT = 4;

/** The operands one by one, each a link to the operation that made it. @param {{it: Explanation}} props */
function Made({ it }) {
  const count = it.operands.length + it.more + it.constants.length;
  return html`<details class="made" open=${it.operands.length <= SHORT}><summary>${say("inspector.made", { count })}</summary><ul class="operands">
    ${it.operands.map((operand, k) => html`<li key=${k}><button class=${`operand-row${pointed(operand) ? " marked" : ""}`} onClick=${() => follow(operand)}
        onPointerEnter=${() => (marked.value = refOf(operand))} onPointerLeave=${() => (marked.value = null)}
        onFocus=${() => (marked.value = refOf(operand))} onBlur=${() => (marked.value = null)}>
      <span class="operand-symbol"><${Formula} math=${operand.symbol} block=${false} /></span>
      <span class="operand-name">${operand.name}${several(it) && operand.example !== null ? say("inspector.row", { row: operand.example + 1 }) : ""}</span>
      <span class="operand-value number" data-tensor=${operand.tensor} data-index=${operand.index.join(",")} data-example=${operand.example} data-value=${operand.value}>${operand.text || "–"}</span>
      <span class="operand-from">${operand.operation === null ? say("inspector.given") : say("inspector.step", { step: operand.operation + 1 })}</span>
    </button></li>`)}
    ${it.more > 0 && html`<li class="more">${say("inspector.more", { count: it.more })}</li>`}
    ${it.constants.map(({ symbol, name, value, text }) => html`<li key=${name} class="operand-row constant"><span class="operand-symbol"><${Formula} math=${symbol} block=${false} /></span>
      <span class="operand-name">${name}</span><span class="operand-value" data-value=${value}>${text}</span><span class="operand-from">${say("inspector.chosen")}</span></li>`)}
  </ul></details>`;
}

/** @param {Operand} operand @returns {Ref} */
const refOf = ({ tensor, index }) => ({ tensor, index });

/** @param {Operand} operand */
function pointed(operand) {
  const ref = marked.value;
  return ref !== null && (sameRef(ref, operand) || idOf(placeOf(ref)) === idOf(placeOf(operand)));
}

/** To the operation that made it; what was given is selected where it stands. @param {Operand} operand */
function follow(operand) {
  marked.value = null;
  if (operand.operation === null) selection.value = refOf(operand);
  else goTo(operand.operation);
}

/** @param {Explanation} it @returns {Operands} */
function behaviour(it) {
  const operand = (/** @type {number} */ k) => /** @type {Operand | undefined} */ (it.operands[k]);
  return {
    follow: (k) => {
      const one = operand(k);
      if (one) follow(one);
    },
    point: (k) => {
      const one = k === null ? undefined : operand(k);
      marked.value = one ? refOf(one) : null;
    },
    marked: (k) => {
      const one = operand(k);
      return one !== undefined && pointed(one);
    },
  };
}

