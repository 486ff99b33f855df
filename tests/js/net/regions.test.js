// @ts-nocheck: tests hand over half-made data on purpose.
import { ramp } from "/static/js/net/colour.js";
import { regionsOf } from "/static/js/net/regions.js";
import { equal, test } from "/tests/js/test.js";

const spec = { layers: [{ units: 2 }, { units: 2, activation: "relu" }, { units: 1, activation: "sigmoid" }] };

test("each neuron behind the inputs has a square of the image, in the colours of its shades", () => {
  const regions = regionsOf({ shape: [3, 2, 2], data: Uint8Array.of(0, 127, 254, 255, 0, 0, 0, 0, 254, 254, 254, 254) }, spec, "light");
  equal([...regions.places], [["n1.0", 0], ["n1.1", 1], ["n2.0", 2]]);
  equal(regions.size, 2);
  const wanted = [...[-1, 0, 1].flatMap((t) => [...ramp(t, "activation", "light").map(Math.round), 255]), 0, 0, 0, 0];
  equal([...regions.bytes].slice(0, 16), wanted);
  equal([...regions.bytes].slice(16, 20), wanted.slice(0, 4));
  equal([...regions.bytes].slice(-4), wanted.slice(8, 12));
});

test("the shades of another network make no regions", () => {
  equal(regionsOf({ shape: [2, 2, 2], data: new Uint8Array(8) }, spec, "light"), null);
});
