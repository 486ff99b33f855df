/**
 * A saved session as letters that stand in an address: compressed by the browser itself, behind the number of the way.
 */

import { say } from "./words/say.js";

const WAY = "1";
/** Bytes that a link may hold; one that was made to fill the memory is given up. */
const MOST = 2 ** 24;

/** A link that cannot be read; says why. */
export class Unreadable extends Error {
  /** @param {"damaged" | "newer"} why */
  constructor(why) {
    super(say(`unreadable.${why}`));
  }
}

/** @param {Uint8Array} bytes @returns {Promise<string>} letters, digits, `-` and `_` */
export async function written(bytes) {
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  const letters = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return WAY + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What `written` made of these bytes. @param {string} text @returns {Promise<Uint8Array>} @throws {Unreadable} */
export async function read(text) {
  const [way, letters] = [text.slice(0, 1), text.slice(1)];
  if (way !== WAY) throw new Unreadable(/^[2-9]$/.test(way) ? "newer" : "damaged");
  try {
    const packed = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    return await through(Uint8Array.from(packed, (letter) => letter.charCodeAt(0)), new DecompressionStream("deflate-raw"));
  } catch {
    throw new Unreadable("damaged");
  }
}

/** @param {Uint8Array} bytes @param {CompressionStream | DecompressionStream} stream */
async function through(bytes, stream) {
  const reader = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]).stream().pipeThrough(stream).getReader();
  const pieces = [];
  let size = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value);
    size += piece.value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new Unreadable("damaged");
    }
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
