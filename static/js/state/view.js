/**
 * How one looks at the session: kept in the address, so that a view is a link and a reload changes nothing.
 * @import {Neuron} from "../net/strength.js"
 * @import {Granularity, Ref} from "../types.js"
 */
import { effect, signal } from "@preact/signals";
import { GUESSED, language, notation, USUAL_NOTATION } from "./preferences.js";

/** @type {Granularity[]} */
export const GRANULARITIES = ["operation", "neuron", "layer", "pass"];

/** The session of this page. @type {import("@preact/signals").Signal<string | null>} */
export const sessionId = signal(null);
/** Another session that is seen beside it. @type {import("@preact/signals").Signal<string | null>} */
export const partner = signal(null);
/** The row that was chosen to be shown; null follows the batch. @type {import("@preact/signals").Signal<number | null>} */
export const example = signal(null);
/** The number that was clicked. @type {import("@preact/signals").Signal<Ref | null>} */
export const selection = signal(null);
/** How far one step goes. @type {import("@preact/signals").Signal<Granularity>} */
export const stepBy = signal("operation");
/** What the board shows, by the name of its tab. @type {import("@preact/signals").Signal<string>} */
export const panel = signal("network");
/** Inputs without a target that are being tried out. @type {import("@preact/signals").Signal<number[] | null>} */
export const guess = signal(null);

/** Under the pointer or the focus; too short-lived for the address. @type {import("@preact/signals").Signal<Ref | null>} */
export const marked = signal(null);
/** The neuron whose links stay while one steps. @type {import("@preact/signals").Signal<Neuron | null>} */
export const pinned = signal(null);
/** Whether the network is being built: its controls stand on the picture. */
export const building = signal(false);
/** Whether each step is predicted first. */
export const predicting = signal(false);
/** The weight or bias whose field is open on the picture. @type {import("@preact/signals").Signal<Ref | null>} */
export const editing = signal(null);
/** What was typed before that field was there; it begins with it. */
export const typedAhead = signal("");

/** Keeps a sign for the field that is coming; whether there is one. @param {string} sign */
export function holds(sign) {
  if (editing.peek() === null) return false;
  typedAhead.value += sign;
  return true;
}
/** @type {import("@preact/signals").Signal<"setup" | "data" | "help" | "sessions" | "takeaway" | "link" | "teach" | "ask" | null>} */
export const dialog = signal(null);

/** Whether the menu of the view was opened; from then on it is there. */
export const preferring = signal(false);

/** The letters of a link that is not open yet. @type {import("@preact/signals").Signal<string | null>} */
export const linked = signal(null);
/** What whoever made the link left out. @type {import("@preact/signals").Signal<string[]>} */
export const hidden = signal([]);
/** What this page is in a class; null outside of one. @type {import("@preact/signals").Signal<import("./room.js").Role | null>} */
export const role = signal(null);
/** Keys that act in a class. @type {import("@preact/signals").Signal<import("../ui/shortcuts.js").Shortcut[]>} */
export const roomKeys = signal([]);
/** Whether the page stands in a frame of another one. */
export const embedded = new URLSearchParams(location.search).get("embed") === "1";

/** @param {string} hash */
export function readHash(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  sessionId.value = query.get("session");
  partner.value = query.get("with");
  const row = Number.parseInt(query.get("example") ?? "", 10);
  example.value = Number.isInteger(row) && row >= 0 ? row : null;
  const [, tensor, index] = /^(\w+(?:\.new)?):([\d,]*)$/.exec(query.get("number") ?? "") ?? [];
  selection.value = tensor ? { tensor, index: index ? index.split(",").map(Number) : [] } : null;
  panel.value = /^[a-z]+$/.exec(query.get("view") ?? "")?.[0] ?? "network";
  // An address that says nothing about these leaves the reader's own.
  notation.value = /^[a-z]+$/.exec(query.get("notation") ?? "")?.[0] ?? notation.value;
  language.value = /^[\w-]+$/.exec(query.get("language") ?? "")?.[0] ?? language.value;
  stepBy.value = GRANULARITIES.find((name) => name === query.get("by")) ?? "operation";
  linked.value = query.get("link");
  hidden.value = (query.get("hide") ?? "").split(",").filter((name) => /^[a-z]+$/.test(name));
}

/** How one looks at the session, as it stands in the address. */
export function lookQuery() {
  const query = new URLSearchParams();
  if (example.value !== null) query.set("example", String(example.value));
  if (selection.value) query.set("number", `${selection.value.tensor}:${selection.value.index.join(",")}`);
  if (panel.value !== "network") query.set("view", panel.value);
  if (stepBy.value !== "operation") query.set("by", stepBy.value);
  if (notation.value !== USUAL_NOTATION) query.set("notation", notation.value);
  if (language.value !== GUESSED) query.set("language", language.value);
  return query;
}

/** @returns {string} */
function hashOf() {
  const query = new URLSearchParams();
  if (sessionId.value) query.set("session", sessionId.value);
  if (partner.value) query.set("with", partner.value);
  for (const [name, value] of lookQuery()) query.set(name, value);
  if (hidden.value.length > 0) query.set("hide", hidden.value.join(","));
  if (linked.value !== null) query.set("link", linked.value);
  return `#${query.toString().replaceAll("%3A", ":").replaceAll("%2C", ",")}`;
}

/** What a look back returns to: session, row, number and view, but not how steps go or formulas are written. @param {string} hash */
function lasting(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  return ["session", "example", "number", "view"].map((name) => query.get(name)).join(" ");
}

/** Keeps the address in step with the view; the browser's Back returns to what was looked at before. */
export function writeHash() {
  effect(() => {
    const hash = hashOf();
    if (hash === location.hash) return;
    const another = !role.peek() && location.hash.includes("session=") && lasting(hash) !== lasting(location.hash);
    if (another) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  });
}

/** @param {number} by towards whole passes, or towards single operations */
export function coarser(by) {
  const at = GRANULARITIES.indexOf(stepBy.value) + by;
  stepBy.value = GRANULARITIES[Math.min(Math.max(at, 0), GRANULARITIES.length - 1)] ?? stepBy.value;
}
