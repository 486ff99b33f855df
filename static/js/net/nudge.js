/**
 * What a nudge showed, in sentences.
 * @import {DataTitle, Nudge, Ref, Spec} from "../types.js"
 */
import { format } from "../number.js";
import { neuronName, parts } from "./places.js";
import { say } from "../words/say.js";

/** So many decimals show the difference of two numbers. @param {number} one @param {number} other @param {number} digits at least */
export function decimals(one, other, digits) {
  const apart = Math.abs(one - other);
  return apart > 0 && Number.isFinite(apart) ? Math.min(Math.max(digits, 2 - Math.floor(Math.log10(apart))), 12) : digits;
}

/** How the cost moved, and what slope that is. @param {Nudge} nudge @param {number} digits */
export function rise({ tensor, epsilon, below, above, quotient }, digits) {
  const [down, up] = [Number(below), Number(above)];
  const what = say(tensor.startsWith("W") ? "rise.weight" : "rise.bias", { far: format(2 * epsilon, 12) });
  if (!Number.isFinite(up - down)) return say("rise.none", { what, down: format(down, digits), up: format(up, digits) });
  if (up === down) return say("rise.still", { what });
  return say(up > down ? "rise.raises" : "rise.lowers", { what, by: format(Math.abs(up - down), digits), slope: format(quotient, digits) });
}

/** Whether backpropagation found the same. @param {Nudge} nudge @param {boolean} written whether it has found anything yet @param {number} digits */
export function verdict({ quotient, gradient, resolution, error, tolerance, agrees, kinks }, written, digits) {
  if (!written && agrees) return say("agrees.notYet");
  const found = written ? say("agrees.found", { gradient: format(gradient, digits) }) : say("agrees.another");
  if (agrees) return say(Math.abs(Number(quotient) - Number(gradient)) <= Number(resolution) ? "agrees.same" : "agrees.upTo", { found, error: format(error, 2) });
  return say(kinks.length > 0 ? "agrees.kink" : "agrees.apart", { found, error: format(error, 2), tolerance: format(tolerance, 12) });
}

/** What lies on two sides of a kink. @param {Ref} kink @param {Spec} spec @param {DataTitle} data */
export function kinkName({ tensor, index }, spec, data) {
  const { kind, layer } = parts(tensor);
  if (kind === "W") return say("kinks.weight");
  const whose = neuronName(spec, data, layer ?? 0, index[0] ?? 0);
  return say(kind === "z" ? "kinks.sum" : "kinks.target", { whose });
}

/** Whose weight or bias it is. @param {Ref} parameter @param {Spec} spec @param {DataTitle} data */
export function parameterName({ tensor, index }, spec, data) {
  const layer = parts(tensor).layer ?? 0;
  const [unit = 0, from] = index;
  const to = neuronName(spec, data, layer, unit);
  return from === undefined ? say("neuron.bias", { name: to }) : say("link.weight", { from: neuronName(spec, data, layer - 1, from), to });
}
