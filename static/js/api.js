/**
 * Every request that the page makes. Nothing else fetches.
 * @import {Catalog, Confusion, Curve, DataChoice, Diagnosis, Explanation, Goal, GradientCheck, Granularity, Graph, History, Init, Library, Listed, Metrics, Nudge, Prediction, Preview, Question, Ref, Rows, Spec, State, TableRead, Tape, Tensor, Verdict, Writing, Written} from "./types.js"
 * @import {Messages} from "./words/say.js"
 */
import { drawn, owner } from "./owner.js";
import { decodeFrame, decodeTape, decodeTensors } from "./wire.js";
import { say, tag } from "./words/say.js";

/** A refusal or a failure, in the server's one shape of errors. */
export class ApiError extends Error {
  /** @param {number} status @param {{code?: string, message?: string, hint?: string | null, where?: string | null}} error */
  constructor(status, error) {
    super(error.message || say("api.answered", { status }));
    this.status = status;
    this.code = error.code || "unknown";
    this.hint = error.hint || "";
    this.where = error.where || "";
  }
}

/** @typedef {{example: number | null, digits: number, notation: string, language: string}} Look how the answer is to be written; never changes the session */

/** @param {Look} look */
export function asked(look) {
  const query = new URLSearchParams({ view: "step", digits: String(look.digits), notation: look.notation, language: look.language });
  if (look.example !== null) query.set("example", String(look.example));
  return query.toString();
}

/**
 * @param {string} method
 * @param {string} path relative, so that the page works under any prefix
 * @param {unknown} [body]
 * @param {{[name: string]: string}} [more] headers
 * @returns {Promise<Response>}
 */
export async function request(method, path, body, more) {
  /** @type {RequestInit & {headers: {[name: string]: string}}} */
  const init = { method, headers: { "Stepgrad-Owner": owner(), ...(method !== "GET" && { "Idempotency-Key": drawn() }), ...(tag() && { "Accept-Language": tag() }), ...more } };
  if (body instanceof Uint8Array) {
    init.headers["Content-Type"] = "application/octet-stream";
    init.body = /** @type {Uint8Array<ArrayBuffer>} */ (body);
  } else if (body !== undefined) {
    init.headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await sent(path, init);
  } catch {
    throw new ApiError(0, { code: "unreachable", message: say("api.silent"), hint: say("api.running") });
  }
  if (!response.ok) throw new ApiError(response.status, await errorOf(response));
  return response;
}

/**
 * Sends a request, and again where there was no answer or only a proxy's: by its key it has one effect.
 * @param {string} path @param {RequestInit} init
 */
async function sent(path, init) {
  const answer = await fetch(path, init).catch(() => null);
  return answer && ![502, 504].includes(answer.status) ? answer : fetch(path, init);
}

/** @param {Response} response */
async function errorOf(response) {
  try {
    return (await response.json()).error ?? {};
  } catch {
    return {};
  }
}

/** @param {string} method @param {string} path @param {unknown} [body] @param {{[name: string]: string}} [more] */
export async function json(method, path, body, more) {
  return (await request(method, path, body, more)).json();
}

/** @param {string} id */
const session = (id) => `api/sessions/${encodeURIComponent(id)}`;

/** @param {Ref} ref */
const at = ({ tensor, index }) => `${encodeURIComponent(tensor)}?index=${index.join(",")}`;

/** What the page says: what it opens with, or what views that come later say. @param {string} language @param {"page" | "later"} part @returns {Promise<Messages>} */
export const words = (language, part) => json("GET", `words/${encodeURIComponent(language)}/${part}.json`);

/** The ways to write. @returns {Promise<Writing[]>} */
export const notations = () => json("GET", "api/catalog/notations");

/** @param {string} language @returns {Promise<Catalog>} */
export const catalog = (language) => json("GET", `api/catalog?language=${encodeURIComponent(language)}`);

/** A table in a file, as it was read. @param {Uint8Array} bytes @param {{[name: string]: string}} layout @returns {Promise<TableRead>} */
export const readTable = (bytes, layout) => json("POST", `api/data/table?${new URLSearchParams(layout)}`, bytes);

/** What a network would see of data. @param {DataChoice} data @param {string} language @returns {Promise<Preview>} */
export const previewData = (data, language) => json("POST", `api/data/preview?language=${encodeURIComponent(language)}`, data);

/** @param {Init} init @param {Look} look @returns {Promise<State>} */
export const create = (init, look) => json("POST", `api/sessions?${asked(look)}`, init);

/** This browser's sessions. @returns {Promise<Library>} */
export const sessions = () => json("GET", "api/sessions");

/** @param {string} id @param {string} name @returns {Promise<Listed>} */
export const rename = (id, name) => json("PATCH", session(id), { name });

