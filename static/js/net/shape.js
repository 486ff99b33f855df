/**
 * The layers of a network, one changed: what building on the picture asks for.
 * @import {LayerSpec} from "../types.js"
 */

const [FIRST_UNITS, FIRST_ACTIVATION] = [3, "tanh"];

/** Whether a layer is one's own to change: the data decides on the inputs and the outputs. @param {LayerSpec[]} layers @param {number} layer */
export const hidden = (layers, layer) => layer > 0 && layer < layers.length - 1;

/** A layer with more neurons or fewer, but never none. @param {LayerSpec[]} layers @param {number} layer @param {number} by */
export const resized = (layers, layer, by) => layers.map((one, k) => (k === layer ? { ...one, units: Math.max(one.units + by, 1) } : one));

/** One more hidden layer after a layer, like the hidden layer beside it. @param {LayerSpec[]} layers @param {number} after */
export function inserted(layers, after) {
  const beside = [after, after + 1].find((layer) => hidden(layers, layer));
  const { units = FIRST_UNITS, activation = FIRST_ACTIVATION } = layers[beside ?? -1] ?? {};
  return layers.toSpliced(after + 1, 0, { units, activation });
}

/** @param {LayerSpec[]} layers @param {number} layer */
export const without = (layers, layer) => layers.toSpliced(layer, 1);

/** @param {LayerSpec[]} layers @param {number} layer @param {string} activation */
export const activated = (layers, layer, activation) => layers.map((one, k) => (k === layer ? { ...one, activation } : one));
