/**
 * Where the nodes of a graph stand: columns from left to right along what reads what, few crossings, wires nearly straight.
 * Geometry only, and the same for the same graph.
 */

/**
 * @typedef {{source: number, target: number}} Pair
 * @typedef {{x: number, y: number}} Point
 * @typedef {{columns: number[][], stops: Map<Pair, number[]>, count: number}} Layers
 *   nodes by column; numbers from the graph's size on are where a long edge passes a column
 */

const SWEEPS = 12;

/**
 * The nodes by column. What is read by one node alone stands in the order in which that one reads, so that trees have no
 * crossings; what several read stands in the middle of them.
 * @param {number} size how many nodes there are, readers behind what they read @param {Pair[]} edges @returns {Layers}
 */
export function layersOf(size, edges) {
  const column = depths(size, edges);
  const rank = ranksOf(size, edges);
  const middle = [...rank.keys()].map((node) => {
    const readers = edges.filter(({ source }) => source === node).map(({ target }) => rank[target] ?? 0);
    return readers.length > 1 ? mean(readers, 0) : (rank[node] ?? 0);
  });
  /** @type {number[][]} */
  const columns = Array.from({ length: Math.max(...column) + 1 }, () => []);
  for (const node of middle.keys()) columns[column[node] ?? 0]?.push(node);
  const stops = new Map();
  for (const edge of edges) {
    const passed = [];
    for (let at = (column[edge.source] ?? 0) + 1; at < (column[edge.target] ?? 0); at += 1) {
      columns[at]?.push(middle.length);
      passed.push(middle.length);
      middle.push(middle[edge.source] ?? 0);
    }
    stops.set(edge, passed);
  }
  for (const nodes of columns) nodes.sort((one, other) => (middle[one] ?? 0) - (middle[other] ?? 0));
  return { columns, stops, count: middle.length };
}

/** What is read stands left of what reads it; what reads nothing stands right before its first reader. @param {number} size @param {Pair[]} edges */
function depths(size, edges) {
  const depth = /** @type {number[]} */ (Array(size).fill(0));
  const reads = new Set(edges.map(({ target }) => target));
  for (let node = 0; node < size; node += 1) {
    for (const { source, target } of edges) if (source === node) depth[target] = Math.max(depth[target] ?? 0, (depth[node] ?? 0) + 1);
  }
  for (let node = 0; node < size; node += 1) {
    if (reads.has(node)) continue;
    const readers = edges.filter(({ source }) => source === node).map(({ target }) => depth[target] ?? 0);
    if (readers.length > 0) depth[node] = Math.min(...readers) - 1;
  }
  return depth;
}

/** When one comes upon each node on the way back from what nobody reads. @param {number} size @param {Pair[]} edges */
function ranksOf(size, edges) {
  const rank = /** @type {number[]} */ (Array(size).fill(-1));
  let next = 0;
  const visit = (/** @type {number} */ node) => {
    if ((rank[node] ?? 0) >= 0) return;
    rank[node] = next;
    next += 1;
    for (const { source, target } of edges) if (target === node) visit(source);
  };
  const read = new Set(edges.map(({ source }) => source));
  for (let node = 0; node < size; node += 1) if (!read.has(node)) visit(node);
  return rank;
}

/** Where each node is in its column, counted from the middle. @param {number[][]} columns @param {number} count */
function placesIn(columns, count) {
  const place = /** @type {number[]} */ (Array(count).fill(0));
  for (const nodes of columns) for (const [k, node] of nodes.entries()) place[node] = k - (nodes.length - 1) / 2;
  return place;
}

/** What each node reads, or what reads it. @param {Pair[]} pairs @param {number} count @param {boolean} before */
function linked(pairs, count, before) {
  const near = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  for (const { source, target } of pairs) near[before ? target : source]?.push(before ? source : target);
  return near;
}

/** @param {number[]} values @param {number} otherwise */
const mean = (values, otherwise) => (values.length === 0 ? otherwise : values.reduce((sum, value) => sum + value, 0) / values.length);

/**
 * The height of each node in rows: near the middle of its neighbours, and a row or more apart in every column.
 * @param {Layers} layers @param {Pair[]} edges @returns {number[]} from 0 on
 */
export function heightsOf({ columns, stops, count }, edges) {
  const y = placesIn(columns, count);
  const pairs = edges.flatMap((edge) => {
    const way = [edge.source, ...(stops.get(edge) ?? []), edge.target];
    return way.slice(1).map((target, k) => ({ source: way[k] ?? 0, target }));
  });
  const [before, behind] = [linked(pairs, count, true), linked(pairs, count, false)];
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const nodes of forward ? columns : columns.toReversed()) {
      const near = (/** @type {number} */ node) => ((forward ? before : behind)[node] ?? []).map((one) => y[one] ?? 0);
      const placed = apart(nodes.map((node) => mean(near(node), y[node] ?? 0)), 1);
      for (const [k, node] of nodes.entries()) y[node] = placed[k] ?? 0;
    }
  }
  const top = Math.min(...y);
  return y.map((height) => height - top);
}

/**
 * Places as near to the wished ones as they can be, in the same order and so far apart: neighbours that would come too
 * close move as a block to the middle of their wishes.
 * @param {number[]} wishes @param {number} distance @returns {number[]}
 */
export function apart(wishes, distance) {
  /** @type {{sum: number, size: number}[]} */
  const blocks = [];
  for (const [k, wish] of wishes.entries()) {
    let block = { sum: wish - k * distance, size: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.size >= block.sum / block.size; last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: block.sum + last.sum, size: block.size + last.size };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, size }) => Array(size).fill(sum / size)).map((start, k) => start + k * distance);
}
