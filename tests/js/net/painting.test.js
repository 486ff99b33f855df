// @ts-nocheck: tests hand over half-made data on purpose.
import { fillOf, strokeOf, widthOf } from "/static/js/net/colour.js";
import { paintingOf } from "/static/js/net/painting.js";
import { equal, test } from "/tests/js/test.js";

const scene = {
  links: [
    { d: "M0 0C1 0 2 0 3 0", ref: { tensor: "W1", index: [0, 1] }, strength: "plain", colour: "old", width: 1, dash: false },
    { d: "M0 1C1 1 2 1 3 1", ref: { tensor: "W1", index: [1, 0] }, strength: "dim", colour: "old", width: 1, dash: false },
  ],
  neurons: [{ id: "n1.0", x: 5, y: 6, r: 7, w: 8, ref: { tensor: "a1", index: [0] }, fill: "old" }],
};
const numbers = { "W1 0 1": -2, "W1 1 0": 0.5, "a1 0": 0.7 };
const reading = (tensor, ...index) => numbers[[tensor, ...index].join(" ")] ?? null;

test("a painting has the scene's places and the colours of the newer numbers", () => {
  const { lines, bodies } = paintingOf(scene, reading, "dark");
  equal(lines, [
    { d: scene.links[0].d, colour: strokeOf(-2, "weight", "dark"), width: widthOf(-2, "weight"), dash: true, dim: false },
    { d: scene.links[1].d, colour: strokeOf(0.5, "weight", "dark"), width: widthOf(0.5, "weight"), dash: false, dim: true },
  ]);
  equal(bodies, [{ id: "n1.0", x: 5, y: 6, r: 7, w: 8, fill: fillOf(0.7, "activation", "dark") }]);
});
