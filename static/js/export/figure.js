/**
 * The drawn network or graph as a picture of its own: SVG with its looks written into it, or PNG, as it is seen now.
 */
import { rastered } from "../ui/photograph.js";

/** What the looks of a drawing depend on, and what they are where nothing is said. */
const LOOKS = {
  "fill": "", "fill-opacity": "1", "stroke": "none", "stroke-width": "", "stroke-opacity": "1", "stroke-dasharray": "none", "stroke-linecap": "butt", "stroke-linejoin": "miter",
  "opacity": "1", "paint-order": "normal", "font-family": "", "font-size": "", "font-weight": "400", "font-variant-numeric": "normal", "letter-spacing": "normal",
  "text-anchor": "start", "text-decoration-line": "none",
};

const SHAPES = new Set(["path", "rect", "circle", "line", "polygon"]);

/** Only shapes and letters are looked at; groups pass nothing on that these do not say themselves. */
const SEEN = new Set([...SHAPES, "text", "tspan"]);

/** @param {string} colour */
const clear = (colour) => colour === "none" || colour === "transparent" || colour === "rgba(0, 0, 0, 0)";

/** What a number is. */
const NAMES = ["data-tensor", "data-index", "data-value"];

/** Where a shape is; all else serves the page. */
const KEPT = new Set(["d", "x", "y", "width", "height", "rx", "cx", "cy", "r", "transform", "viewBox", "href"]);

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {object} Figure
 * @property {string} svg
 * @property {number} width in pixels of the page
 * @property {number} height
 */

/** @param {SVGSVGElement} drawing @param {string} title @returns {Figure} */
export function figure(drawing, title) {
  const { width = 0, height = 0 } = drawing.viewBox.baseVal;
  const copy = /** @type {SVGSVGElement} */ (document.createElementNS(SVG, "svg"));
  for (const [name, value] of [["viewBox", `0 0 ${width} ${height}`], ["width", width], ["height", height], ["role", "img"]]) copy.setAttribute(String(name), String(value));
  const named = document.createElementNS(SVG, "title");
  named.textContent = title;
  const ground = document.createElementNS(SVG, "rect");
  for (const [name, value] of [["width", width], ["height", height], ["fill", paper()]]) ground.setAttribute(String(name), String(value));
  copy.append(named, ground, ...painted(drawing, width, height), ...Array.from(drawing.childNodes).flatMap(copied));
  return { svg: new XMLSerializer().serializeToString(copy), width, height };
}

/** @param {Figure} figure @returns {Promise<Blob | null>} a PNG, twice as fine as the page */
export const png = ({ svg, width, height }) => rastered(svg, width, height);

/** @param {Figure} figure */
export const file = ({ svg }) => new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`], { type: "image/svg+xml" });

const paper = () => getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();

/** What is painted under the drawing, such as the regions of neurons. @param {SVGSVGElement} drawing @param {number} width @param {number} height */
function painted(drawing, width, height) {
  const canvases = drawing.parentElement?.querySelectorAll("canvas") ?? [];
  return Array.from(canvases, (canvas) => {
    const image = document.createElementNS(SVG, "image");
    for (const [name, value] of [["width", width], ["height", height], ["href", canvas.toDataURL()]]) image.setAttribute(String(name), String(value));
    return image;
  });
}

/** The same with its looks written into it; nothing of what is not seen. @param {Node} node @returns {Node[]} */
function copied(node) {
  if (node instanceof Text) return [node.cloneNode()];
  if (!(node instanceof SVGElement)) return [];
  const looks = getComputedStyle(node);
  const name = node.localName;
  if (looks.display === "none" || looks.visibility === "hidden" || (SHAPES.has(name) && clear(looks.fill) && clear(looks.stroke))) return [];
  const children = Array.from(node.childNodes).flatMap(copied);
  if (!SEEN.has(name) && name !== "g" && name !== "image") return [];
  if (name === "g" && children.length === 0) return [];
  const copy = document.createElementNS(SVG, name);
  for (const { name: attribute, value } of Array.from(node.attributes)) if (KEPT.has(attribute)) copy.setAttribute(attribute, value);
  const group = name === "g" && looks.opacity !== "1";
  if (group) copy.setAttribute("opacity", looks.opacity);
  // What stands inside a text looks like it, unless it says otherwise.
  const around = name === "tspan" && node.parentElement ? getComputedStyle(node.parentElement) : null;
  if (SEEN.has(name)) for (const [look, usual] of Object.entries(LOOKS)) {
    const value = looks.getPropertyValue(look);
    if (value !== (around?.getPropertyValue(look) ?? usual)) copy.setAttribute(look === "text-decoration-line" ? "text-decoration" : look, value);
  }
  if (node.classList.contains("number")) for (const known of ["class", ...NAMES]) copy.setAttribute(known, node.getAttribute(known) ?? "");
  copy.append(...children);
  return [copy];
}
