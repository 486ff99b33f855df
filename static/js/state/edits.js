/**
 * What a person changes by hand: parameters and settings, and taking it back.
 * @import {Ref, Spec} from "../types.js"
 */
import * as api from "../api.js";
import { adopt, look, queue, session } from "./session.js";
import { forget } from "./tapes.js";

/**
 * @param {(id: string) => Promise<import("../types.js").State>} ask
 * @returns {Promise<boolean>} whether the server agreed
 */
async function change(ask) {
  let agreed = false;
  await queue.add("edit", async () => {
    const now = session.peek();
    if (!now) return;
    const next = await ask(now.id);
    forget();
    agreed = true;
    await adopt(next);
  });
  return agreed;
}

/** @param {Ref} ref @param {number} value */
export const setParameter = (ref, value) => change((id) => api.edit(id, [{ ...ref, value }], look()));

/** @param {Partial<Spec>} part */
export const changeSpec = (part) => change((id) => api.change(id, part, look()));

export function undo() {
  if (session.peek()?.can.undo) change((id) => api.revert(id, "undo", look()));
}

export function redo() {
  if (session.peek()?.can.redo) change((id) => api.revert(id, "redo", look()));
}
