/**
 * Colours of numbers. Three quantities, three pairs of hues that stay apart under the common colour deficiencies;
 * brightness is the logarithm of the size on a fixed scale, so that it means the same at every step.
 */

/** @typedef {"activation" | "weight" | "gradient"} Quantity */
/** @typedef {"light" | "dark"} Theme */
/** @typedef {[number, number, number]} Rgb */

/** @type {{[theme in Theme]: {none: Rgb, zero: Rgb, ink: string, inverse: string, pairs: {[quantity in Quantity]: [Rgb, Rgb]}}}} */
const TABLES = {
  light: {
    none: [196, 197, 192], zero: [240, 240, 238], ink: "#000000", inverse: "#ffffff",
    pairs: {
      activation: [[84, 39, 136], [216, 107, 0]],
      weight: [[196, 38, 30], [29, 95, 173]],
      gradient: [[140, 81, 10], [1, 118, 108]],
    },
  },
  dark: {
    none: [84, 89, 100], zero: [46, 49, 57], ink: "#000000", inverse: "#ffffff",
    pairs: {
      activation: [[173, 140, 229], [247, 160, 66]],
      weight: [[255, 122, 104], [98, 168, 246]],
      gradient: [[222, 174, 98], [66, 200, 184]],
    },
  },
};

/** Where the scale of each quantity begins and ends, as powers of ten. @type {{[quantity in Quantity]: [number, number]}} */
const DECADES = { activation: [-2, 0.5], weight: [-2, 1], gradient: [-4, 0] };

/**
 * Size on the fixed logarithmic scale, 0 to 1.
 * @param {number} value @param {Quantity} quantity
 */
export function magnitude(value, quantity) {
  if (value === 0) return 0;
  if (!Number.isFinite(value)) return 1;
  const [low, high] = DECADES[quantity];
  return Math.min(Math.max((Math.log10(Math.abs(value)) - low) / (high - low), 0), 1);
}

/**
 * The fill of a neuron.
 * @param {number} value @param {Quantity} quantity @param {Theme} theme
 */
export function fillOf(value, quantity, theme) {
  const table = TABLES[theme];
  const end = table.pairs[quantity][value < 0 ? 0 : 1];
  return css(mix(table.zero, end, value === 0 ? 0 : 0.12 + 0.88 * magnitude(value, quantity)));
}

/**
 * The stroke of a link: never too faint to be seen.
 * @param {number} value @param {Quantity} quantity @param {Theme} theme
 */
export function strokeOf(value, quantity, theme) {
  const table = TABLES[theme];
  const end = table.pairs[quantity][value < 0 ? 0 : 1];
  return css(mix(table.none, end, value === 0 ? 0 : 0.35 + 0.65 * magnitude(value, quantity)));
}

/**
 * A colour on a scale that is even, not logarithmic: for planes, where neighbours are compared.
 * @param {number} t −1 to 1 @param {Quantity} quantity @param {Theme} theme
 */
export function ramp(t, quantity, theme) {
  const table = TABLES[theme];
  return mix(table.zero, table.pairs[quantity][t < 0 ? 0 : 1], Math.abs(t));
}

/** The same for a stylesheet. @param {number} t @param {Quantity} quantity @param {Theme} theme */
export const shade = (t, quantity, theme) => css(ramp(t, quantity, theme));

/** Width of a link in picture units. @param {number} value @param {Quantity} quantity */
export const widthOf = (value, quantity) => 1 + Math.round(50 * magnitude(value, quantity)) / 10;

/** Text that is readable on a fill. @param {string} fill @param {Theme} theme */
export function inkOn(fill, theme) {
  const { ink, inverse } = TABLES[theme];
  const ground = luminance(rgb(fill));
  const dark = (ground + 0.05) / (luminance(rgb(ink)) + 0.05);
  return dark >= 1.05 / (ground + 0.05) ? ink : inverse;
}

/** WCAG contrast of two colours, 1 to 21. @param {string} one @param {string} other */
export function contrast(one, other) {
  const [a, b] = [luminance(rgb(one)), luminance(rgb(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** @param {Rgb} from @param {Rgb} to @param {number} t @returns {Rgb} */
function mix(from, to, t) {
  const part = (/** @type {0 | 1 | 2} */ i) => Math.min(Math.max(from[i] + (to[i] - from[i]) * t, 0), 255);
  return [part(0), part(1), part(2)];
}

/** @param {Rgb} colour */
const css = (colour) => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** @param {string} hex @returns {Rgb} */
function rgb(hex) {
  const all = Number.parseInt(hex.slice(1), 16);
  return [all >> 16, (all >> 8) & 255, all & 255];
}

/** @param {Rgb} colour */
function luminance(colour) {
  const [r, g, b] = colour.map((part) => {
    const x = part / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}
