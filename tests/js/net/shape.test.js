// @ts-nocheck: half-made layers on purpose.
import { activated, hidden, inserted, resized, without } from "/static/js/net/shape.js";
import { equal, test } from "/tests/js/test.js";

const LAYERS = [{ units: 2 }, { units: 4, activation: "relu", dropout: 0.5 }, { units: 1, activation: "sigmoid" }];

test("the data decides on the ends: only what lies between is one's own", () => {
  equal([0, 1, 2].map((layer) => hidden(LAYERS, layer)), [false, true, false]);
});

test("a layer never loses its last neuron, and keeps what else it has", () => {
  equal(resized(LAYERS, 1, -9)[1], { units: 1, activation: "relu", dropout: 0.5 });
  equal(resized(LAYERS, 1, 1)[1].units, 5);
  equal(LAYERS[1].units, 4);
});

test("a new layer is like the hidden layer beside it, and of three tanh neurons where there is none", () => {
  equal(inserted(LAYERS, 0)[1], { units: 4, activation: "relu" });
  equal(inserted(LAYERS, 1).map(({ units }) => units), [2, 4, 4, 1]);
  equal(inserted([LAYERS[0], LAYERS[2]], 0)[1], { units: 3, activation: "tanh" });
});

test("a layer goes, an activation is another", () => {
  equal(without(LAYERS, 1).map(({ units }) => units), [2, 1]);
  equal(activated(LAYERS, 2, "tanh").map(({ activation }) => activation), [null, "relu", "tanh"].map((name) => name ?? undefined));
});
