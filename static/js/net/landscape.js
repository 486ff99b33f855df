/**
 * The cost over two parameters as a map: its heights, the levels of its contour lines, the way down.
 * @import {Reading, Ref, Spec} from "../types.js"
 */

/** From here on costs are compared by their logarithm. */
const MANIFOLD = 3;

/**
 * How high each point is drawn: the logarithm of the cost where costs differ by factors, else the cost.
 * @param {ArrayLike<number>} cost
 * @returns {{heights: Float64Array, low: number, high: number, of: (cost: number) => number, cost: (height: number) => number}}
 */
export function heightsOf(cost) {
  let [least, most] = [Infinity, -Infinity];
  for (let k = 0; k < cost.length; k += 1) {
    const value = cost[k] ?? NaN;
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const even = !(least > 0 && most / least > MANIFOLD);
  const of = even ? (/** @type {number} */ value) => value : Math.log10;
  const back = even ? (/** @type {number} */ height) => height : (/** @type {number} */ height) => 10 ** height;
  const ends = least <= most ? { low: of(least), high: of(most) } : { low: 0, high: 1 };
  return { heights: Float64Array.from(cost, (value) => (Number.isFinite(value) ? of(value) : NaN)), ...ends, of, cost: back };
}

/** Heights of so many contour lines, evenly between the lowest and the highest point. @param {{low: number, high: number}} ends @param {number} count */
export const levelsOf = ({ low, high }, count) => (high > low ? Array.from({ length: count }, (_, k) => low + ((k + 1) / (count + 1)) * (high - low)) : []);

/** Every weight and bias, layer by layer; a list longer than this serves nobody. @param {Spec} spec @param {number} [most] @returns {Ref[]} */
export function parametersOf({ layers }, most = 400) {
  const refs = layers.slice(1).flatMap(({ units }, k) => Array.from({ length: Math.min(units, most) }, (_, unit) => {
    const inputs = Math.min(layers[k]?.units ?? 0, most);
    return [...Array.from({ length: inputs }, (_, from) => ({ tensor: `W${k + 1}`, index: [unit, from] })), { tensor: `b${k + 1}`, index: [unit] }];
  }).flat());
  return refs.slice(0, most);
}

/** Whether a spec has this weight or bias. @param {Spec} spec @param {Ref} ref */
export function exists({ layers }, { tensor, index: [unit = -1, from = 0, ...more] }) {
  const layer = Number(tensor.slice(1));
  return /^[Wb]\d+$/.test(tensor) && more.length === 0 && layer > 0 && unit < (layers[layer]?.units ?? 0) && from < (layers[layer - 1]?.units ?? 0);
}

/** The gradient of a parameter, as far as it is known. @param {Reading} reading @param {Ref} ref */
export const gradientOf = (reading, { tensor, index }) => reading(`d${tensor}`, ...index);

/** The two parameters with the largest gradients; null until all are known. @param {Reading} reading @param {Ref[]} refs @returns {[Ref, Ref] | null} */
export function steepest(reading, refs) {
  const sized = refs.map((ref) => ({ ref, size: gradientOf(reading, ref) }));
  if (sized.some(({ size }) => size === null)) return null;
  const [first, second] = sized.sort((a, b) => Math.abs(b.size ?? 0) - Math.abs(a.size ?? 0));
  return first && second ? [first.ref, second.ref] : null;
}

/** Which point is nearest, if one lies within reach. @param {{x: number, y: number}[]} points @param {{x: number, y: number}} to @param {number} reach */
export function nearestWithin(points, to, reach) {
  let [best, least] = [-1, reach];
  for (const [k, { x, y }] of points.entries()) {
    const far = Math.hypot(x - to.x, y - to.y);
    if (far < least) [best, least] = [k, far];
  }
  return best;
}
