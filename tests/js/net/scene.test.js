// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { sceneOf } from "/static/js/net/scene.js";
import { equal, ok, test } from "/tests/js/test.js";

const SIGNS = { a: "a", z: "z", b: "b" };
const SPEC = { layers: [{ units: 2 }, { units: 3, activation: "tanh" }, { units: 1, activation: "sigmoid" }] };
const DATA = { features: ["x₁", "x₂"], targets: ["XOR"], classes: ["false", "true"] };
const GIVEN = { a0: [1, 0], y: [1], W1: [[0.5, -0.5], [0, 1], [2, 3]], b1: [0.1, 0.2, 0.3], W2: [[1, 2, -3]], b2: [-1] };

/** A reading from plain numbers; what is absent is not written. */
const reading = (numbers) => (name, ...index) => index.reduce((at, k) => at?.[k], numbers[name]) ?? null;

const scene = (view = {}) => sceneOf({
  spec: SPEC, data: DATA, batch: { examples: [0], shown: 0 }, cost: null, reading: reading(GIVEN), record: null, phase: "forward",
  guess: false, links: "all", strongest: 5, pinned: null, ones: false, building: false, moved: {}, signs: SIGNS, selection: null, marked: null, digits: 3, theme: "light", width: 1000, height: 600, ...view,
});

const product = {
  operation: 1, first: 1, granularity: "operation", kind: "product", phase: "forward", layer: 1, neuron: 0,
  explanation: {
    tensor: "Wa1", index: [0, 1], running: { value: 0.5, text: "0.5" },
    operands: [{ tensor: "W1", index: [0, 1] }, { tensor: "a0", index: [1] }],
  },
};

const textOf = (label) => label.parts.map((part) => part.text).join("");
const link = (drawn, id) => drawn.links.find((item) => item.id === id);

test("what is not computed yet has no fill and no number", () => {
  const neurons = scene().neurons.filter((neuron) => neuron.id.startsWith("n1"));
  equal(neurons.map(({ fill, text, value }) => [fill, text, value]), Array(3).fill([null, "", null]));
});

test("a negative weight is dashed, a larger one wider", () => {
  const drawn = scene();
  equal([link(drawn, "l1.0.0").dash, link(drawn, "l1.0.1").dash], [false, true]);
  ok(link(drawn, "l1.2.1").width > link(drawn, "l1.0.0").width, "3 is not wider than 0.5");
});

test("what is frozen carries a sign behind its number, and says so", () => {
  const drawn = scene({ spec: { ...SPEC, frozen: ["W1[0,0]", "b2"] } });
  equal(["l1.0.0", "l1.0.1"].map((id) => textOf(link(drawn, id).label)), ["0.5 ❄", "−0.5"]);
  equal(["l1.0.0", "l1.0.1"].map((id) => /, frozen$/.test(link(drawn, id).aria)), [true, false]);
  equal(drawn.neurons.flatMap(({ chip }) => (chip ? [textOf(chip)] : [])), ["b 0.1", "b 0.2", "b 0.3", "b −1 ❄"]);
});

test("the term being added stands on its link, the sum so far on its neuron, and the rest is dimmed", () => {
  const drawn = scene({ record: product });
  equal(textOf(link(drawn, "l1.0.1").label), "+ (−0.5) · 0");
  equal(textOf(drawn.neurons.find(({ id }) => id === "n1.0").caption), "Σ = 0.5");
  equal([link(drawn, "l1.0.1").standing, link(drawn, "l1.2.0").standing], ["current", "rest"]);
});

test("where both factors would cover a neuron, the weight stands alone beside the neuron that has the other", () => {
  const back = { ...product, kind: "back_product", phase: "backward", neuron: 1, explanation: { ...product.explanation, tensor: "Wdz2", index: [1, 0] } };
  const numbers = { ...GIVEN, a1: [0.1, 0.2, 0.3], a2: [0.4], dz2: [-0.07] };
  const shown = (width) => [link(scene({ record: product, width }), "l1.0.1"),
    link(scene({ record: back, phase: "backward", reading: reading(numbers), width }), "l2.0.1")].map(({ label }) => textOf(label));
  equal([shown(360), shown(1000)], [["· −0.5", "2 ·"], ["+ (−0.5) · 0", "2 · (−0.07)"]]);
  const drawn = scene({ record: product, width: 360 });
  const source = drawn.neurons.find(({ id }) => id === "n0.1");
  ok(link(drawn, "l1.0.1").label.x - textOf(link(drawn, "l1.0.1").label).length * 3.7 >= source.x + source.w, "the weight covers the number that it is read on from");
});

