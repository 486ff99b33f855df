// @ts-nocheck: tests hand over half-made data on purpose.
import { pieces } from "/static/js/ui/math.js";
import { equal, test } from "/tests/js/test.js";

const mn = (text) => ["mn", null, text];
const mo = (text) => ["mo", null, text];
const sum = (count) => ["mrow", null, mn("z"), mo("="), ["mrow", null, mo("("), ...Array.from({ length: count }, (_, k) => (k ? [mo("+"), mn(String(k))] : [mn("0")])).flat(), mo(")")]];

test("a short formula keeps its brackets whole", () => {
  const [only, ...others] = pieces(sum(3));
  equal([only.slice(2).map(([tag]) => tag), others], [["mn", "mo", "mrow"], []]);
});

test("a long sum may wrap before each term, and loses nothing", () => {
  const words = (node) => (typeof node === "string" ? node : node.slice(2).map(words).join(""));
  const wrapped = pieces(sum(30));
  equal(wrapped.length > 25, true);
  equal(wrapped.map(words).join(""), words(sum(30)));
});

test("an operand in brackets stays one piece", () => {
  const math = ["mrow", null, mn("z"), mo("="), ["mrow", { operand: 0 }, mo("("), mo("−"), mn("1"), mo(")")], mo("+"), mn("2")];
  equal(pieces(math).length, 3);
});
