/**
 * Decodes what the server sends in binary, and the numbers that JSON cannot hold.
 * @import {State, Tape, Tensor, Wire} from "./types.js"
 */

const MAGIC = 0x50544753; // "SGTP", little-endian
const VERSION = 1;
const HEADER_AT = 16;

/** One iteration's tensors. @param {ArrayBuffer} buffer @returns {Tape} */
export const decodeTape = (buffer) => tapeOf(decodeTensors(buffer));

/** A state, the tape of its iteration, and regions where they were asked for. @param {ArrayBuffer} buffer @returns {{state: State, tape: Tape, regions: Tensor | null}} */
export function decodeFrame(buffer) {
  const { header, tensors: { regions = null, ...tensors } } = decodeTensors(buffer);
  return { state: header.state, tape: tapeOf({ header, tensors }), regions };
}

/** @param {{header: any, tensors: {[name: string]: Tensor}}} decoded @returns {Tape} */
const tapeOf = ({ header: { iteration, examples, batch }, tensors }) => ({ iteration, examples, batch, tensors });

/**
 * Tensors by name. Layout: magic, version, header length, JSON header, payload.
 * @param {ArrayBuffer} buffer
 * @returns {{header: any, tensors: {[name: string]: Tensor}}}
 */
export function decodeTensors(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEADER_AT || view.getUint32(0, true) !== MAGIC) {
    throw new TypeError("not a tape: the first four bytes are not SGTP");
  }
  const version = view.getUint8(4);
  if (version !== VERSION) throw new TypeError(`tape version ${version}; this page reads version ${VERSION}`);
  const length = view.getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, HEADER_AT, length)));
  const numbers = header.dtype === "float32" ? Float32Array : Float64Array;
  /** @type {{[name: string]: Tensor}} */
  const tensors = {};
  for (const [name, { shape, offset, dtype }] of Object.entries(header.tensors)) {
    const size = shape.reduce((/** @type {number} */ product, /** @type {number} */ n) => product * n, 1);
    tensors[name] = { shape, data: new (dtype === "uint8" ? Uint8Array : numbers)(buffer, HEADER_AT + length + offset, size) };
  }
  return { header, tensors };
}

/**
 * @param {Wire | null | undefined} value
 * @returns {number | null} NaN and the infinities travel as words, which Number reads
 */
export function number(value) {
  return value === null || value === undefined ? null : Number(value);
}