test("small and long numbers keep to their neuron and to the room beside it", () => {
  const numbers = { ...GIVEN, a1: [0.1, 0.2, 0.3], a2: [0.4], dz1: [-3.04e-4, 0.07, 9.6e-5], dz2: [0.07], share: [4.7123e-5], own: 4.7123e-5, C: 4.7123e-5 };
  const drawn = scene({ phase: "backward", reading: reading(numbers), width: 360 });
  equal(drawn.neurons.filter(({ id }) => id.startsWith("n1")).map(({ text, size }) => [text, size]), [["−3·10⁻⁴", 12], ["0.07", 13.5], ["9.6·10⁻⁵", 12]]);
  const lines = drawn.boxes.flatMap(({ lines }) => lines);
  equal(lines.filter(({ parts }) => parts.some(({ ref }) => ref?.tensor === "share")).map(textOf), ["share 5·10⁻⁵"]);
  equal(lines.filter(({ parts }) => parts.some(({ ref }) => ref?.tensor === "own")).map(textOf), ["4.71·10⁻⁵"]);
});

test("on the way back neurons show their delta and links their gradient once it is written", () => {
  const numbers = { ...GIVEN, a1: [0.1, 0.2, 0.3], a2: [0.4], dz2: [0.07], dW2: [[0.01]] };
  const drawn = scene({ phase: "backward", reading: reading(numbers) });
  equal(drawn.neurons.find(({ id }) => id === "n2.0").ref, { tensor: "dz2", index: [0] });
  equal([link(drawn, "l2.0.0").ref.tensor, link(drawn, "l2.0.1").ref.tensor], ["dW2", "W2"]);
});

test("a neuron's arrow points up where more of its sum costs more, is longer for a larger delta, and is gone once its bias moved", () => {
  const arrows = (numbers) => scene({ phase: "backward", reading: reading({ ...GIVEN, ...numbers }) }).neurons.slice(2).map(({ arrow }) => arrow);
  const length = (arrow) => { const [, tail, tip] = /^M\S+ (\S+)V([^m]+)m/.exec(arrow).map(Number); return tail - tip; };
  const [one, two, three, none] = arrows({ dz1: [0.5, -0.5, 0.001] });
  ok(length(one) > 0 && length(two) < 0, "signs do not turn arrows");
  ok(length(one) > length(three), "a larger delta has no longer arrow");
  equal([none, ...arrows({ dz1: [0, 0.1, 0.1], "b1.new": [0, 0, 0] })], Array(5).fill(null));
});

test("in the update a link shows how far its weight moved", () => {
  const drawn = scene({ phase: "update", reading: reading({ ...GIVEN, "W1.new": [[0.4]] }) });
  ok(Math.abs(link(drawn, "l1.0.0").value + 0.1) < 1e-12, String(link(drawn, "l1.0.0").value));
  equal(textOf(link(drawn, "l1.0.0").label), "0.4");
});

test("every neuron and link says its numbers in words, and can be walked to", () => {
  const drawn = scene();
  equal(link(drawn, "l1.0.1").aria, "weight from input x₂ to hidden neuron 1: −0.5");
  equal(drawn.neurons[2].aria, "hidden neuron 1: activation not computed yet, weighted sum not computed yet");
  const ids = [...drawn.links, ...drawn.neurons, ...drawn.boxes].map((item) => item.id);
  ok(ids.every((id) => drawn.order.flat().includes(id)), "some items cannot be reached");
});

test("two classes are told apart at 0.5", () => {
  const answer = (a) => scene({ reading: reading({ ...GIVEN, a2: [a] }) }).verdict;
  equal([answer(0.5).text, answer(0.5).right, answer(0.49).text, answer(0.49).right], ["true", true, "false", false]);
});

test("a penalty has its line with the cost, before it is computed too, and only where the spec has one", () => {
  const lines = (view) => scene(view).boxes.find(({ id }) => id === "cost").lines.map(textOf);
  const penalized = { ...SPEC, l2: 0.1, l1: 0 };
  equal(lines({}).filter((text) => text.includes("penalty")), []);
  equal(lines({ spec: penalized }).filter((text) => text.includes("penalty")), ["L2 penalty"]);
  const written = lines({ spec: penalized, reading: reading({ ...GIVEN, penalty_l2: 0.25 }) });
  equal(written[written.indexOf("L2 penalty") + 1], "0.25");
});

