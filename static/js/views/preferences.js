/**
 * How one likes to see the page: notation, digits, colours, keys. A small menu that opens over the page.
 * @import {NotationEntry} from "../types.js"
 */
import { html } from "htm/preact";
import { useLayoutEffect } from "preact/hooks";
import { acts, choice, digits, language, letterKeys, LINKS, links, MOST_DIGITS, MOST_STRONGEST, moreDigits, moreStrongest, notation, ones, regions, sounds, strongest } from "../state/preferences.js";
import { toggleProjector } from "../state/projector.js";
import { catalog, session } from "../state/session.js";
import { Check } from "../ui/field.js";
import { Formula } from "../ui/math.js";
import { Said } from "../ui/said.js";
import { keyName } from "../words/keys.js";
import { say } from "../words/say.js";

const COLOURS = ["auto", "light", "dark"];

/** Arrow keys choose here, and step nothing. @param {KeyboardEvent} event */
const keep = (event) => event.key.startsWith("Arrow") && event.stopPropagation();

export function Preferences() {
  // Its button was pressed before it was there.
  useLayoutEffect(() => document.getElementById("view")?.click(), []);
  return html`<div id="preferences" class="menu" popover="auto" role="dialog" aria-label=${say("view.title")} onKeyDown=${keep}>
    <fieldset><legend>${say("view.notation")} <${Keys} of=${["O"]} /></legend>
      ${(catalog.value?.notations ?? []).map((entry) => html`<${Notation} key=${entry.name} entry=${entry} />`)}</fieldset>
    <fieldset class="digits"><legend>${say("view.digits")} <${Keys} of=${[",", "."]} /></legend>
      <button type="button" aria-label=${say("view.fewer")} disabled=${digits.value === 0} onClick=${() => moreDigits(-1)}>−</button>
      <output id="digits" aria-label=${say("view.digitsNow")}>${digits.value}</output>
      <button type="button" aria-label=${say("view.more")} disabled=${digits.value === MOST_DIGITS} onClick=${() => moreDigits(1)}>+</button></fieldset>
    <${Links} />
    <fieldset><legend>${say("view.colours")} <${Keys} of=${["T"]} /></legend><div class="choices">${COLOURS.map((name) => html`<button key=${name} type="button"
      data-theme-choice=${name} aria-pressed=${choice.value === name} onClick=${() => (choice.value = name)}>${say(`view.colour.${name}`)}</button>`)}</div></fieldset>
    <fieldset><legend>${say("view.language")}</legend><div class="choices">${(catalog.value?.languages ?? []).map(({ name, title }) => html`<button key=${name} type="button" lang=${name}
      data-language=${name} aria-pressed=${language.value === name} onClick=${() => (language.value = name)}>${title}</button>`)}</div></fieldset>
    <${Regions} />
    <${Sounds} />
    <${LetterKeys} />
    <button type="button" id="projector" popovertarget="preferences" popovertargetaction="hide" onClick=${toggleProjector}>${say("view.projector")}${acts("Shift+p") && html` <kbd>${keyName("Shift+p")}</kbd>`}</button>
  </div>`;
}

/** The keys that do the same, if they act. @param {{of: string[]}} props */
const Keys = ({ of }) => of.filter(acts).map((key) => html`<kbd key=${key}>${key}</kbd> `);

/** @param {{entry: NotationEntry}} props */
const Notation = ({ entry: { name, title, description, rule } }) => html`<label class="notation" title=${description}>
    <input type="radio" name="notation" value=${name} checked=${notation.value === name} onChange=${() => (notation.value = name)} />
    <span>${title}</span>${rule && html`<${Formula} math=${rule} block=${false} />`}</label>`;

/** Which links the network draws strongly, and whether biases are links. */
const Links = () => html`<fieldset class="digits"><legend>${say("view.links")} <${Keys} of=${["F"]} /></legend>
      <div class="choices">${LINKS.map((name) => html`<button key=${name} type="button" data-links=${name} aria-pressed=${links.value === name} onClick=${() => (links.value = name)}>${say(`view.link.${name}`)}</button>`)}</div>
      ${links.value === "strongest" && html`<p class="links-number"><button type="button" aria-label=${say("view.fewerLinks")} disabled=${strongest.value === 1} onClick=${() => moreStrongest(-1)}>−</button>
        <output aria-label=${say("view.howMany")}>${strongest.value}</output>
        <button type="button" aria-label=${say("view.moreLinks")} disabled=${strongest.value === MOST_STRONGEST} onClick=${() => moreStrongest(1)}>+</button></p>`}
      <${Check} label=${say("view.ones")} checked=${ones.value} onChange=${(/** @type {boolean} */ is) => (ones.value = is)} /></fieldset>`;

const LetterKeys = () => html`<label class="check"><input type="checkbox" checked=${letterKeys.value}
      onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => (letterKeys.value = event.currentTarget.checked)} />
    <span><${Said} text=${say("view.letterKeys")} /></span></label>`;

const Sounds = () => html`<label class="check"><input type="checkbox" id="sounds" checked=${sounds.value}
      onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => (sounds.value = event.currentTarget.checked)} />
    <span><${Said} text=${say("view.sounds")} /></span></label>`;

/** Only a network with two inputs has a plane that fits into a neuron. */
function Regions() {
  const can = session.value?.spec.layers[0]?.units === 2;
  return html`<label class="check"><input type="checkbox" id="regions" checked=${regions.value && can} disabled=${!can}
      onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => (regions.value = event.currentTarget.checked)} />
    <span><${Said} text=${say(can ? "view.regions" : "view.noRegions")} /></span></label>`;
}
