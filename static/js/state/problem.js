/**
 * What went wrong last, in words, and what can be done about it.
 */
import { computed, signal } from "@preact/signals";
import { ApiError } from "../api.js";
import { say } from "../words/say.js";

/** @typedef {{message: string, hint: string, code: string, where: string}} Problem */

/** @type {import("@preact/signals").Signal<Problem | null>} */
export const problem = signal(null);

/** The code of a session that the server no longer has. */
const GONE = "session_not_found";
export const gone = computed(() => problem.value?.code === GONE);

/** @param {unknown} error */
export function report(error) {
  if (error instanceof ApiError) {
    const { message, hint, code, where } = error;
    problem.value = code === GONE ? { message: say("problem.gone"), hint: "", code, where } : { message, hint, code, where };
    return;
  }
  problem.value = { message: error instanceof Error ? error.message : String(error), hint: "", code: "unknown", where: "" };
}

export function dismiss() {
  problem.value = null;
}
