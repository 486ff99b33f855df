// Is put behind the functions of TensorFlow Playground's nn.ts, which it calls by name, in the same module.
// Does what its page does between two drawings: an epoch, the cost of both halves of the data, every neuron's map.

let network, rate, batchSize, halves, axis, maps;

// Its page makes a point's inputs each time it needs them, out of those of its seven features that are chosen.
const FEATURES = {
  x: { of: (x, y) => x },
  y: { of: (x, y) => y },
  xSquared: { of: (x, y) => x * x },
  ySquared: { of: (x, y) => y * y },
  xTimesY: { of: (x, y) => x * y },
  sinX: { of: (x, y) => Math.sin(x) },
  sinY: { of: (x, y) => Math.sin(y) },
};
const chosen = { x: true, y: true };

const inputsAt = (x, y) => {
  const inputs = [];
  for (const name in FEATURES) {
    if (chosen[name]) inputs.push(FEATURES[name].of(x, y));
  }
  return inputs;
};

const cost = (points) => {
  let sum = 0;
  for (const { x, y, target } of points) sum += Errors.SQUARE.error(forwardProp(network, inputsAt(x, y)), target);
  return sum / points.length;
};

const epoch = () => {
  halves[0].forEach(({ x, y, target }, index) => {
    forwardProp(network, inputsAt(x, y));
    backProp(network, target, Errors.SQUARE);
    if ((index + 1) % batchSize === 0) updateWeights(network, rate, 0);
  });
  return halves.map(cost);
};

const regions = () => {
  for (let i = 0; i < axis.length; i++) {
    for (let j = 0; j < axis.length; j++) {
      forwardProp(network, inputsAt(axis[i], axis[j]));
      forEachNode(network, true, (node) => {
        maps[node.id][i][j] = node.output;
      });
    }
  }
};

const LONG = 20; // ms, beside which the clock's tenths do not matter

const batch = (work, count) => {
  const begin = performance.now();
  let done = 0;
  do {
    for (let i = 0; i < count; i++) work();
    done++;
  } while (performance.now() - begin < LONG);
  return ((performance.now() - begin) / done) * 1e6;
};

window.playground = {
  make(problem) {
    ({ rate, batchSize, halves, axis } = problem);
    network = buildNetwork(problem.units, Activations.TANH, Activations.TANH, null, ["x", "y"]);
    maps = {};
    for (const [number, layer] of network.slice(1).entries()) {
      for (const [unit, node] of layer.entries()) {
        node.bias = problem.parameters[number][1][unit];
        node.inputLinks.forEach((link, input) => (link.weight = problem.parameters[number][0][unit][input]));
        maps[node.id] = axis.map(() => new Array(axis.length));
      }
    }
  },
  epoch,
  epochs: (count) => batch(epoch, count),
  regions: (count) => batch(regions, count),
  parameters: () =>
    network.slice(1).map((layer) => [
      layer.map(({ inputLinks }) => inputLinks.map(({ weight }) => weight)),
      layer.map(({ bias }) => bias),
    ]),
};
