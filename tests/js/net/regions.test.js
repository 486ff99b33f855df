// @ts-nocheck: tests hand over half-made data on purpose.
import { regionsOf } from "/static/js/net/regions.js";
import { shades } from "/static/js/net/plane.js";
import { equal, test } from "/tests/js/test.js";

const spec = { layers: [{ units: 2 }, { units: 2, activation: "relu" }, { units: 1, activation: "sigmoid" }] };
const plane = {
  a1: { shape: [2, 1, 2], data: Float32Array.of(0, 4, -1, 1) },
  a2: { shape: [1, 1, 2], data: Float32Array.of(0.25, 1) },
};

test("each neuron behind the inputs has a region, on the scale of its activation", () => {
  const regions = regionsOf(plane, spec, "light");
  equal([...regions.keys()], ["n1.0", "n1.1", "n2.0"]);
  const wanted = (values, middle, reach) => [...shades({ values, width: 2, height: 1 }, { middle, reach }, "light")];
  equal([...regions.get("n1.0").bytes], wanted([0, 4], 0, 4));
  equal([...regions.get("n1.1").bytes], wanted([-1, 1], 0, 1));
  equal([...regions.get("n2.0").bytes], wanted([0.25, 1], 0.5, 0.5));
});

test("the plane of another network makes no regions", () => {
  equal(regionsOf({ a1: plane.a1 }, spec, "light").size, 0);
  equal(regionsOf({ ...plane, a1: plane.a2 }, spec, "light").size, 0);
});
