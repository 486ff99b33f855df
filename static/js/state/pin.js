/**
 * A pinned neuron: its links stay strong while one steps on.
 */
import { lookedAt } from "../net/strength.js";
import { session } from "./session.js";
import { pinned, selection } from "./view.js";

/** Pins the neuron that one looks at; what is pinned is released. */
export function togglePin() {
  const state = session.peek();
  if (pinned.peek() || !state) return void (pinned.value = null);
  pinned.value = lookedAt({ spec: state.spec, selection: selection.peek(), record: state.step, pinned: null });
}
