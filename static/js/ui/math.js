/**
 * Formulas: MATH JSON as MathML elements, broken into pieces that can wrap; operands can be followed and pointed at.
 * @import {MathNode} from "../types.js"
 */
import { html } from "htm/preact";
import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/**
 * @typedef {object} Operands how the elements that stand for an operand behave
 * @property {(operand: number) => void} follow
 * @property {(operand: number | null) => void} point
 * @property {(operand: number) => boolean} marked
 */

/** @param {MathNode | string} node @param {Operands | null} operands @returns {any} */
function element(node, operands) {
  if (typeof node === "string") return node;
  const [tag, attributes, ...children] = node;
  const { operand, ...rest } = attributes ?? {};
  /** @type {{[name: string]: unknown}} */
  const props = typeof operand === "number" && operands ? { ...rest, ...interactive(operand, operands) } : rest;
  return h(/** @type {any} */ (tag), props, ...children.map((child) => element(child, operands)));
}

/**
 * For the pointer only: what is inside a formula cannot be reached one by one by keyboard or ear,
 * so a list with the same links stands beside it.
 * @param {number} operand @param {Operands} operands
 */
const interactive = (operand, { follow, point, marked }) => ({
  class: `operand${marked(operand) ? " marked" : ""}`, "data-operand": operand,
  onClick: () => follow(operand), onPointerEnter: () => point(operand), onPointerLeave: () => point(null),
});

/** A new line may begin before these. */
const BREAKS = new Set(["=", "≈", "+", "−", "-", "→"]);

/** More numbers and signs than this do not fit on one line; then brackets may wrap too. */
const LONG = 26;

/**
 * A long row in pieces, so that it can wrap: MathML itself does not break lines in every browser.
 * @param {MathNode} math
 * @returns {MathNode[]}
 */
export function pieces(math) {
  const children = flat(math);
  if (children.length < 4) return [math];
  /** @type {MathNode[]} */
  const rows = [];
  /** @type {(MathNode | string)[]} */
  let row = [];
  for (const child of children) {
    if (Array.isArray(child) && child[0] === "mo" && BREAKS.has(String(child[2])) && row.length > 0) {
      rows.push(["mrow", null, ...row]);
      row = [/** @type {MathNode} */ (["mo", { ...child[1], form: "infix" }, ...child.slice(2)])];
      continue;
    }
    row.push(child);
  }
  return [...rows, ["mrow", null, ...row]];
}

/**
 * The children of a row and of the rows in it, unless a row stands for an operand.
 * Brackets of short formulas stay whole, so that they grow with what they hold.
 * @param {MathNode} math @param {boolean} [long] @returns {(MathNode | string)[]}
 */
function flat(math, long = size(math) > LONG) {
  const [tag, attributes, ...children] = math;
  if (tag !== "mrow" || attributes?.["operand"] !== undefined) return [math];
  return children.flatMap((child) => (Array.isArray(child) && (long || !bracketed(child)) ? flat(child, long) : [child]));
}

/** @param {MathNode} math */
const bracketed = ([, , first]) => Array.isArray(first) && first[0] === "mo" && first[2] === "(";

/** How many numbers and signs are in it. @param {MathNode | string} node @returns {number} */
const size = (node) => (typeof node === "string" ? 1 : node.slice(2).reduce((sum, child) => sum + size(/** @type {MathNode | string} */ (child)), 0));

/** @param {{math: MathNode, operands?: Operands | null, block?: boolean}} props */
export function Formula({ math, operands = null, block = true }) {
  if (!block) return html`<math class="formula-inline">${element(math, operands)}</math>`;
  return html`<${Block} math=${math} operands=${operands} />`;
}

/** A formula that is larger than its room can be scrolled by keyboard too. @param {{math: MathNode, operands: Operands | null}} props */
function Block({ math, operands }) {
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const [larger, setLarger] = useState(false);
  useEffect(() => {
    const { scrollWidth = 0, clientWidth = 0, scrollHeight = 0, clientHeight = 0 } = frame.current ?? {};
    setLarger(scrollWidth > clientWidth || scrollHeight > clientHeight);
  });
  return html`<span class="formula" ref=${frame} tabindex=${larger ? 0 : null}>${pieces(math).map((piece, k) => html`<math key=${k} displaystyle="true">${element(piece, operands)}</math>`)}</span>`;
}
