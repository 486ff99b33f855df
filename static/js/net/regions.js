/**
 * What each neuron makes of the plane of inputs, as a small picture for its place in the network.
 * @import {Spec, Tensor} from "../types.js"
 * @import {Theme} from "./colour.js"
 */
import { rangeOf, shades } from "./plane.js";

/** @typedef {{bytes: Uint8ClampedArray<ArrayBuffer>, width: number, height: number}} Region an image, its highest row first */

/**
 * The activations of every neuron behind the inputs, each on the scale of its activation.
 * @param {{[name: string]: Tensor}} plane a1 … aL, each (units, up, across)
 * @param {Spec} spec @param {Theme} theme
 * @returns {Map<string, Region>} by the neuron's id in the scene; empty when the plane is of another network
 */
export function regionsOf(plane, spec, theme) {
  const layers = spec.layers.slice(1).map(({ units, activation = null }, k) => ({ layer: k + 1, units, activation, numbers: plane[`a${k + 1}`] }));
  if (layers.some(({ units, numbers }) => numbers?.shape[0] !== units)) return new Map();
  return new Map(layers.flatMap(({ layer, units, activation, numbers }) => {
    const { shape: [, height = 0, width = 0], data } = /** @type {Tensor} */ (numbers);
    return Array.from({ length: units }, (_, unit) => {
      const values = data.subarray(unit * width * height, (unit + 1) * width * height);
      const bytes = shades({ values, width, height }, rangeOf(activation, values), theme);
      return /** @type {[string, Region]} */ ([`n${layer}.${unit}`, { bytes, width, height }]);
    });
  }));
}
