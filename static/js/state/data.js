/**
 * Looking at data before there is a session: a table as the server read it, and what a network would see.
 * @import {DataChoice, Preview, TableRead} from "../types.js"
 */
import * as api from "../api.js";
import { language } from "./preferences.js";
import { dismiss, report } from "./problem.js";

/**
 * @template T
 * @param {() => Promise<T>} ask
 * @returns {Promise<T | null>} null when it was refused, which is reported
 */
async function asked(ask) {
  try {
    const answer = await ask();
    dismiss();
    return answer;
  } catch (error) {
    report(error);
    return null;
  }
}

/** @param {DataChoice} data @returns {Promise<Preview | null>} */
export const previewed = (data) => asked(() => api.previewData(data, language.peek()));

/**
 * @param {Uint8Array} bytes the file, or what was pasted
 * @param {{[name: string]: string}} layout what is known of how it is written
 * @returns {Promise<{text: string, told: TableRead} | null>}
 */
export const readTable = (bytes, layout) =>
  asked(async () => {
    const told = await api.readTable(bytes, layout);
    return { told, text: new TextDecoder(told.encoding).decode(bytes) };
  });
