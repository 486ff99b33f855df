/**
 * An entry chosen from those of its kind, with the numbers that it can be given.
 * @import {Chosen, Entry} from "../types.js"
 */
import { html } from "htm/preact";
import { Choice, Field } from "./field.js";
import { say } from "../words/say.js";

/** @param {{label: string, entries: Entry[], chosen: Chosen, set: (chosen: Chosen) => void}} props */
export function EntryFields({ label, entries, chosen, set }) {
  const options = entries.find((entry) => entry.name === chosen.name)?.options ?? [];
  return html`<${Choice} label=${label} value=${chosen.name} options=${entries} onChange=${(/** @type {string} */ name) => set(fresh(entries, name))} />
    ${options.map((option) => html`<${Field} key=${`${chosen.name} ${option.name}`} label=${optionName(option.name)} value=${chosen[option.name] ?? option.default} title=${option.description}
      onChange=${(/** @type {number} */ value) => set({ ...chosen, [option.name]: value })} />`)}`;
}

/** What an option is called; one that the catalogue does not know, by its own name: `learning_rate` as "Learning rate". @param {string} name */
export const optionName = (name) => say(`option.${name}`) || name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

/** An entry with its default options. @param {Entry[]} entries @param {string} name @returns {Chosen} */
function fresh(entries, name) {
  const options = entries.find((entry) => entry.name === name)?.options ?? [];
  return { name, ...Object.fromEntries(options.map((option) => [option.name, option.default])) };
}
