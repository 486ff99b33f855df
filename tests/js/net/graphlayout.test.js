// @ts-nocheck: tests hand over half-made data on purpose.
import { apart, heightsOf, layersOf } from "/static/js/net/graphlayout.js";
import { equal, ok, test } from "/tests/js/test.js";

/** Two inputs into two neurons: 0–1 inputs, 2–5 weights, 6–9 products, 10–11 sums. */
const SIZE = 12;
const EDGES = [
  [0, 6], [1, 7], [0, 8], [1, 9], [2, 6], [3, 7], [4, 8], [5, 9], [6, 10], [7, 10], [8, 11], [9, 11],
].map(([source, target]) => ({ source, target }));
const columnOf = (columns, node) => columns.findIndex((nodes) => nodes.includes(node));

test("whatever reads stands right of what it reads, and a leaf right before its reader", () => {
  const { columns } = layersOf(SIZE, [...EDGES, { source: 0, target: 10 }]);
  for (const { source, target } of EDGES) ok(columnOf(columns, source) < columnOf(columns, target), `${source} ${target}`);
  const late = layersOf(5, [{ source: 0, target: 1 }, { source: 1, target: 2 }, { source: 2, target: 4 }, { source: 3, target: 4 }]);
  equal([0, 1, 2, 3, 4].map((node) => columnOf(late.columns, node)), [0, 1, 2, 2, 3]);
});

/** How many pairs of edges cross between neighbouring columns. */
function crossings(columns, edges) {
  const place = (node) => columns.find((nodes) => nodes.includes(node)).indexOf(node);
  const pairs = edges.flatMap((one, k) => edges.slice(k + 1).filter(({ source }) => columnOf(columns, source) === columnOf(columns, one.source)).map((other) => [one, other]));
  return pairs.filter(([one, other]) => (place(one.source) - place(other.source)) * (place(one.target) - place(other.target)) < 0).length;
}

test("a neuron's weights and products stand in its order without crossings; only shared inputs cross", () => {
  const { columns } = layersOf(SIZE, EDGES);
  equal(columns.slice(1), [[6, 7, 8, 9], [10, 11]]);
  equal(columns[0].filter((node) => node > 1), [2, 3, 4, 5]);
  equal(crossings(columns, EDGES.filter(({ source }) => source > 1)), 0);
  ok(crossings(columns, EDGES) <= 5, String(crossings(columns, EDGES)));
});

test("an edge past a column has a place of its own in it", () => {
  const edges = [{ source: 0, target: 1 }, { source: 1, target: 2 }, { source: 0, target: 2 }];
  const layers = layersOf(3, edges);
  equal(layers.columns.map((nodes) => nodes.length), [1, 2, 1]);
  equal(layers.stops.get(edges[2]), [3]);
  const y = heightsOf(layers, edges);
  equal(Math.abs(y[3] - y[1]), 1);
});

test("nodes of a column stay a row apart, the highest at the top", () => {
  const layers = layersOf(SIZE, EDGES);
  const y = heightsOf(layers, EDGES);
  equal(Math.min(...y), 0);
  for (const nodes of layers.columns) for (const [k, node] of nodes.slice(1).entries()) ok(y[node] - y[nodes[k]] >= 1 - 1e-9, `${node}`);
  ok(Math.max(...y) <= 8, String(y));
});

test("the same graph is drawn the same", () => {
  const draw = () => heightsOf(layersOf(SIZE, EDGES), EDGES);
  equal(draw(), draw());
});

test("places move no further than they must", () => {
  equal(apart([0, 100, 200], 40), [0, 100, 200]);
  equal(apart([50, 50], 40), [30, 70]);
  equal(apart([0, 90, 90, 90, 300], 30), [0, 60, 90, 120, 300]);
});
