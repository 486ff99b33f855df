/**
 * Every request about a class. Who asks says so by the teacher's key, or by the token that she was given when she joined.
 * @import {Look} from "./api.js"
 * @import {Aim, Opened, Ref, State} from "./types.js"
 */
import { asked, json, request } from "./api.js";

/** @typedef {{code: string, as: string}} Seat a room, and the key or token of who asks */

/** @param {string} code */
const room = (code) => `api/rooms/${encodeURIComponent(code)}`;

/** @param {string} method @param {Seat} seat @param {string} path @param {unknown} [body] */
const tell = (method, { code, as }, path, body) => request(method, room(code) + path, body, { "Stepgrad-Room": as });

/** @param {string} session @returns {Promise<Opened>} */
export const open = (session) => json("POST", "api/rooms", { session });

/** Whether rooms can be opened here. @returns {Promise<{shared: boolean}>} */
export const sharing = () => json("GET", "api/rooms");

/** @param {string} code @returns {Promise<{members: number, address: string | null}>} */
export const about = (code) => json("GET", room(code));

/** The picture of the address to join by. @param {string} code @param {string} address the page's for others; empty for what the server takes for it */
export const pictureOf = (code, address) => `${room(code)}/qr.svg${address && `?at=${encodeURIComponent(address)}`}`;

/** @param {string} code @param {string} nickname @returns {Promise<{member: number, token: string, viewing: string}>} */
export const join = (code, nickname) => json("POST", `${room(code)}/members`, nickname ? { nickname } : {});

/** Where to listen. @param {Seat} seat @param {{[name: string]: string}} query */
export const events = ({ code, as }, query) => `${room(code)}/events?${new URLSearchParams({ as, ...query })}`;

/** @param {Seat} seat @param {{session?: string, look?: Aim, ring?: Ref | null, covered?: boolean}} body */
export const show = (seat, body) => tell("PUT", seat, "/spotlight", body);

/** @param {Seat} seat @param {{following: boolean, session?: string}} body */
export const place = (seat, body) => tell("PUT", seat, "/members/me", body);

/** @param {Seat} seat @param {number | null} member */
export const lead = (seat, member) => tell("PUT", seat, "/lead", { member });

/** @param {Seat} seat @param {boolean} frozen */
export const freeze = (seat, frozen) => tell("PUT", seat, "/frozen", { frozen });

/** A copy of what is shown, as a session of one's own. @param {Seat} seat @param {string} viewing @param {Look} look @returns {Promise<State>} */
export const copy = ({ as }, viewing, look) => json("POST", `api/sessions/${encodeURIComponent(viewing)}/duplicate?${asked(look)}`, undefined, { "Stepgrad-Room": as });

/** @typedef {{operation: number, kind: string} | {text: string, options: string[], answer?: string} | {text: string, answer: number, tolerance: number}} Asking */

/** @param {Seat} seat @param {Asking} question */
export const ask = (seat, question) => tell("POST", seat, "/questions", question);

/** @param {Seat} seat @param {number} question @param {string | number} given */
export const answer = (seat, question, given) => tell("PUT", seat, `/questions/${question}/answer`, { answer: given });

/** @param {Seat} seat @param {number} question */
export const reveal = (seat, question) => tell("POST", seat, `/questions/${question}/reveal`);

/** Takes a question off all screens. @param {Seat} seat @param {number} question */
export const putAway = (seat, question) => tell("DELETE", seat, `/questions/${question}`);

/** @param {Seat} seat */
export const close = (seat) => tell("DELETE", seat, "");
