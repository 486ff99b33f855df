// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { csv, difference, everyNumber, kindsOf, sorted } from "/static/js/net/table.js";
import { equal, test } from "/tests/js/test.js";

const spec = { layers: [{ units: 2 }, { units: 1 }], optimizer: { name: "sgd" } };
const data = { features: ["height, cm", "width"], targets: ["area"] };
const tape = { tensors: { W1: { shape: [1, 2] }, a0: { shape: [3, 2] }, C: { shape: [] } } };
const values = { "W1:0,0": 3, "W1:0,1": -5, "a0:0": 1, "a0:1": 2 };
const reading = (tensor, ...index) => values[`${tensor}:${index}`] ?? null;
const rows = everyNumber({ spec, data, tape, reading, other: (tensor) => (tensor === "a0" ? 4 : null), signs: { W: "w", a: "a" } });

test("every element of every tensor is a row, the examples' axis left out", () => {
  equal(rows.map(({ tensor, index }) => `${tensor}:${index}`), ["W1:0,0", "W1:0,1", "a0:0", "a0:1", "C:"]);
  equal(rows[1].where, "input width → output area");
  equal(rows.map(({ value }) => value), [3, -5, 1, 2, null]);
  equal(rows.map(difference), [null, null, 3, 2, null]);
});

test("sorted by value or size, what is not computed comes last either way", () => {
  equal(sorted(rows, "value", false).map(({ value }) => value), [-5, 1, 2, 3, null]);
  equal(sorted(rows, "value", true).map(({ value }) => value), [3, 2, 1, -5, null]);
  equal(sorted(rows, "size", true).map(({ value }) => value), [-5, 3, 2, 1, null]);
});

test("the kinds of numbers are listed once", () => {
  equal(kindsOf(rows).map(({ kind }) => kind), ["W", "a", "C"]);
});

test("comma-separated values keep every digit and quote what has a comma", () => {
  const lines = csv([{ ...rows[2], value: 0.1 + 0.2 }], true).split("\n");
  equal(lines[1], 'a0,0,"input height, cm",0.30000000000000004,4');
});
