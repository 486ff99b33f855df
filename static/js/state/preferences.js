/**
 * How this person likes the page, kept in this browser.
 * @import {Theme} from "../net/colour.js"
 * @import {Links} from "../net/strength.js"
 */
import { computed, effect, signal } from "@preact/signals";

const KEY = "stepgrad";
const DEFAULTS = { digits: 3, theme: "auto", speed: 2, language: "", letterKeys: true, regions: false, sounds: false, notation: "superscript", copyAs: "latex", links: "all", strongest: 5, ones: false, dismissed: /** @type {string[]} */ ([]) };
export const USUAL_NOTATION = DEFAULTS.notation;
export const SPEEDS = [0.5, 1, 2, 4, 8, 16];
export const MOST_DIGITS = 12;
export const FORMATS = ["latex", "mathml", "text"];

/** @returns {typeof DEFAULTS} */
function kept() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return DEFAULTS;
  }
}

const start = kept();
export const digits = signal(Math.min(Math.max(Math.round(Number(start.digits)) || 0, 0), MOST_DIGITS));
export const speed = signal(SPEEDS.includes(start.speed) ? start.speed : DEFAULTS.speed);
/** What was chosen: light, dark, or auto to follow the system. */
export const choice = signal(["light", "dark"].includes(start.theme) ? start.theme : "auto");
/** Whether keys that print a character act; off for people who speak to their computer or hit keys by accident. */
export const letterKeys = signal(start.letterKeys !== false);
/** Whether each neuron of a network with two inputs shows what it makes of their plane. */
export const regions = signal(start.regions === true);
/** Whether the number of each step is heard. */
export const sounds = signal(start.sounds === true);
/** The language that the server guessed from the browser's. */
export const GUESSED = document.documentElement.lang;
/** The language of all that is said, by its tag; one that is only guessed is guessed again another time. */
export const language = signal(/^[\w-]+$/.exec(String(start.language))?.[0] ?? GUESSED);
/** How formulas and signs are written, by its name in the catalog. */
export const notation = signal(String(start.notation));
/** The format in which formulas are copied. */
export const copyAs = signal(FORMATS.includes(start.copyAs) ? start.copyAs : DEFAULTS.copyAs);

export const MOST_STRONGEST = 50;
/** @type {Links[]} */
export const LINKS = ["all", "neuron", "strongest"];
/** Which links are drawn strongly. @type {import("@preact/signals").Signal<Links>} */
export const links = signal(LINKS.find((name) => name === start.links) ?? "all");
/** How many the strongest are. */
export const strongest = signal(Math.min(Math.max(Math.round(Number(start.strongest)) || DEFAULTS.strongest, 1), MOST_STRONGEST));
/** Whether biases are drawn as links from a neuron of value 1. */
export const ones = signal(start.ones === true);

/** The hints that are not to come again. */
export const dismissed = signal(Array.isArray(start.dismissed) ? start.dismissed.map(String) : []);

const system = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(system.matches);
system.addEventListener("change", () => (systemDark.value = system.matches));

/** @type {import("@preact/signals").ReadonlySignal<Theme>} */
export const theme = computed(() => (choice.value === "dark" || (choice.value === "auto" && systemDark.value) ? "dark" : "light"));

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
});

effect(() => {
  const text = JSON.stringify({
    digits: digits.value, theme: choice.value, speed: speed.value, language: language.value === GUESSED ? "" : language.value, letterKeys: letterKeys.value, regions: regions.value, sounds: sounds.value, notation: notation.value, copyAs: copyAs.value,
    links: links.value, strongest: strongest.value, ones: ones.value, dismissed: dismissed.value,
  });
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // A browser that keeps nothing still shows everything.
  }
});

/** Whether a key by itself prints a character, so that speech or a slip may press it. @param {string} key as it is written */
export const prints = (key) => /^(Shift\+)?.$/u.test(key);

/** Whether a key acts. @param {string} key as it is written */
export const acts = (key) => letterKeys.value || !prints(key);

/** What a button does, with the key that does the same, if it acts. @param {string} does @param {string} key */
export const withKey = (does, key) => (acts(key) ? `${does} (${key})` : does);

/** @param {number} by */
export function moreDigits(by) {
  digits.value = Math.min(Math.max(digits.value + by, 0), MOST_DIGITS);
}

/** @param {number} by */
export function faster(by) {
  const at = SPEEDS.indexOf(speed.value) + by;
  speed.value = SPEEDS[Math.min(Math.max(at, 0), SPEEDS.length - 1)] ?? speed.value;
}

/** @param {number} by */
export function moreStrongest(by) {
  strongest.value = Math.min(Math.max(strongest.value + by, 1), MOST_STRONGEST);
}

export function turnLinks() {
  links.value = LINKS[(LINKS.indexOf(links.value) + 1) % LINKS.length] ?? "all";
}

export function turnTheme() {
  choice.value = theme.value === "dark" ? "light" : "dark";
}
