/**
 * What is taken away of a session, and parameters that are brought to it.
 * @import {Exporter} from "../types.js"
 */
import { signal } from "@preact/signals";
import * as api from "../api.js";
import { change } from "./edits.js";
import { report } from "./problem.js";
import { look, session } from "./session.js";

/** The exporter whose file is being made. @type {import("@preact/signals").Signal<string | null>} */
export const making = signal(null);

/** @param {Exporter} exporter @param {{[option: string]: string}} chosen @returns {Promise<{name: string, content: Blob} | null>} */
export async function takeAway({ name }, chosen) {
  const id = session.peek()?.id;
  if (!id || making.peek()) return null;
  making.value = name;
  try {
    return await api.exported(id, name, chosen, look());
  } catch (error) {
    report(error);
    return null;
  } finally {
    making.value = null;
  }
}

/** Begins again with the parameters in a file. @param {Uint8Array} bytes @param {"keep" | "replace"} layers @returns {Promise<boolean>} whether the server agreed */
export const bring = (bytes, layers) => change((id) => api.bring(id, bytes, layers, look()));
