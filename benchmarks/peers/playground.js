// Is put behind the functions of TensorFlow Playground's nn.ts, which it calls by name, in the same module.
// Does what its page does between two drawings: an epoch, the cost of both halves of the data, every neuron's map.

let network, rate, batchSize, halves, axis, maps;

const cost = (points) => {
  let sum = 0;
  for (const { inputs, target } of points) sum += Errors.SQUARE.error(forwardProp(network, inputs), target);
  return sum / points.length;
};

const epoch = () => {
  halves[0].forEach(({ inputs, target }, index) => {
    forwardProp(network, inputs);
    backProp(network, target, Errors.SQUARE);
    if ((index + 1) % batchSize === 0) updateWeights(network, rate, 0);
  });
  return halves.map(cost);
};

const regions = () => {
  for (let i = 0; i < axis.length; i++) {
    for (let j = 0; j < axis.length; j++) {
      forwardProp(network, [axis[i], axis[j]]);
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
