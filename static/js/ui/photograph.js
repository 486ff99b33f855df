/**
 * Takes a picture of a part of the page, drawings and canvases included, as it looks now.
 */

/** How much finer than the page. */
const FINE = 2;

/** What the looks of such a part depend on; positions inside it are kept by these too. */
const LOOKS = [
  "align-items", "aspect-ratio", "background-color", "border", "border-collapse", "border-radius", "box-shadow", "box-sizing", "clip-path", "color", "display",
  "dominant-baseline", "fill", "fill-opacity", "flex", "flex-direction", "flex-wrap", "font", "font-variant-numeric", "gap", "grid-template-columns", "height", "inset",
  "justify-content", "letter-spacing", "line-height", "margin", "max-width", "min-width", "opacity", "outline", "overflow", "padding", "paint-order", "position", "stroke",
  "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width", "text-align", "text-anchor", "text-decoration", "transform", "vertical-align",
  "visibility", "white-space", "width", "writing-mode",
];

/** @param {HTMLElement} element @returns {Promise<Blob | null>} a PNG */
export async function photograph(element) {
  const { width, height } = element.getBoundingClientRect();
  const copy = /** @type {HTMLElement} */ (copied(element));
  copy.style.margin = "0";
  return rastered(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${new XMLSerializer().serializeToString(copy)}</foreignObject></svg>`, width, height);
}

/** A drawing of so many pixels of the page, on its ground. @param {string} drawing SVG @param {number} width @param {number} height @returns {Promise<Blob | null>} a PNG */
export async function rastered(drawing, width, height) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  await image.decode();
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [Math.ceil(width * FINE), Math.ceil(height * FINE)];
  const context = sheet.getContext("2d");
  if (!context) return null;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--paper");
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(image, 0, 0, sheet.width, sheet.height);
  return new Promise((done) => sheet.toBlob(done));
}

/** The same with its looks written into it, since a picture has no stylesheets. @param {Node} node @returns {Node} */
function copied(node) {
  if (!(node instanceof HTMLElement || node instanceof SVGElement)) return node.cloneNode(true);
  const copy = /** @type {HTMLElement | SVGElement} */ (node instanceof HTMLCanvasElement ? new Image() : node.cloneNode(false));
  if (node instanceof HTMLCanvasElement) /** @type {HTMLImageElement} */ (copy).src = node.toDataURL();
  const looks = getComputedStyle(node);
  for (const name of LOOKS) copy.style.setProperty(name, looks.getPropertyValue(name));
  copy.removeAttribute("class");
  copy.append(...Array.from(node.childNodes, copied));
  return copy;
}
