/**
 * What the page says: messages by key, in the language that was fetched last. Whatever is said while a signal is computed is said anew in another language.
 */
import { signal } from "@preact/signals-core";

/** @typedef {string | {[form: string]: string}} Message with its `{places}`; one for each plural form of `{count}` */
/** @typedef {{[key: string]: Message}} Messages */

const spoken = signal({ language: "", messages: /** @type {Messages} */ ({}), plural: new Intl.PluralRules("en"), more: () => {} });

/** @param {string} language @param {Messages} messages @param {() => void} [more] is called for a message that is not among them: it is said when `speak` has it */
export function speak(language, messages, more = () => {}) {
  spoken.value = { language, messages, plural: new Intl.PluralRules(language), more };
}

/** @param {string} key @param {{[place: string]: string | number}} [places] `count` chooses the plural form */
export function say(key, places = {}) {
  const { messages, plural, more } = spoken.value;
  const message = messages[key] ?? "";
  if (message === "") more();
  const text = typeof message === "string" ? message : (message[plural.select(Number(places["count"]))] ?? message["other"] ?? "");
  return text.replace(PLACE, (_, name, lower) => (lower ? small(String(places[name])) : String(places[name])));
}

const PLACE = /\{(\w+)(:lower)?\}/g;

/** A title as English has it inside a sentence. @param {string} text */
const small = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);

/** The language that is spoken, by its tag; empty before any is. */
export const tag = () => spoken.peek().language;

/** A whole number with its thousands apart. @param {number} number */
export const counted = (number) => number.toLocaleString("en").replaceAll(",", say("say.thousands"));