test("captions and chips use the signs of the notation", () => {
  const signs = { a: "z", z: "s", b: "b", db: "∂E/∂b", dz: "δ" };
  const numbers = { ...GIVEN, z1: [0.5], a1: [0.4], dz1: [0.1], db1: [0.1] };
  const first = (view) => scene({ signs, reading: reading(numbers), ...view }).neurons.find(({ id }) => id === "n1.0");
  equal([textOf(first({}).caption), textOf(first({ phase: "backward" }).caption)], ["s 0.5", "z 0.4"]);
  equal(textOf(first({ phase: "backward" }).chip), "∂E/∂b 0.1");
});

test("a gradient on a long link carries its sign, on a short one it stands alone", () => {
  const numbers = { ...GIVEN, a1: [0.1, 0.2, 0.3], a2: [0.4], dz2: [0.07], dW2: [[0.01]] };
  const drawn = (width) => scene({ phase: "backward", signs: { dW: "∂C/∂w" }, reading: reading(numbers), width, marked: { tensor: "W2", index: [0, 0] } });
  equal([1000, 400].map((width) => textOf(link(drawn(width), "l2.0.0").label)), ["∂C/∂w 0.01", "0.01"]);
});

test("what is the matter with a neuron stands at it as a glyph, and in its name as words", () => {
  const dead = { title: "Dead neuron", glyph: "✕", neurons: [{ layer: 1, unit: 2 }] };
  const alike = { title: "Neurons that stay alike", glyph: "=", neurons: [{ layer: 1, unit: 1 }, { layer: 1, unit: 2 }] };
  const neurons = scene({ findings: [dead, alike] }).neurons.filter(({ id }) => id.startsWith("n1"));
  equal(neurons.map(({ sign }) => sign && textOf(sign)), [null, "=", "✕ ="]);
  ok(neurons[2].aria.endsWith(", Dead neuron, Neurons that stay alike"), neurons[2].aria);
  equal(neurons[0].aria.includes("alike"), false);
});

test("a neuron that dropout leaves out of the example is crossed out and said to be dropped", () => {
  const drawn = scene({ reading: reading({ ...GIVEN, mask1: [2, 0, 2] }) });
  equal(drawn.neurons.filter(({ dropped }) => dropped).map(({ id }) => id), ["n1.1"]);
  const neuron = drawn.neurons.find(({ id }) => id === "n1.1");
  equal(textOf(neuron.caption), "dropped");
  ok(neuron.aria.startsWith("hidden neuron 2, dropped: "), neuron.aria);
});

test("an update has a box of its own where something concerns all parameters", () => {
  const box = (spec) => scene({ spec: { ...SPEC, ...spec } }).boxes.find(({ id }) => id === "update");
  equal(box({ schedule: { name: "constant" }, clip: 0 }), undefined);
  equal(box({ schedule: { name: "cosine" }, clip: 0.5 }).lines.length, 3);
  equal(box({ schedule: { name: "constant" }, clip: 0.5 }).lines.length, 2);
});

const strengths = (drawn) => Object.fromEntries(drawn.links.map(({ id, strength }) => [id, strength]));
const strong = (drawn) => drawn.links.filter(({ strength }) => strength === "strong").map(({ id }) => id);

test("the strongest links are those of the largest size, whatever their sign; the others have no number", () => {
  const drawn = scene({ links: "strongest", strongest: 3 });
  equal(strong(drawn), ["l1.2.0", "l1.2.1", "l2.0.2"]); // 2, 3 and −3
  equal([link(drawn, "l2.0.0").strength, link(drawn, "l2.0.0").label], ["dim", null]);
  const numbers = { ...GIVEN, dW2: [[0.5, -0.1, 0.01]] };
  equal(strong(scene({ links: "strongest", strongest: 1, phase: "backward", reading: reading({ ...numbers, W1: [[0, 0], [0, 0], [0, 0]] }) })), ["l2.0.0"]);
});

test("a neuron's links are those into it and out of it: the selected number's, else the step's, else all are plain", () => {
  equal(new Set(Object.values(strengths(scene({ links: "neuron" })))).size, 1);
  equal(strong(scene({ links: "neuron", selection: { tensor: "z1", index: [1] } })), ["l1.1.0", "l1.1.1", "l2.0.1"]);
  equal(strong(scene({ links: "neuron", record: product })), ["l1.0.0", "l1.0.1", "l2.0.0"]);
});

test("a pinned neuron's links stay, whatever the step and the choice of links", () => {
  const drawn = scene({ pinned: { layer: 1, unit: 2 }, record: product });
  equal(strong(drawn), ["l1.2.0", "l1.2.1", "l2.0.2"]);
  equal(drawn.neurons.filter((neuron) => neuron.pinned).map(({ id }) => id), ["n1.2"]);
  equal([link(drawn, "l1.2.0").standing, link(drawn, "l1.0.1").standing], ["plain", "current"]);
  ok(link(drawn, "l1.0.1").label !== null, "the step's own link lost its number");
  ok(drawn.neurons.find(({ id }) => id === "n1.2").aria.endsWith(", pinned"), "nobody hears of the pin");
});

