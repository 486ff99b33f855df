/**
 * What can be taken away of the session, by kind, and parameters that are brought to it.
 * @import {Exporter} from "../types.js"
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { figure, file, png } from "../export/figure.js";
import { dismiss, problem } from "../state/problem.js";
import { catalog, session } from "../state/session.js";
import { bring, making, takeAway } from "../state/takeaway.js";
import { dialog } from "../state/view.js";
import { Dialog } from "../ui/dialog.js";
import { Choice, Field } from "../ui/field.js";
import { save } from "../ui/save.js";
import { say } from "../words/say.js";

/** What stands together, in this order. */
const GROUPS = ["step", "picture", "worksheet", "code", "numbers", "parameters"];

/** @typedef {(name: string, size: number) => void} Saved says what was kept */

export function TakeAway() {
  const [entries, state] = [catalog.value?.exporters, session.value];
  const [said, setSaid] = useState("");
  if (dialog.value !== "takeaway" || !entries || !state) return null;
  const close = () => {
    dismiss();
    dialog.value = null;
  };
  const saved = (/** @type {string} */ name, /** @type {number} */ size) => setSaid(say("takeaway.saved", { name, size: sized(size) }));
  return html`<${Dialog} title=${say("takeaway.title")} onClose=${close} wide>
    <div class="takeaway">
      ${GROUPS.map((group) => html`<section key=${group} aria-labelledby=${`group-${group}`}><h3 id=${`group-${group}`}>${say(`takeaway.groups.${group}`)}</h3>
        ${group === "picture" ? html`<${Pictures} saved=${saved} />` : entries.filter((entry) => entry.group === group).map((entry) => html`<${Offer} key=${entry.name} entry=${entry} saved=${saved} />`)}
      </section>`)}
      <${Bring} close=${close} />
    </div>
    <div class="outcome"><p class="hint" role="status">${problem.value ? "" : said}</p>${problem.value && html`<p class="hint wrong" role="alert">${problem.value.message} ${problem.value.hint}</p>`}</div>
  </${Dialog}>`;
}

/** @param {number} bytes */
const sized = (bytes) => (bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${(bytes / 1000).toPrecision(2)} kB` : `${(bytes / 1e6).toPrecision(2)} MB`);

/** One thing, with what can be chosen about it. @param {{entry: Exporter, saved: Saved}} props */
function Offer({ entry, saved }) {
  const [chosen, setChosen] = useState(/** @type {{[option: string]: string}} */ ({}));
  const take = async () => {
    dismiss();
    const made = await takeAway(entry, chosen);
    if (!made) return;
    save(made.name, made.content);
    saved(made.name, made.content.size);
  };
  const set = (/** @type {string} */ name, /** @type {string | number} */ value) => setChosen({ ...chosen, [name]: String(value) });
  return html`<div class="offer" data-export=${entry.name}>
    <button type="button" disabled=${making.value !== null} aria-describedby=${`about-${entry.name}`} onClick=${take}>${entry.title}</button>
    <p class="hint" id=${`about-${entry.name}`}>${entry.description}</p>
    ${entry.options.length > 0 && html`<div class="fields">${entry.options.map(({ name, default: usual, words, description, low }) =>
      words.length > 0
        ? html`<${Choice} key=${name} label=${label(name)} title=${description} value=${chosen[name] ?? usual} options=${words.map((word) => ({ name: word, title: choice(word) }))} onChange=${(/** @type {string} */ value) => set(name, value)} />`
        : html`<${Field} key=${name} label=${label(name)} title=${description} value=${usual} whole from=${low} onChange=${(/** @type {number} */ value) => set(name, value)} />`)}</div>`}
  </div>`;
}

/** What can be chosen, and the words among which, as far as the page has words of its own for them. */
const OPTIONS = new Set(["granularity", "within", "exercises", "part"]);
const CHOICES = new Set(["operation", "neuron", "layer", "pass", "iteration", "forward", "loss", "backward", "update", "both", "exercises", "key"]);

/** @param {string} name */
const label = (name) => (OPTIONS.has(name) ? say(`takeaway.options.${name}`) : name);

/** @param {string} word */
const choice = (word) => (CHOICES.has(word) ? say(`takeaway.choices.${word}`) : word);

/** The drawings that are on the page now. */
const drawings = () => /** @type {SVGSVGElement[]} */ (Array.from(document.querySelectorAll("#panel svg.picture")));

/** @param {SVGSVGElement} drawing */
const kindOf = (drawing) => (drawing.classList.contains("graph") ? "graph" : "network");

/** @param {SVGSVGElement} drawing */
const titled = (drawing) => say(`takeaway.picture.${kindOf(drawing)}`);

/** @param {{saved: Saved}} props */
function Pictures({ saved }) {
  const state = session.peek();
  const seen = drawings();
  if (!state || seen.length === 0) return html`<p class="hint">${say("takeaway.picture.none")}</p>`;
  const keep = async (/** @type {SVGSVGElement} */ drawing, /** @type {"svg" | "png"} */ kind) => {
    const made = figure(drawing, say("takeaway.picture.named", { data: state.data.title, what: titled(drawing), number: state.position.iteration + 1 }));
    const content = kind === "svg" ? file(made) : await png(made);
    const name = `stepgrad-${kindOf(drawing)}-${state.position.iteration + 1}-${state.position.operation}.${kind}`;
    if (!content) return;
    save(name, content);
    saved(name, content.size);
  };
  return seen.map((drawing) => {
    const kind = kindOf(drawing);
    return html`<div class="offer" key=${kind}><span class="pair"><button type="button" data-picture=${`${kind}-svg`} onClick=${() => keep(drawing, "svg")}>${say("takeaway.picture.svg", { what: titled(drawing) })}</button><button type="button" data-picture=${`${kind}-png`} onClick=${() => keep(drawing, "png")}>${say("takeaway.picture.png")}</button></span>
      <p class="hint">${say("takeaway.picture.about")}</p></div>`;
  });
}

/** Parameters from elsewhere. @param {{close: () => void}} props */
function Bring({ close }) {
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const read = async (/** @type {"keep" | "replace"} */ layers) => {
    if (!file) return;
    dismiss();
    if (await bring(new Uint8Array(await file.arrayBuffer()), layers)) close();
  };
  const choose = (/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => {
    dismiss();
    setFile(event.currentTarget.files?.[0] ?? null);
  };
  return html`<section class="bring" aria-labelledby="group-bring"><h3 id="group-bring">${say("takeaway.bring.title")}</h3>
    <p class="hint">${say("takeaway.bring.about")}</p>
    <label class="field"><span>${say("takeaway.bring.file")}</span><input type="file" accept=".safetensors,.json,.pt,.pth,.npz" onChange=${choose} /></label>
    <span class="pair"><button type="button" id="bring" disabled=${!file} onClick=${() => read("keep")}>${say("takeaway.bring.keep")}</button>
    <button type="button" id="bring-sizes" disabled=${!file} onClick=${() => read("replace")}>${say("takeaway.bring.replace")}</button></span>
  </section>`;
}
