// @ts-nocheck: tests hand over half-made data on purpose.
import { contour, place, rangeOf, shades, ticks } from "/static/js/net/plane.js";
import { equal, ok, test } from "/tests/js/test.js";

test("the line of a level crosses where the numbers do", () => {
  // x − 1 over a grid of 3 × 2: 0 lies on the middle column.
  const pieces = contour({ values: [-1, 0.5, 2, -1, 0.5, 2], width: 3, height: 2 }, 0);
  equal(pieces.length, 1);
  for (const [x1, , x2] of pieces) {
    ok(Math.abs(x1 - 2 / 3) < 1e-12, "one end");
    ok(Math.abs(x2 - 2 / 3) < 1e-12, "the other");
  }
});

test("a line that goes around one high number closes", () => {
  const pieces = contour({ values: [0, 0, 0, 0, 1, 0, 0, 0, 0], width: 3, height: 3 }, 0.5);
  equal(pieces.length, 4);
  const ends = pieces.flatMap(([x1, y1, x2, y2]) => [`${x1},${y1}`, `${x2},${y2}`]).sort();
  equal(ends, ["0.5,1", "0.5,1", "1,0.5", "1,0.5", "1,1.5", "1,1.5", "1.5,1", "1.5,1"]);
});

test("there is no line where nothing crosses, nor through what is not a number", () => {
  equal(contour({ values: [1, 2, 3, 4], width: 2, height: 2 }, 0).length, 0);
  equal(contour({ values: [NaN, 2, -3, NaN], width: 2, height: 2 }, 5).length, 0);
});

test("the highest row of a grid is the first of its image", () => {
  const bytes = shades({ values: [-1, -1, 1, 1], width: 2, height: 2 }, { middle: 0, reach: 1 }, "light");
  equal([...bytes.slice(0, 4)], [216, 107, 0, 255]);
  equal([...bytes.slice(8, 12)], [84, 39, 136, 255]);
});

test("a scale is that of the activation, else as wide as its numbers", () => {
  equal(rangeOf("sigmoid", [0.4]), { middle: 0.5, reach: 0.5 });
  equal(rangeOf("relu", [0, 3, Infinity]), { middle: 0, reach: 3 });
  equal(place(0.75, { middle: 0.5, reach: 0.5 }), 0.5);
  equal(place(9, { middle: 0, reach: 3 }), 1);
});

test("ticks are round and lie within the axis", () => {
  equal(ticks(-0.15, 1.15), [0, 0.5, 1]);
  equal(ticks(-6, 6), [-5, 0, 5]);
  equal(ticks(2, 2), []);
});
