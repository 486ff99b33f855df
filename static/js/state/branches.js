/**
 * Branches of the session: gone to, begun on purpose, named, deleted.
 */
import * as api from "../api.js";
import { change } from "./edits.js";
import { look, renewRows } from "./session.js";
import { example, selection } from "./view.js";

/** @param {string} method @param {string} path @param {unknown} [body] */
const turn = (method, path, body) => change(async (id) => {
  const next = await api.call(method, id, `branches${path}`, look(null), body);
  example.value = null;
  selection.value = null;
  await renewRows(id);
  return next;
});

/** @param {number} branch */
export const goTo = (branch) => turn("PUT", "/current", { branch });

/** @param {string} name */
export const branchHere = (name) => turn("POST", "", { name });

/** @param {number} branch @param {string} name */
export const rename = (branch, name) => turn("PATCH", `/${branch}`, { name });

/** @param {number} branch */
export const remove = (branch) => turn("DELETE", `/${branch}`);
