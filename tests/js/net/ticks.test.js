// @ts-nocheck: tests hand over half-made data on purpose.
import { chartOf, nearest } from "/static/js/net/chart.js";
import { around, roundStep } from "/static/js/net/ticks.js";
import { equal, test } from "/tests/js/test.js";

test("steps are 1, 2 or 5 times a power of ten, as small as the number of parts allows", () => {
  equal([roundStep(10, 10), roundStep(10, 9), roundStep(1, 4), roundStep(0.0003, 2), roundStep(7e6, 2)], [1, 2, 0.5, 0.0002, 5e6]);
});

test("round numbers enclose what is between them and 0 is one of them where it is inside", () => {
  equal(around(-0.31, 0.72, 8), [-0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8]);
  equal(around(0.3, 0.3, 8), [0.3, 0.35]);
  equal(around(0, 0, 8), [0, 0.2]);
  equal(around(-2, -2, 4), [-2, -1]);
});

const PLOT = { left: 0, right: 100, top: 0, bottom: 50 };

test("a chart's first point stands left, its last right, its largest above its smallest", () => {
  const { points, d, up } = chartOf([0, 1, 4], [1, 3, 2], PLOT);
  equal(points, [{ x: 0, y: 50 }, { x: 25, y: 0 }, { x: 100, y: 25 }]);
  equal(d, "M0.0 50.0L25.0 0.0L100.0 25.0");
  equal(up.map(({ value }) => value), [1, 2, 3]);
});

test("what is not finite leaves a gap in the line, and nothing else", () => {
  const { points, d } = chartOf([0, 1, 2, 3], [1, NaN, 2, 3], PLOT);
  equal(points[1], null);
  equal((d.match(/M/g) ?? []).length, 2);
  equal(chartOf([0, 1], [NaN, Infinity], PLOT).up, []);
});

test("the nearest point is found across, never one that is not drawn", () => {
  const chart = chartOf([0, 1, 4], [1, NaN, 2], PLOT);
  equal([nearest(chart, -5), nearest(chart, 30), nearest(chart, 90)], [0, 0, 2]);
});
