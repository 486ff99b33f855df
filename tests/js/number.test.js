// @ts-nocheck: tests hand over half-made data on purpose.
import { factor, format, parse } from "/static/js/number.js";
import { equal, test } from "/tests/js/test.js";

test("short decimals stay exact, others are rounded to the digits", () => {
  const written = [0, -0, 0.5, 12, 0.125, 0.12345, -0.5, 2 / 3, 1e-3, 999999].map((x) => format(x, 3));
  equal(written, ["0", "0", "0.5", "12", "0.125", "0.123", "−0.5", "0.667", "0.001", "999999"]);
});

test("halves are rounded away from zero, and the next float below a half is not", () => {
  equal([format(0.125, 2), format(-0.125, 2), format(0.12499999999999999, 2)], ["0.13", "−0.13", "0.12"]);
});

test("numbers without room for their first digit are written in powers of ten", () => {
  equal([format(1.234e-5, 3), format(-4.5e-7, 3), format(0.0009, 3), format(0.001, 3)], ["1.23·10⁻⁵", "−4.5·10⁻⁷", "9·10⁻⁴", "0.001"]);
  equal([format(1e6, 3), format(1234567, 3), format(0.3, 0), format(1e21, 3)], ["1·10⁶", "1.23·10⁶", "3·10⁻¹", "1·10²¹"]);
});

test("what is not a number, or has no end, is said in words and signs", () => {
  equal([NaN, "NaN", Infinity, "-Infinity", null, undefined].map((x) => format(x, 3)), ["not a number", "not a number", "∞", "−∞", "", ""]);
});

test("negative factors stand in brackets", () => {
  equal([factor(-0.23, 3), factor(0.23, 3)], ["(−0.23)", "0.23"]);
});

test("points, commas, fractions and either minus are read", () => {
  equal(["0.5", "0,5", ".5", " 1 / 3 ", "-2", "−2", "+1e-3", "1/0,5"].map(parse), [0.5, 0.5, 0.5, 1 / 3, -2, -2, 0.001, 2]);
});

test("what is not one finite number is refused", () => {
  equal(["", "x", "1/0", "1/2/3", "1e999", "0x10", "1,000.5", "--1", "1 2x", "NaN"].map(parse), Array(10).fill(null));
});
