/**
 * What a person changes by hand: parameters and settings, and taking it back.
 * @import {DataChoice, Ref, Spec, State} from "../types.js"
 */
import * as api from "../api.js";
import { adopt, look, queue, renewRows, session } from "./session.js";
import { example } from "./view.js";

/**
 * @param {(id: string) => Promise<State | null>} ask null where there is nothing to change
 * @returns {Promise<boolean>} whether the server agreed
 */
export async function change(ask) {
  let agreed = false;
  await queue.add("edit", async () => {
    const now = session.peek();
    if (!now) return;
    const next = await ask(now.id);
    agreed = true;
    if (next) await adopt(next);
  });
  return agreed;
}

/** @param {Ref} ref @param {number} value */
export const setParameter = (ref, value) => change((id) => api.edit(id, [{ ...ref, value }], look()));

/** Goes on by another spec; the server starts over where the start changes. @param {Spec} spec */
export const changeSpec = (spec) => change((id) => api.change(id, spec, look()));

/** Changes parts of the spec, made from the newest. @param {(spec: Spec) => Partial<Spec>} make */
export const reshape = (make) => change((id) => api.change(id, make(/** @type {State} */ (session.peek()).spec), look()));

/** Another spec from the first iteration on, with the same start parameters if they fit. @param {Spec} spec */
export const startOver = (spec) => change(async (id) => {
  await api.seek(id, { iteration: 0, operation: 0 }, look());
  return api.change(id, spec, look());
});

/** Learns from other data, from the first iteration on. @param {DataChoice} data */
export const changeData = (data) => remakeData(() => data);

/** The same, made from the newest rows once it is its turn; null leaves them. @param {() => DataChoice | null} make */
export const remakeData = (make) => change(async (id) => {
  const data = make();
  if (!data) return null;
  const next = await api.changeData(id, data, look(null));
  example.value = null;
  await renewRows(id);
  return next;
});

/** @param {"undo" | "redo"} which */
const revert = (which) => change(async (id) => {
  const next = await api.revert(id, which, look());
  // What is one's own may be other rows than before.
  if (session.peek()?.data.choice === null || next.data.choice === null) await renewRows(id);
  return next;
});

export function undo() {
  if (session.peek()?.can.undo) revert("undo");
}

export function redo() {
  if (session.peek()?.can.redo) revert("redo");
}
