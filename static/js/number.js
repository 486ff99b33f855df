/**
 * Numbers as people write and read them: one rule for digits, and fractions and decimal commas as input.
 */

const SUPERSCRIPT = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
const MINUS = "−";

/**
 * A number for the screen. Whole and short decimals stay exact, others are rounded to `digits` decimals,
 * very small and very large ones are written in powers of ten.
 * @param {number | string | null | undefined} value
 * @param {number} digits decimals, 0 to 12
 * @returns {string}
 */
export function format(value, digits) {
  if (value === null || value === undefined) return "";
  const x = Number(value);
  if (Number.isNaN(x)) return "not a number";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(x);
  if (size === 0) return "0";
  if (size < Number(`1e-${digits}`) || size >= 1e6) return scientific(x, Math.max(digits - 1, 1));
  const rounded = x.toFixed(digits);
  return minus(Number(rounded) === x ? trimmed(rounded) : rounded);
}

/** In powers of ten. @param {number} x @param {number} decimals */
export function scientific(x, decimals) {
  const written = x.toExponential(decimals);
  const [mantissa = "", exponent = ""] = written.split("e");
  const short = Number(written) === x ? trimmed(mantissa) : mantissa;
  const power = [...String(Math.abs(Number(exponent)))].map((digit) => SUPERSCRIPT[Number(digit)]).join("");
  return minus(`${short}·10${Number(exponent) < 0 ? "⁻" : ""}${power}`);
}

/** @param {string} text */
const trimmed = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** @param {string} text */
const minus = (text) => text.replace("-", MINUS);

/**
 * A factor inside a product: negative ones in brackets.
 * @param {number} value @param {number} digits
 */
export function factor(value, digits) {
  const text = format(value, digits);
  return text.startsWith(MINUS) ? `(${text})` : text;
}

const DECIMAL = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?$/i;

/**
 * A number typed by hand: `0.5`, `0,5`, `.5`, `1/3`, `-2e-3`, `−1`. Anything else is null.
 * @param {string} text
 * @returns {number | null}
 */
export function parse(text) {
  const parts = text.replaceAll(MINUS, "-").replace(/\s+/g, "").split("/");
  if (parts.length > 2 || !parts.every((part) => DECIMAL.test(part))) return null;
  const [numerator = NaN, denominator = 1] = parts.map((part) => Number(part.replace(",", ".")));
  const value = numerator / denominator;
  return Number.isFinite(value) ? value : null;
}
