/**
 * The sessions of this browser: listed, opened, named, copied, deleted and had back, and opened from files.
 * @import {Library, Listed, State} from "../types.js"
 */
import { computed, signal } from "@preact/signals";
import * as api from "../api.js";
import { report } from "./problem.js";
import { look, session, visit } from "./session.js";
import { dialog } from "./view.js";

/** What the server keeps, as it was when the list was asked for last. @type {import("@preact/signals").Signal<Library | null>} */
export const library = signal(null);

/** Whether one would look for it in a list: it was named, or something was done in it. @param {Listed} one */
const worth = (one) => one.name !== "" || one.revision > 0 || one.id === session.peek()?.id;

export const listed = computed(() => library.value?.sessions.filter((one) => one.deleted === null && worth(one)) ?? []);
export const deleted = computed(() => library.value?.sessions.filter((one) => one.deleted !== null && worth(one)) ?? []);

/** Does something to the sessions, then asks for the list again. @param {() => Promise<unknown>} ask */
async function change(ask) {
  try {
    await ask();
    library.value = await api.sessions();
  } catch (error) {
    report(error);
  }
}

export const list = () => change(async () => undefined);

/** @param {Listed} one @param {string} name */
export const rename = (one, name) => change(() => api.rename(one.id, name));

/** @param {Listed} one */
export const remove = (one) => change(() => api.remove(one.id));

/** @param {Listed} one */
export const bringBack = (one) => change(() => api.undelete(one.id));

/** @param {Listed} one */
export const duplicate = (one) => change(() => api.duplicate(one.id, look(null)));

/** Goes to a session, and leaves the list. @param {() => Promise<State>} ask */
async function go(ask) {
  if (await visit(ask)) dialog.value = null;
}

/** @param {Listed} one */
export const openOne = (one) => go(() => api.state(one.id, look(null)));

/** @param {File} file */
export const openFile = (file) => go(async () => api.openFile(new Uint8Array(await file.arrayBuffer()), look(null)));

export const addressOfFile = api.addressOfFile;