/** @param {string} id @param {Look} look @param {{branch: number}} [body] on another branch than the one where it stands @returns {Promise<State>} */
export const duplicate = (id, look, body) => call("POST", id, "duplicate", look, body);

/** Does something to a session, at a path of its own. @param {string} method @param {string} id @param {string} path @param {Look} look @param {unknown} [body] @returns {Promise<any>} */
export const call = (method, id, path, look, body) => json(method, `${session(id)}/${path}?${asked(look)}`, body);

/** @param {string} id */
export const remove = (id) => request("DELETE", session(id));

/** @param {string} id @returns {Promise<Listed>} */
export const undelete = (id) => json("POST", `${session(id)}/undelete`);

/** @param {string} id */
export const addressOfFile = (id) => `${session(id)}/file`;

/** A session as a file that is small enough for a link. @param {string} id */
export const lightFile = async (id) => new Uint8Array(await (await request("GET", `${addressOfFile(id)}?light=true`)).arrayBuffer());

/** @param {Uint8Array} bytes @param {Look} look @returns {Promise<State>} */
export const openFile = (bytes, look) => json("POST", `api/sessions/file?${asked(look)}`, bytes);

/** @param {string} id @param {Look} look @returns {Promise<State>} */
export const state = (id, look) => json("GET", `${session(id)}?${asked(look)}`);

/** @param {string} id @param {{granularity: Granularity, direction: "next" | "previous"}} body @param {Look} look @returns {Promise<State>} */
export const step = (id, body, look) => call("POST", id, "step", look, body);

/** @param {string} id @param {import("./types.js").Breakpoint[]} breakpoints @param {Look} look @returns {Promise<State>} */
export const setBreakpoints = (id, breakpoints, look) => call("PUT", id, "breakpoints", look, { breakpoints });

/** Goes on to the next breakpoint. @param {string} id @param {Look} look @returns {Promise<State>} */
export const goOn = (id, look) => call("POST", id, "continue", look, {});

/** @param {string} id @param {{iteration: number, operation: number | null}} body @param {Look} look @returns {Promise<State>} */
export const seek = (id, body, look) => call("PUT", id, "position", look, body);

/** @param {string} id @param {(Ref & {value: number})[]} changes @param {Look} look @returns {Promise<State>} */
export const edit = (id, changes, look) => call("PATCH", id, "parameters", look, { changes });

/** @param {string} id @param {Partial<Spec>} body @param {Look} look @returns {Promise<State>} */
export const change = (id, body, look) => call("PATCH", id, "spec", look, body);

/** @param {string} id @param {DataChoice} data @param {Look} look @returns {Promise<State>} */
export const changeData = (id, data, look) => call("PATCH", id, "data", look, { data });

/** @param {string} id @param {"undo" | "redo"} which @param {Look} look @returns {Promise<State>} */
export const revert = (id, which, look) => call("POST", id, which, look, {});

/** @param {string} id @param {Ref} ref @param {Look} look @returns {Promise<Explanation>} */
export const explain = (id, ref, look) =>
  json("GET", `${session(id)}/explanations/${at(ref)}&${asked(look)}`);

/** @param {string} id @param {Ref} ref @param {Look} look @returns {Promise<{[format: string]: Written}>} */
export const written = (id, ref, look) =>
  json("GET", `${session(id)}/explanations/${encodeURIComponent(ref.tensor)}/written?index=${ref.index.join(",")}&${asked(look)}`);

/** @param {string} id @param {Ref} around @param {Look} look @returns {Promise<{iteration: number, graph: Graph}>} */
export const graph = (id, { tensor, index }, look) =>
  json("GET", `${session(id)}/graph?around=${encodeURIComponent(`${tensor}:${index.join(",")}`)}&${asked(look)}`);

/** @param {string} id @param {number[]} inputs @returns {Promise<Prediction>} */
export const predict = (id, inputs) => json("POST", `${session(id)}/predict`, { inputs: [inputs] });

/** @param {string} id @param {Granularity} granularity @param {string | null} kind @param {Look} look @returns {Promise<Question | null>} */
export async function question(id, granularity, kind, look) {
  const wanted = kind === null ? "" : `&kind=${encodeURIComponent(kind)}`;
  return (await json("GET", `${session(id)}/question?granularity=${granularity}${wanted}&${asked(look)}`)).question;
}

/** @param {string} id @param {{operation: number, kind: string, answer: string | number}} body @param {Look} look @returns {Promise<Verdict>} */
export const judge = (id, body, look) => call("POST", id, "answer", look, body);

/** @param {string} id @param {Ref} ref @param {number | null} epsilon @returns {Promise<Nudge>} */
export const nudge = (id, ref, epsilon) => json("GET", `${session(id)}/nudges/${at(ref)}${epsilon === null ? "" : `&epsilon=${epsilon}`}`);

