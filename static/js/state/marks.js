/**
 * Where on the way so far something was changed by hand; asked for once an edit.
 * @import {Mark} from "../types.js"
 */
import { computed, effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { language } from "./preferences.js";
import { session } from "./session.js";
import { latest } from "./latest.js";

/** @type {import("@preact/signals").Signal<{of: string, marks: Mark[]} | null>} */
const found = signal(null);

const wanted = computed(() => (session.value ? `${session.value.id} ${session.value.edition} ${language.value}` : ""));

/** @type {import("@preact/signals").ReadonlySignal<Mark[]>} */
export const marks = computed(() => (found.value?.of === wanted.value ? found.value.marks : []));

export function keepMarks() {
  const ask = latest(async () => {
    const [id, of] = [session.peek()?.id, wanted.peek()];
    if (id && found.peek()?.of !== of) found.value = { of, marks: (await api.metrics(id, Number.MAX_SAFE_INTEGER, language.peek())).marks };
  });
  effect(() => void (wanted.value && ask()));
}
