// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { graphOf, homeOf, nodeOf } from "/static/js/net/graph.js";
import { widthsOf } from "/static/js/net/graphnodes.js";
import { roomOf } from "/static/js/net/graphroom.js";
import { equal, ok, test } from "/tests/js/test.js";

const symbol = (letter) => ["msubsup", null, ["mi", null, letter], ["mn", null, "1"], ["mrow", null, ["mo", null, "("], ["mn", null, "1"], ["mo", null, ")"]]];
const node = (tensor, index, kind, gradient, operation = null) => ({
  tensor, index, kind, layer: 1, operation, symbol: symbol(tensor[0]), name: tensor, more_reads: 0, more_readers: 0,
  gradient: gradient && { tensor: gradient, index: index.slice(0, 1), constant: null, operation: 5 },
});
const NODES = [
  node("a0", [0], "given", null), node("W1", [0, 0], "given", "dW1"), node("b1", [0], "given", "db1"),
  node("Wa1", [0, 0], "product", "dz1", 0), node("z1", [0], "sum", "dz1", 1),
];
const local = (value) => ({ named: ["mn", null, "1"], value, tensor: null, index: [] });
const EDGES = [[1, 3, 2], [0, 3, 0.5], [3, 4, 1], [2, 4, 1]].map(([source, target, value]) => ({ source, target, derivative: local(value), passes: null, operation: null }));

const GRAPH = { centre: null, total: 5, nodes: NODES, edges: EDGES };
const SPEC = { layers: [{ units: 1 }, { units: 1, activation: "sigmoid" }] };
const draw = ({ width = 900, ...view } = {}) => graphOf({
  graph: GRAPH, room: roomOf(GRAPH, SPEC, { width, height: 500 }), fresh: true, batch: 1, record: null, selection: null, marked: null,
  spec: SPEC, digits: 3, theme: "light",
  reading: (tensor) => ({ a0: 2, W1: 0.5, b1: -1 })[tensor] ?? null, ...view,
});
const READ = { a0: 2, W1: 0.5, b1: -1, Wa1: 1, z1: 0, dz1: -0.25 };
const reading = (tensor) => READ[tensor] ?? null;
const item = (items, id) => items.find((one) => one.id === id);

test("gradients and what an update makes are at home with their number, terms that go back on an edge", () => {
  equal(["dW1", "W1.new", "velocityW1"].map((tensor) => homeOf({ tensor, index: [2, 0] })), Array(3).fill("W1:2,0"));
  equal(homeOf({ tensor: "dz2", index: [1] }), "z2:1");
  equal(homeOf({ tensor: "Wdz2", index: [2, 0] }), "a1:2>Wa2:0,2");
  equal(nodeOf({ tensor: "Wdz2", index: [2, 0] }), { tensor: "Wa2", index: [0, 2] });
  equal(homeOf({ tensor: "inner1", index: [] }), "sum1:");
  equal([homeOf({ tensor: "C", index: [] }), homeOf({ tensor: "penalty_l2", index: [] })], ["C:", "penalty_l2:"]);
});

test("what is not computed yet has no fill, and no local derivative stands before the backward pass", () => {
  const { nodes, edges } = draw();
  equal(nodes.map(({ fill }) => fill === null), [false, false, false, true, true]);
  equal(edges.map((edge) => edge.local), Array(4).fill(null));
  equal(item(nodes, "z1:0").aria, "plus: z1: not computed yet");
});

test("once a gradient has come, edges carry what goes back over them", () => {
  const { nodes, edges } = draw({ reading });
  equal(edges.map(({ local, passed }) => [local.value, passed]), [[2, -0.5], [0.5, -0.125], [1, -0.25], [1, -0.25]]);
  equal(item(nodes, "Wa1:0,0").gradient.ref, { tensor: "dz1", index: [0] });
  equal(item(nodes, "Wa1:0,0").aria, "times: Wa1: 0.5 × 2 = 1; gradient −0.25");
  equal(draw({ reading, fresh: false }).edges.map((edge) => edge.local), Array(4).fill(null));
});

test("the current step is marked, forward with what it reads, backward with what brought its gradient", () => {
  const record = (tensor, phase, operation) => ({ first: operation, operation, phase, explanation: { tensor, index: [0] } });
  const forward = draw({ reading, record: record("z1", "forward", 1) });
  equal(item(forward.nodes, "z1:0").standing, "current");
  equal(forward.edges.filter(({ standing }) => standing === "focus").map(({ id }) => id), ["Wa1:0,0>z1:0", "b1:0>z1:0"]);
  const backward = draw({ reading, record: record("db1", "backward", 9) });
  equal(backward.edges.filter(({ standing }) => standing === "focus").map(({ id }) => id), ["b1:0>z1:0"]);
});

test("nodes stand inside the picture and every item can be walked to", () => {
  for (const width of [300, 900, 2800]) {
    const drawn = draw({ reading, width });
    ok(drawn.nodes.every(({ x, y, w }) => x - w >= 0 && x + w <= drawn.width && y > 20 && y < drawn.height), `${width}`);
    equal(drawn.order.flat().length, 9);
    ok(drawn.scale >= 0.92 && drawn.width * drawn.scale >= Math.min(width, 300) - 1, String(drawn.scale));
  }
});

test("a sign with a number of two digits above and below has a wider plate, a word one wider than its letters", () => {
  const deep = (layer, unit) => ({ ...node("b1", [0], "given", "db1"), symbol: ["msubsup", null, ["mi", null, "b"], ["mn", null, unit], ["mrow", null, ["mo", null, "("], ["mn", null, layer], ["mo", null, ")"]]] });
  const [near, far, mean] = widthsOf([deep("1", "1"), deep("10", "12"), node("C", [], "cost", null)], SPEC);
  // Bold letters of the widest usual typeface: a digit 6.6 at 9.5 px, brackets 4.4, "b" 8.6; "mean" 37.3 at 12 px.
  ok(near >= 8.6 + 2 * 4.4 + 2 * 6.6, String(near));
  ok(far >= 8.6 + 2 * 4.4 + 4 * 6.6, String(far));
  ok(mean >= 37.3 + 4, String(mean));
});
