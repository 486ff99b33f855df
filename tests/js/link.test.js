// @ts-nocheck: the imports are the page's addresses.
import "/tests/js/english.js";
import { read, Unreadable, written } from "/static/js/link.js";
import { equal, ok, test } from "/tests/js/test.js";

const bytes = (text) => new TextEncoder().encode(text);
const fault = (text) => read(text).then(() => null, (error) => (error instanceof Unreadable ? error.message : String(error)));

test("what a link holds comes back as it was, in letters that an address may have", async () => {
  for (const one of [new Uint8Array(), bytes("Hallo"), Uint8Array.from({ length: 70000 }, (_, k) => (k * k) % 251)]) {
    const text = await written(one);
    ok(/^1[\w-]*$/.test(text), text.slice(0, 40));
    equal([...(await read(text))], [...one]);
  }
});

test("a newer link and a damaged one are told apart, in a sentence each", async () => {
  const text = await written(bytes("a session ".repeat(50)));
  ok((await fault(`2${text.slice(1)}`)).includes("newer"), "not newer");
  for (const wrong of ["", "1", "x", "1!!!", text.slice(0, -3), `${text.slice(0, 9)}A${text.slice(10)}`, `1${"_".repeat(40)}`]) {
    ok((await fault(wrong))?.includes("damaged"), `${wrong.slice(0, 30)}: ${await fault(wrong)}`);
  }
});

test("a link that would fill the memory is given up", async () => {
  const packed = await written(new Uint8Array(2 ** 24 + 1));
  ok(packed.length < 50000, String(packed.length));
  ok((await fault(packed))?.includes("damaged"), "it was read");
});
