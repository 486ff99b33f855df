/**
 * What keys are called, as they stand on a keyboard of the language.
 */
import { say } from "./say.js";

/** @type {{[key: string]: string}} */
const GLYPHS = { ArrowRight: "→", ArrowLeft: "←" };

/** @param {string} key as it is written, such as `Shift+p` */
export const keyName = (key) => (key.length > 1 ? key.split("+") : [key]).map((part) => GLYPHS[part] ?? (part.length === 1 ? part.toUpperCase() : say(`keys.${part}`))).join(" ");
