/**
 * What a nudge showed, in sentences.
 * @import {DataTitle, Nudge, Ref, Spec} from "../types.js"
 */
import { format } from "../number.js";
import { neuronName, parts } from "./places.js";

/** So many decimals show the difference of two numbers. @param {number} one @param {number} other @param {number} digits at least */
export function decimals(one, other, digits) {
  const apart = Math.abs(one - other);
  return apart > 0 && Number.isFinite(apart) ? Math.min(Math.max(digits, 2 - Math.floor(Math.log10(apart))), 12) : digits;
}

/** How the cost moved, and what slope that is. @param {Nudge} nudge @param {number} digits */
export function rise({ tensor, epsilon, below, above, quotient }, digits) {
  const [down, up] = [Number(below), Number(above)];
  const what = tensor.startsWith("W") ? "weight" : "bias";
  const far = `Raising this ${what} by ${format(2 * epsilon, 12)}, from ε below to ε above,`;
  if (!Number.isFinite(up - down)) return `${far} changes the cost from ${format(down, digits)} to ${format(up, digits)}: that is no slope.`;
  if (up === down) return `${far} leaves the cost as it is: the slope is 0.`;
  return `${far} ${up > down ? "raises" : "lowers"} the cost by ${format(Math.abs(up - down), digits)}: the slope is ${format(quotient, digits)}.`;
}

/** Whether backpropagation found the same. @param {Nudge} nudge @param {boolean} written whether it has found anything yet @param {number} digits */
export function verdict({ quotient, gradient, resolution, error, tolerance, agrees, kinks }, written, digits) {
  if (!written && agrees) return "Backpropagation has not come here yet. It will find the same, without trying.";
  const found = written ? `The gradient that backpropagation found is ${format(gradient, digits)}` : "Backpropagation will find another number";
  if (agrees) return `${found}: ${Math.abs(Number(quotient) - Number(gradient)) <= Number(resolution) ? "the same, as far as rounding lets one see" : `the same up to ${format(error, 2)} of its size`}.`;
  if (kinks.length > 0) return `${found}. A kink lies between, where the slope is one number to the left and another to the right; a smaller ε may stay on one side.`;
  return `${found}: the two are ${format(error, 2)} of their size apart, more than ${format(tolerance, 12)}. Another ε may suit this number better.`;
}

/** What lies on two sides of a kink. @param {Ref} kink @param {Spec} spec @param {DataTitle} data */
export function kinkName({ tensor, index }, spec, data) {
  const { kind, layer } = parts(tensor);
  if (kind === "W") return "the weight itself passes 0, where its penalty has a corner";
  const whose = neuronName(spec, data, layer ?? 0, index[0] ?? 0);
  return kind === "z" ? `the weighted sum of ${whose} changes its sign` : `${whose} passes its target`;
}

/** Whose weight or bias it is. @param {Ref} parameter @param {Spec} spec @param {DataTitle} data */
export function parameterName({ tensor, index }, spec, data) {
  const layer = parts(tensor).layer ?? 0;
  const [unit = 0, from] = index;
  const to = neuronName(spec, data, layer, unit);
  return from === undefined ? `bias of ${to}` : `weight from ${neuronName(spec, data, layer - 1, from)} to ${to}`;
}
