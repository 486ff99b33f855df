/**
 * Round numbers along an axis: 1, 2 or 5 times a power of ten apart.
 */

/** The round distance that divides a range into at most so many parts. @param {number} range @param {number} most */
export function roundStep(range, most) {
  const least = range / most;
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
}

/**
 * Multiples of a round step that enclose two numbers, from the last one below to the first one above.
 * @param {number} low @param {number} high @param {number} most parts @returns {number[]}
 */
export function around(low, high, most) {
  const range = high > low ? high - low : Math.abs(low) || 1;
  const step = roundStep(range, most - 1);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, k) => multiple(first + k, step));
}

/** k steps, without the rounding that 3 × 0.1 has. @param {number} k @param {number} step */
const multiple = (k, step) => (step < 1 ? k / Math.round(1 / step) : k * step) || 0;
