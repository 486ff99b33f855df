// @ts-nocheck: tests hand over half-made data on purpose.
import { moved, transformOf, WHOLE } from "/static/js/net/camera.js";
import { equal, ok, test } from "/tests/js/test.js";

test("what lies between the fingers stays there while they part and move", () => {
  const [from, to] = [{ x: 0.6, y: 0.5 }, { x: 0.5, y: 0.4 }];
  const seen = moved(WHOLE, from, to, 2);
  equal(seen.k, 2);
  for (const axis of ["x", "y"]) ok(Math.abs(seen[axis] + to[axis] / seen.k - from[axis]) < 1e-12, axis);
});

test("nothing beyond the picture is seen, and it is never smaller than whole", () => {
  const corner = moved(WHOLE, { x: 0, y: 0 }, { x: 1, y: 1 }, 2);
  equal([corner.x, corner.y], [0, 0]);
  const other = moved(corner, { x: 1, y: 1 }, { x: -9, y: -9 }, 1);
  equal([other.x, other.y], [0.5, 0.5]);
  equal(moved(other, { x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 }, 0.1), WHOLE);
});

test("as CSS it is a scale and a shift", () => {
  equal(transformOf({ k: 2, x: 0.25, y: 0.5 }), "scale(2) translate(-25%, -50%)");
});

test("of a picture that was scrolled, all of it can be reached once it is magnified", () => {
  const frame = { x: 0.25, y: 0, w: 0.5, h: 1 };
  const near = moved(WHOLE, { x: 0.5, y: 0.5 }, { x: 9, y: 0.5 }, 2, frame);
  const far = moved(near, { x: 9, y: 0.5 }, { x: -9, y: 0.5 }, 1, frame);
  equal([near.x, far.x], [-0.125, 0.625]);
});