/** @param {string} id @returns {Promise<GradientCheck>} */
export const gradientCheck = (id) => json("GET", `${session(id)}/gradient-check`);

/** @param {string} id @param {Ref} ref @returns {Promise<History>} */
export const history = (id, ref) => json("GET", `${session(id)}/history/${at(ref)}`);

/** @param {string} id @param {string} language @returns {Promise<Diagnosis>} */
export const diagnosis = (id, language) => json("GET", `${session(id)}/diagnosis?language=${encodeURIComponent(language)}`);

/**
 * One of the catalog's exporters, as a file.
 * @param {string} id @param {string} name @param {{[option: string]: string}} chosen @param {Look} look @returns {Promise<{name: string, content: Blob}>}
 */
export async function exported(id, name, chosen, look) {
  const response = await request("GET", `${session(id)}/exports/${encodeURIComponent(name)}?${asked(look)}&${new URLSearchParams(chosen)}`);
  const named = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  return { name: named?.[1] ?? name, content: await response.blob() };
}

/** Begins again with the parameters in a file. @param {string} id @param {Uint8Array} bytes @param {"keep" | "replace"} layers @param {Look} look @returns {Promise<State>} */
export const bring = (id, bytes, layers, look) => json("PUT", `${session(id)}/parameters?layers=${layers}&${asked(look)}`, bytes);

/** @param {string} id @returns {Promise<Rows>} */
export const rows = (id) => json("GET", `${session(id)}/data`);

/** @param {string} id @param {number} iteration @param {number | null} example @returns {Promise<Tape>} */
export async function tape(id, iteration, example) {
  const query = example === null ? "" : `?example=${example}`;
  const response = await request("GET", `${session(id)}/tape/${iteration}${query}`);
  return decodeTape(await response.arrayBuffer());
}

/**
 * Every neuron over a plane of inputs, or over a line where none varies upwards.
 * @param {string} id @param {{across: number, up: number | null, size: number, example: number}} of @returns {Promise<{[name: string]: Tensor}>}
 */
export async function plane(id, { across, up, size, example }) {
  const upwards = up === null ? "" : `&up=${up}`;
  const response = await request("GET", `${session(id)}/plane?across=${across}${upwards}&size=${size}&example=${example}`);
  return decodeTensors(await response.arrayBuffer()).tensors;
}

/** What each neuron makes of the plane of two inputs, as shades. @param {string} id @param {number} size @returns {Promise<Tensor | null>} */
export async function regions(id, size) {
  const response = await request("GET", `${session(id)}/regions?size=${size}`);
  return decodeTensors(await response.arrayBuffer()).tensors["regions"] ?? null;
}

/** @param {string} activation @param {number} reach @returns {Promise<Curve>} */
export const curve = (activation, reach) => json("GET", `api/catalog/curves/${encodeURIComponent(activation)}?reach=${reach}`);

/** @param {string} id @param {{until: Goal, speed: number | null}} body @param {Look} look @returns {Promise<State>} */
export const run = (id, body, look) => call("PUT", id, "run", look, body);

/** @param {string} id @param {Look} look @returns {Promise<State>} */
export const pause = (id, look) => call("DELETE", id, "run", look);

/**
 * The state as it is now, with the tape of its iteration and, of a size, the regions of its neurons.
 * @param {string} id @param {Look} look @param {number | null} regions @returns {Promise<{state: State, tape: Tape, regions: Tensor | null}>}
 */
export async function frame(id, look, regions) {
  const response = await request("GET", `${session(id)}/frame?${asked(look)}${regions === null ? "" : `&regions=${regions}`}`);
  return decodeFrame(await response.arrayBuffer());
}

/** @param {string} id @param {number} after @param {string} language @returns {Promise<Metrics>} */
export const metrics = (id, after, language) => json("GET", `${session(id)}/metrics?after=${after}&language=${encodeURIComponent(language)}`);

/** @param {string} id @returns {Promise<Confusion>} */
export const confusion = (id) => json("GET", `${session(id)}/confusion`);

/**
 * The cost over two parameters.
 * @param {string} id @param {{x: Ref, y: Ref, wide: number, size: number}} of @returns {Promise<{header: any, tensors: {[name: string]: Tensor}}>}
 */
export async function landscape(id, { x, y, wide, size }) {
  const named = (/** @type {Ref} */ { tensor, index }) => `${tensor}:${index.join(",")}`;
  const response = await request("GET", `${session(id)}/landscape?x=${named(x)}&y=${named(y)}&wide=${wide}&size=${size}`);
  return decodeTensors(await response.arrayBuffer());
}
