// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { ghostsOf } from "/static/js/net/ghosts.js";
import { atCursor, costDifferences, difference, positionBeside, sortedBy, specDifferences } from "/static/js/net/pairing.js";
import { treeOf } from "/static/js/net/tree.js";
import { equal, ok, test } from "/tests/js/test.js";

const segments = (...lengths) => {
  const names = [["forward", 1], ["forward", 2], ["loss", null], ["backward", 2], ["backward", 1], ["update", 1]];
  let first = 0;
  return names.map(([phase, layer], k) => ({ phase, layer, first, end: (first += lengths[k]) }));
};
const here = segments(4, 2, 1, 3, 5, 6);

test("where the operations are the same, so is the position", () => {
  for (let operation = 0; operation <= 21; operation += 1) equal(positionBeside(operation, here, here), operation);
});

test("in a wider layer it stands at the same operation of that layer, and at its end where the other is at the end", () => {
  const wider = segments(8, 4, 1, 3, 9, 12);
  equal([0, 1, 3, 4, 5, 6, 7, 21].map((operation) => positionBeside(operation, here, wider)), [0, 1, 3, 8, 9, 12, 13, 37]);
  equal([7, 8, 12, 13].map((operation) => positionBeside(operation, wider, here)), [3, 4, 6, 7]);
});

test("where the other lacks the layer, it stands where the pass begins or ends", () => {
  const shallow = [{ phase: "forward", layer: 1, first: 0, end: 4 }, { phase: "loss", layer: null, first: 4, end: 5 }];
  equal([5, 6, 7].map((operation) => positionBeside(operation, here, shallow)), [0, 4, 5]);
});

const one = { layers: [{ units: 2 }, { units: 3, activation: "tanh" }], optimizer: { name: "sgd", learning_rate: 0.5 }, frozen: [], loss: "huber", seed: 1 };

test("settings that differ are told with both values, those that only one has too", () => {
  equal(specDifferences(one, structuredClone(one)), []);
  const other = { ...one, layers: [{ units: 2 }, { units: 3, activation: "relu" }, { units: 1 }], optimizer: { name: "sgd", learning_rate: 1 }, frozen: ["b1"] };
  equal(specDifferences(one, other).map(({ name, here: mine, there }) => [name, mine, there]), [
    ["Layer 1: Activation", "tanh", "relu"], ["Optimizer: Learning rate", 0.5, 1], ["Frozen", "", "b1"], ["Layer 2: Neurons", null, 1],
  ]);
});

test("costs are told as far as one of both has them", () => {
  equal(costDifferences({ cost: null }, { cost: null }), []);
  const [own, total] = costDifferences({ cost: { own: 1, total: 2, after: null } }, { cost: { own: 1.5, total: 2, after: null } });
  equal([difference(own), difference(total)], [0.5, 0]);
});

test("sorted by the difference the largest is first, and what has none is last either way", () => {
  const rows = [["a", 1, 2], ["b", 5, 1], ["c", "x", "y"], ["d", 2, 4]].map(([name, mine, there]) => ({ name, here: mine, there }));
  equal(sortedBy(rows, "difference", true).map(({ name }) => name), ["b", "d", "a", "c"]);
  equal(sortedBy(rows, "difference", false).map(({ name }) => name), ["a", "d", "b", "c"]);
  equal(sortedBy(rows, "name", false).map(({ name }) => name), ["a", "b", "c", "d"]);
});

test("a weight at the cursor is the new one as soon as it is written", () => {
  equal(atCursor((tensor) => ({ W1: 1, "W1.new": 2 })[tensor] ?? null, "W1", [0, 0]), { tensor: "W1.new", value: 2 });
  equal(atCursor((tensor) => ({ W1: 1 })[tensor] ?? null, "W1", [0, 0]), { tensor: "W1", value: 1 });
});

const look = { standing: "plain", selected: false, marked: false };
const neuron = (unit, value, r, y) => ({ id: `n1.${unit}`, ref: { tensor: "a1", index: [unit] }, value, x: 200, y, r, w: 27, ink: r > 22 ? "black" : "", chip: null, caption: null, ...look });
const link = (k, y) => ({ id: `l1.0.${k}`, ref: { tensor: "W1", index: [0, k] }, value: k, label: { x: 50, y, parts: [{ text: "0.123" }] }, ...look });
const ids = (scene, reading) => ghostsOf(scene, reading, 3).map(({ id, text }) => `${id} ${text}`);

test("the other's numbers have a sign of their own, an equal one says so, and one that is not written is not there", () => {
  const scene = { neurons: [neuron(0, 0.5, 30, 50), neuron(1, null, 30, 150)], links: [link(0, 10), link(2, 60)] };
  equal(ids(scene, (tensor, index) => (tensor === "a1" ? (index === 0 ? 0.5 : null) : 2)), ["n1.0 ◇ =", "l1.0.0 ◇ 2", "l1.0.2 ◇ ="]);
});

test("where there is no room only what is looked at has the other's number", () => {
  const crowded = { neurons: [neuron(0, 1, 14, 50), { ...neuron(1, 1, 14, 82), selected: true }, neuron(2, 1, 14, 114)], links: [link(0, 10), link(1, 22)] };
  equal(ids(crowded, () => 2), ["n1.0 ◇ 2", "n1.1 ◇ 2", "l1.0.1 ◇ 2"]);
});

const branches = [
  { number: 0, parent: null, fork: 0, reach: 40, iteration: 10, current: false, title: "Main" },
  { number: 1, parent: 0, fork: 10, reach: 20, iteration: 20, current: false, title: "Branch 1" },
  { number: 2, parent: 0, fork: 30, reach: 30, iteration: 30, current: true, title: "late" },
  { number: 3, parent: 1, fork: 15, reach: 25, iteration: 15, current: false, title: "Branch 3" },
];

test("each branch has a line of its own below the one that it left, from where it left it", () => {
  const { lines, ticks } = treeOf(branches, 426);
  equal(lines.map(({ number }) => number), [0, 2, 1, 3]);
  equal(lines.map(({ from }) => from), [10, 310, 110, 160]);
  ok(lines.every(({ y }, k) => k === 0 || y > lines[k - 1].y));
  ok(lines.every(({ from, to }) => from < to && to <= 426));
  equal(lines.map(({ label }) => label.anchor), ["start", "end", "start", "start"]);
  equal(ticks.map(({ iteration }) => iteration), [0, 10, 15, 30, 40]);
});
