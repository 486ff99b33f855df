/**
 * What went wrong last, in words, and what can be done about it.
 */
import { signal } from "@preact/signals";
import { ApiError } from "../api.js";

/** @typedef {{message: string, hint: string, code: string, where: string}} Problem */

/** @type {import("@preact/signals").Signal<Problem | null>} */
export const problem = signal(null);

/** @param {unknown} error */
export function report(error) {
  if (error instanceof ApiError) {
    const { message, hint, code, where } = error;
    problem.value = { message, hint, code, where };
    return;
  }
  problem.value = { message: error instanceof Error ? error.message : String(error), hint: "", code: "unknown", where: "" };
}

export function dismiss() {
  problem.value = null;
}
