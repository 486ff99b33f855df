// @ts-nocheck: the imports are the page's addresses.
import { quantityOf, toneOf } from "/static/js/net/tone.js";
import { equal, ok, test } from "/tests/js/test.js";

const rise = (/** @type {number} */ value) => {
  const tone = toneOf(value, "gradient");
  return tone ? Math.sign(tone.to - tone.from) : null;
};

test("a tone rises for plus, falls for minus, stays for zero; what is not finite has none", () => {
  equal([rise(0.1), rise(-0.1), rise(0), rise(NaN), rise(-Infinity)], [1, -1, 0, null, null]);
});

test("a larger number begins higher, whatever its sign", () => {
  const begins = [0.001, -0.01, 0.1].map((value) => toneOf(value, "gradient")?.from ?? 0);
  ok((begins[0] ?? 0) < (begins[1] ?? 0) && (begins[1] ?? 0) < (begins[2] ?? 0), String(begins));
});

test("tensors sound on the scale of their quantity", () => {
  equal(["a1", "z2", "y", "W1", "b2.new", "dW1", "dz2", "C"].map(quantityOf), ["activation", "activation", "activation", "weight", "weight", "gradient", "gradient", "gradient"]);
});
