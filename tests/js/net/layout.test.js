// @ts-nocheck: tests hand over half-made data on purpose.
import { rowsOf } from "/static/js/net/elision.js";
import { curve, labelPlace, layoutOf, pathOf, pointAt } from "/static/js/net/layout.js";
import { equal, ok, test } from "/tests/js/test.js";

const room = (units, width = 1000, height = 600) =>
  layoutOf({ units, keep: units.map(() => []), width, height, names: ["x₁"], feet: units.map(() => false), ones: false, building: false, moved: {} });

test("a layer of up to ten is drawn whole", () => {
  equal(rowsOf(10, []).map((row) => row.unit), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("a wide layer keeps its ends and the units that matter, and counts the rest", () => {
  const rows = rowsOf(784, [300]);
  equal(rows.filter((row) => "unit" in row).map((row) => row.unit), [0, 1, 2, 3, 4, 300, 781, 782, 783]);
  const skipped = rows.filter((row) => "skipped" in row).reduce((sum, row) => sum + row.skipped, 0);
  equal(skipped + 9, 784);
  for (const unit of [0, 4, 5, 6, 780, 783]) ok(rowsOf(784, [unit]).some((row) => row.unit === unit), `unit ${unit} is missing`);
});

test("the verdict under the cost stays within a low picture", () => {
  for (const height of [265, 320, 600]) ok(room([2, 3, 1], 1000, height).cost.y + 137 <= height, `at ${height}`);
});

test("neurons of a layer never overlap, at any size of the page", () => {
  for (const width of [360, 700, 1024, 3840]) for (const units of [[2, 3, 1], [4, 8, 8, 3], [784, 128, 64, 10], [1, 1]]) {
    for (const { spots } of room(units, width).columns) {
      for (const [k, spot] of spots.slice(1).entries()) ok(spot.y - spots[k].y >= spot.r + spots[k].r, `${units} at ${width}`);
    }
  }
});

test("layers stand left to right inside the picture", () => {
  const { columns, width } = room([2, 3, 1]);
  const xs = columns.map((column) => column.x);
  ok(xs.every((x, k) => x > (xs[k - 1] ?? 0) && x < width), String(xs));
});

test("a link starts and ends on its neurons, and arrival points are apart", () => {
  const [from, to] = [{ unit: 0, x: 0, y: 0, r: 20, w: 20 }, { unit: 0, x: 200, y: 50, r: 20, w: 26 }];
  const links = [0, 1, 2].map((rank) => curve(from, to, { departing: [0, 1], arriving: [rank, 3] }));
  equal(pointAt(links[1], 0), { x: 20, y: 0 });
  equal(pointAt(links[1], 1), { x: 174, y: 50 });
  ok(links[1].y2 - links[0].y2 > 10, "arrival points merge");
  ok(/^M20 0C/.test(pathOf(links[1])), pathOf(links[1]));
});

test("labels are shown only where there is room for them", () => {
  const lines = (count, apart) => Array.from({ length: count }, (_, k) => ({ x1: 0, y1: k * apart, x2: 200, y2: k * apart }));
  equal([labelPlace(lines(4, 40)).fits, labelPlace(lines(4, 4)).fits, labelPlace(lines(80, 40)).fits], [true, false, false]);
});
