/**
 * Which classes the network mistakes for which, kept up to date while somebody looks.
 * @import {Confusion} from "../types.js"
 */
import { effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { latest } from "./latest.js";
import { session, standing } from "./session.js";
import { panel } from "./view.js";

const PANEL = "answers";

/** @type {import("@preact/signals").Signal<Confusion & {id: string} | null>} */
export const confusion = signal(null);

/** The cell whose examples are listed. @type {import("@preact/signals").Signal<{of: "training" | "test", wanted: number, answered: number} | null>} */
export const cell = signal(null);

export function keepAnswering() {
  const ask = latest(async () => {
    const id = session.peek()?.id;
    if (id && panel.peek() === PANEL) confusion.value = { ...(await api.confusion(id)), id };
  });
  effect(() => {
    if (panel.value === PANEL && standing.value) ask();
  });
}
