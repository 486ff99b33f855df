/**
 * How one likes to see the page: notation, digits, colours, keys. A small menu that opens over the page.
 * @import {NotationEntry} from "../types.js"
 */
import { html } from "htm/preact";
import { acts, choice, digits, letterKeys, LINKS, links, MOST_DIGITS, MOST_STRONGEST, moreDigits, moreStrongest, notation, ones, regions, strongest } from "../state/preferences.js";
import { toggleProjector } from "../state/projector.js";
import { catalog, session } from "../state/session.js";
import { Check } from "../ui/field.js";
import { Formula } from "../ui/math.js";

const COLOURS = { auto: "Auto", light: "Light", dark: "Dark" };

/** Arrow keys choose here, and step nothing. @param {KeyboardEvent} event */
const keep = (event) => event.key.startsWith("Arrow") && event.stopPropagation();

export function Preferences() {
  return html`<div id="preferences" class="menu" popover="auto" role="dialog" aria-label="View" onKeyDown=${keep}>
    <fieldset><legend>Notation <${Keys} of=${["O"]} /></legend>
      ${(catalog.value?.notations ?? []).map((entry) => html`<${Notation} key=${entry.name} entry=${entry} />`)}</fieldset>
    <fieldset class="digits"><legend>Digits after the point <${Keys} of=${[",", "."]} /></legend>
      <button type="button" aria-label="Fewer digits" disabled=${digits.value === 0} onClick=${() => moreDigits(-1)}>−</button>
      <output id="digits" aria-label="Digits">${digits.value}</output>
      <button type="button" aria-label="More digits" disabled=${digits.value === MOST_DIGITS} onClick=${() => moreDigits(1)}>+</button></fieldset>
    <${Links} />
    <fieldset><legend>Colours <${Keys} of=${["T"]} /></legend><div class="choices">${Object.entries(COLOURS).map(([name, title]) => html`<button key=${name} type="button"
      data-theme-choice=${name} aria-pressed=${choice.value === name} onClick=${() => (choice.value = name)}>${title}</button>`)}</div></fieldset>
    <${Regions} />
    <${LetterKeys} />
    <button type="button" id="projector" popovertarget="preferences" popovertargetaction="hide" onClick=${toggleProjector}>Projector: only picture, formula and step${acts("Shift+p") && html` <kbd>Shift P</kbd>`}</button>
  </div>`;
}

/** The keys that do the same, if they act. @param {{of: string[]}} props */
const Keys = ({ of }) => of.filter(acts).map((key) => html`<kbd key=${key}>${key}</kbd> `);

/** @param {{entry: NotationEntry}} props */
const Notation = ({ entry: { name, title, description, rule } }) => html`<label class="notation" title=${description}>
    <input type="radio" name="notation" value=${name} checked=${notation.value === name} onChange=${() => (notation.value = name)} />
    <span>${title}</span>${rule && html`<${Formula} math=${rule} block=${false} />`}</label>`;

/** Which links the network draws strongly, and whether biases are links. */
const Links = () => html`<fieldset class="digits"><legend>Links drawn strongly <${Keys} of=${["F"]} /></legend>
      <div class="choices">${LINKS.map(({ name, title }) => html`<button key=${name} type="button" data-links=${name} aria-pressed=${links.value === name} onClick=${() => (links.value = name)}>${title}</button>`)}</div>
      ${links.value === "strongest" && html`<p class="links-number"><button type="button" aria-label="Fewer links" disabled=${strongest.value === 1} onClick=${() => moreStrongest(-1)}>−</button>
        <output aria-label="How many">${strongest.value}</output>
        <button type="button" aria-label="More links" disabled=${strongest.value === MOST_STRONGEST} onClick=${() => moreStrongest(1)}>+</button></p>`}
      <${Check} label="Bias as a neuron of value 1" checked=${ones.value} onChange=${(/** @type {boolean} */ is) => (ones.value = is)} /></fieldset>`;

const LetterKeys = () => html`<label class="check"><input type="checkbox" checked=${letterKeys.value}
      onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => (letterKeys.value = event.currentTarget.checked)} />
    <span><b>Letter keys</b>: letters, digits and signs act at once, without <kbd>Ctrl</kbd></span></label>`;

/** Only a network with two inputs has a plane that fits into a neuron. */
function Regions() {
  const can = session.value?.spec.layers[0]?.units === 2;
  return html`<label class="check"><input type="checkbox" id="regions" checked=${regions.value && can} disabled=${!can}
      onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => (regions.value = event.currentTarget.checked)} />
    <span><b>Regions in neurons</b>: what each makes of the plane of the two inputs${can ? "" : "; this network has not two"}</span></label>`;
}
