// @ts-nocheck: tests hand over half-made data on purpose.
import { tapeReading } from "/static/js/net/reading.js";
import { decodeTape } from "/static/js/wire.js";
import { equal, test, throws } from "/tests/js/test.js";

/** A tape in bytes: two rows, one of them outside the batch. */
function bytes({ version = 1, magic = "SGTP" } = {}) {
  const tensors = { z1: { shape: [2, 2], offset: 0 }, W1: { shape: [2, 1], offset: 32 }, C: { shape: [], offset: 48 } };
  let header = JSON.stringify({ iteration: 3, dtype: "float64", examples: [5, 9], batch: 1, tensors });
  header = header.padEnd(Math.ceil(header.length / 8) * 8);
  const buffer = new ArrayBuffer(16 + header.length + 56);
  const view = new DataView(buffer);
  [...magic].forEach((letter, k) => view.setUint8(k, letter.charCodeAt(0)));
  view.setUint8(4, version);
  view.setUint32(8, header.length, true);
  new Uint8Array(buffer).set(new TextEncoder().encode(header), 16);
  [1, 2, 3, 4, -5, 6, NaN].forEach((x, k) => view.setFloat64(16 + header.length + 8 * k, x, true));
  return buffer;
}

test("a tape is read back with its shapes and numbers", () => {
  const tape = decodeTape(bytes());
  equal([tape.iteration, tape.examples, tape.batch], [3, [5, 9], 1]);
  equal([...tape.tensors.z1.data], [1, 2, 3, 4]);
  equal([...tape.tensors.W1.data], [-5, 6]);
  equal(Number.isNaN(tape.tensors.C.data[0]), true);
});

test("what is no tape, or a newer one, is refused with a reason", () => {
  throws(() => decodeTape(new ArrayBuffer(4)), /not a tape/);
  throws(() => decodeTape(bytes({ magic: "NOPE" })), /not a tape/);
  throws(() => decodeTape(bytes({ version: 2 })), /version 2/);
});

test("only what is written before the cursor can be read, and of the shown example", () => {
  const tape = decodeTape(bytes());
  const first = tapeReading(tape, { z1: 1, C: 0 }, 5);
  equal([first("z1", 0), first("z1", 1), first("W1", 1, 0), first("C")], [1, null, 6, null]);
  const second = tapeReading(tape, { z1: 2 }, 9);
  equal([second("z1", 0), second("z1", 1), second("z1", 2), second("z9", 0)], [3, 4, null, null]);
});

test("a term of a sum can be read once its own step is done, not when its factors are there", () => {
  const numbers = (...data) => Float64Array.from(data);
  const tensors = {
    a0: { shape: [1, 2], data: numbers(2, 3) }, dz1: { shape: [1, 1], data: numbers(10) }, W1: { shape: [1, 2], data: numbers(5, 7) },
  };
  const read = tapeReading({ iteration: 0, examples: [0], batch: 1, tensors }, { Wa1: 1, dz1: 1, Wdz1: 2 }, 0);
  equal([read("Wa1", 0, 0), read("Wa1", 0, 1)], [10, null]);
  equal([read("Wdz1", 0, 0), read("Wdz1", 1, 0)], [50, 70]);
});
