/**
 * The words that are explained: where a text mentions them, in the forms in which the language writes them.
 */
import { computed } from "@preact/signals-core";
import { say } from "./say.js";

export const TERMS = [
  "neuron", "weight", "bias", "sum", "activation", "layer", "forward", "target", "cost", "backward", "gradient", "delta", "slope", "chain", "update", "rate",
  "example", "batch", "iteration", "epoch", "optimizer", "parameter",
];

/** Terms by their forms, in small letters. */
const names = computed(() => new Map(TERMS.flatMap((name) => say(`glossary.${name}.forms`).split(", ").filter((form) => form !== "").map((form) => /** @type {[string, string]} */ ([form, name])))));

/** Any form, a longer one first, and none inside a word. */
const mention = computed(() => new RegExp(`(?<![\\p{L}-])(${[...names.value.keys()].sort((one, other) => other.length - one.length).join("|")})(?![\\p{L}-])`, "giu"));

/**
 * A text in pieces: plain ones, and the first mention of each term.
 * @param {string} text
 * @returns {(string | {term: string, text: string})[]}
 */
export function withTerms(text) {
  /** @type {(string | {term: string, text: string})[]} */
  const pieces = [];
  const met = new Set();
  let from = 0;
  for (const found of text.matchAll(mention.value)) {
    const term = names.value.get(found[0].toLowerCase());
    if (!term || met.has(term)) continue;
    met.add(term);
    pieces.push(text.slice(from, found.index), { term, text: found[0] });
    from = found.index + found[0].length;
  }
  return [...pieces, text.slice(from)].filter((piece) => piece !== "");
}