test("the bias as a neuron is one more node in every layer below, whose links carry the same biases in the place of chips", () => {
  const drawn = scene({ ones: true });
  equal(drawn.ones.map(({ id }) => id), ["one0", "one1"]);
  const biases = drawn.links.filter(({ id }) => id.startsWith("b"));
  equal(biases.map(({ ref, value }) => [ref.tensor, ref.index, value]), [["b1", [0], 0.1], ["b1", [1], 0.2], ["b1", [2], 0.3], ["b2", [0], -1]]);
  equal([biases[3].dash, biases[3].aria], [true, "bias of output XOR: −1"]);
  equal(drawn.neurons.filter(({ chip }) => chip).length, 0);
  ok(biases.every(({ id }) => drawn.order.flat().includes(id)), "some biases cannot be reached");
  equal(scene().ones, []);
});

const deep = (layers, view = {}) => scene({
  spec: { layers: layers.map((units, k) => (k ? { units, activation: "sigmoid" } : { units })) }, reading: reading({ a0: [1, 0] }), ...view,
});

test("headings of neighbouring layers never touch, on phones too, and what is left out is words, not the numbers", () => {
  for (const width of [360, 724, 1050]) for (const layers of [[2, 8, 8, 8, 8, 8, 8, 1], [4, 5, 3], [2, 3, 1]]) {
    const { titles } = deep(layers, { width });
    const half = (label) => (textOf(label).length * 6.3) / 2;
    for (const [k, { title, detail }] of titles.slice(1).entries()) {
      for (const [one, other] of [[titles[k].title, title], [titles[k].detail, detail]]) {
        ok(other.x - one.x >= half(one) + half(other), `${textOf(one)} and ${textOf(other)} at ${width}`);
      }
      ok(textOf(detail).startsWith(`${layers[k + 1]} `), textOf(detail));
    }
  }
});

test("a crowded picture is wider than a phone, and its focus goes with the step and the selection", () => {
  const layers = [2, 8, 8, 8, 1];
  const at = (view) => deep(layers, { width: 360, ...view });
  const sum = (layer) => ({ ...product, layer, explanation: { tensor: `z${layer}`, index: [0], running: null, value: 0, operands: [] }, kind: "sum" });
  const xs = [1, 2, 3, 4].map((layer) => at({ record: sum(layer) }).focus.x);
  equal(xs, at({}).neurons.filter(({ id }) => /^n[1-4].0$/.test(id)).map(({ x }) => x));
  ok(at({}).width > 360 + 200, String(at({}).width));
  equal([at({}).focus.x, at({ record: sum(4), selection: { tensor: "a1", index: [0] } }).focus.x], [0, xs[0]]);
});

test("an output is called by its name, not by its number, at any width", () => {
  for (const width of [360, 1000]) {
    const { neurons, boxes } = scene({ width });
    equal([neurons.find(({ id }) => id === "n2.0").name, textOf(boxes.find(({ id }) => id === "o0").lines[0])], [null, "XOR"]);
  }
});

test("a sum being built stands clear of the links whose terms it adds up", () => {
  const back = { ...product, kind: "back_sum", phase: "backward", neuron: 2, explanation: { tensor: "da1", index: [2], running: null, value: -0.00512, operands: [] } };
  const [forward, backward] = [scene({ record: product }), scene({ record: back, phase: "backward" })];
  const at = (drawn, id) => drawn.neurons.find((neuron) => neuron.id === id);
  const reach = (label) => textOf(label).length * 3.65;
  const [one, three] = [at(forward, "n1.0"), at(backward, "n1.2")];
  ok(one.caption.x - reach(one.caption) >= one.x - one.w, "the sum on the way forward runs over the links that arrive");
  ok(three.caption.x + reach(three.caption) <= three.x + three.w, "the sum on the way back runs over the links that leave");
});

test("in a low layer a sum being built stands in its neuron, not over the one above", () => {
  const drawn = deep([2, 8, 1], { record: { ...product, neuron: 4, explanation: { ...product.explanation, index: [4, 1] } }, height: 420 });
  const neuron = drawn.neurons.find(({ id }) => id === "n1.4");
  ok(Math.abs(neuron.caption.y - neuron.y) < 6, `${neuron.caption.y} ${neuron.y}`);
});
