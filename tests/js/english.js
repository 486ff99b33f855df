// @ts-nocheck: tests import as a page does.
/**
 * Gives the modules that are tested their English words, as the page has them.
 */
import { speak } from "/static/js/words/say.js";

const parts = await Promise.all(["page", "later"].map(async (part) => (await fetch(`/words/en/${part}.json`)).json()));
speak("en", Object.assign({}, ...parts));
