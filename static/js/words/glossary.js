/**
 * What the words mean: one entry for each, with the forms in which it is written.
 */

/** @typedef {{title: string, forms: string[], text: string}} Term */

/** @type {{[name: string]: Term}} */
export const GLOSSARY = {
  neuron: { title: "Neuron", forms: ["neuron", "neurons"], text: "A place that adds up what comes in, each number times its weight, and passes on what its activation function makes of the sum." },
  weight: { title: "Weight, w", forms: ["weight", "weights"], text: "How much one neuron counts in the sum of another. Learning is finding good weights. w with two numbers names where it leads and where it comes from." },
  bias: { title: "Bias, b", forms: ["bias", "biases"], text: "What a neuron adds to its sum whatever comes in. It works like the weight of one more neuron that is always 1." },
  sum: { title: "Weighted sum, z", forms: ["weighted sum", "weighted sums"], text: "Everything that comes into a neuron, each times its weight, added up with the bias: z = w₁a₁ + w₂a₂ + … + b." },
  activation: { title: "Activation, a", forms: ["activation", "activations"], text: "What a neuron passes on: its activation function of its weighted sum, a = f(z). Sigmoid, for one, squashes every sum to between 0 and 1." },
  layer: { title: "Layer", forms: ["layer", "layers"], text: "Neurons side by side that all read the layer before. The first holds the inputs, the last the outputs; those between are hidden." },
  forward: { title: "Forward pass", forms: ["forward pass"], text: "From the inputs to the outputs, layer by layer: sums, then activations." },
  target: { title: "Target, y", forms: ["target", "targets"], text: "What the output should be for an example." },
  cost: { title: "Cost, C", forms: ["cost", "costs", "loss"], text: "One number that says how wrong the outputs are. Learning makes it smaller. The cost of a batch is the mean of its examples' own costs." },
  backward: { title: "Backward pass", forms: ["backward pass", "backpropagation"], text: "From the cost back to the inputs: how the cost would change with every number on the way, by the chain rule, the last layer first." },
  gradient: { title: "Gradient, ∂C/∂w", forms: ["gradient", "gradients"], text: "How fast the cost rises as a number rises a little. A gradient of 2 means: 0.01 more makes the cost 0.02 higher. Where it is negative, more makes the cost lower." },
  delta: { title: "Delta, δ", forms: ["delta", "deltas"], text: "The gradient at a neuron's weighted sum, ∂C/∂z, of one example. All gradients of that neuron's weights come from it." },
  slope: { title: "Slope, f′(z)", forms: ["slope"], text: "How fast the activation rises as the sum rises. Where it is nearly 0, the neuron hardly listens and hardly learns." },
  chain: { title: "Chain rule", forms: ["chain rule"], text: "If y depends on x and z on y, then a change of x reaches z through y: the two rates are multiplied." },
  update: { title: "Update", forms: ["update", "updates"], text: "Each parameter takes a step against its gradient: new w = w − η · ∂C/∂w." },
  rate: { title: "Learning rate, η", forms: ["learning rate"], text: "How far one update goes. Too small and learning takes for ever; too large and it jumps over the valley." },
  example: { title: "Example", forms: ["example", "examples"], text: "One row of the data: inputs, and the target that belongs to them." },
  batch: { title: "Batch", forms: ["batch", "batches"], text: "The examples of one update. Their gradients are averaged; with one example it is stochastic gradient descent." },
  iteration: { title: "Iteration", forms: ["iteration", "iterations"], text: "Forward, cost, backward and update on one batch." },
  epoch: { title: "Epoch", forms: ["epoch", "epochs"], text: "Once through all the examples." },
  optimizer: { title: "Optimizer", forms: ["optimizer"], text: "The rule that turns a gradient into a step: plain gradient descent, momentum, Adam and others." },
  parameter: { title: "Parameters", forms: ["parameter", "parameters"], text: "The weights and biases: all that learning changes." },
};

/** @type {Map<string, string>} */
const NAMES = new Map(Object.entries(GLOSSARY).flatMap(([name, { forms }]) => forms.map((form) => /** @type {[string, string]} */ ([form, name]))));
const FORMS = new RegExp(`\\b(${[...NAMES.keys()].sort((one, other) => other.length - one.length).join("|")})\\b`, "gi");

/**
 * A text in pieces: plain ones, and the first mention of each term.
 * @param {string} text
 * @returns {(string | {term: string, text: string})[]}
 */
export function withTerms(text) {
  /** @type {(string | {term: string, text: string})[]} */
  const pieces = [];
  const met = new Set();
  let from = 0;
  for (const found of text.matchAll(FORMS)) {
    const term = NAMES.get(found[0].toLowerCase());
    if (!term || met.has(term)) continue;
    met.add(term);
    pieces.push(text.slice(from, found.index), { term, text: found[0] });
    from = found.index + found[0].length;
  }
  return [...pieces, text.slice(from)].filter((piece) => piece !== "");
}
