// @ts-nocheck: imports by address, which the type checker does not follow.
import { decodeTape, number } from "/static/js/wire.js";
import { equal, test } from "/tests/js/test.js";

/** @param {number} value what JSON cannot hold, as a word; -0 too */
const told = (value) => (Object.is(value, -0) ? "-0" : String(value));

for (const dtype of ["float64", "float32"]) {
  await test(`the ${dtype} tape that the server is held to is read number by number`, async () => {
    const file = `/tests/golden/tape-${dtype}`;
    const wanted = await (await fetch(`${file}.json`)).json();
    const tape = decodeTape(await (await fetch(`${file}.bin`)).arrayBuffer());
    equal([tape.iteration, tape.examples, tape.batch], [wanted.iteration, wanted.examples, wanted.batch]);
    equal(Object.keys(tape.tensors), Object.keys(wanted.tensors));
    for (const [name, { shape, data }] of Object.entries(wanted.tensors)) {
      equal(tape.tensors[name]?.shape, shape, name);
      const numbers = data.map((/** @type {number | string} */ value) => told(Number(number(value))));
      equal([...(tape.tensors[name]?.data ?? [])].map(told), numbers, name);
    }
  });
}
