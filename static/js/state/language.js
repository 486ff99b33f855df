/**
 * Keeps the page's words those of the language that is chosen, and says in the document which one that is.
 */
import { batch, effect } from "@preact/signals";
import * as api from "../api.js";
import { say, speak } from "../words/say.js";
import { GUESSED, language } from "./preferences.js";
import { report } from "./problem.js";
import { refresh, renewCatalog } from "./session.js";

/** @typedef {"page" | "later"} Part of the words: what the page opens with, and what views that come later say */

/** The parts that were asked for so far. @type {Part[]} */
const parts = ["page"];

/** What is spoken now. */
let spoken = "";

/** Fetches all parts in the chosen language; the one that was chosen last counts. */
async function fetchWords() {
  const wanted = language.peek();
  const messages = Object.assign({}, ...(await Promise.all(parts.map((part) => api.words(wanted, part)))));
  if (wanted !== language.peek()) return;
  spoken = wanted;
  speak(wanted, messages, laterWords);
  document.documentElement.lang = wanted;
  document.title = say("page.title");
}

/** Resolves when the page can speak; a language that there is not gives way to the one that the server guessed. */
export async function beginSpeaking() {
  try {
    await fetchWords();
  } catch (error) {
    if (language.peek() === GUESSED) throw error;
    language.value = GUESSED;
    await fetchWords();
  }
}

/** Speaks another language whenever one is chosen; where that fails, the page stays as it is. */
export function keepSpeaking() {
  effect(() => {
    if (language.value === spoken) return;
    Promise.all([fetchWords(), renewCatalog()]).then(refresh, (error) => batch(() => {
      language.value = spoken;
      report(error);
    }));
  });
}

/** @type {Promise<void> | null} */
let later = null;

/** The words that the page does not open with; resolves when it has them. */
export function laterWords() {
  if (!parts.includes("later")) parts.push("later");
  later ??= fetchWords().catch((error) => {
    later = null;
    report(error);
  });
  return later;
}
