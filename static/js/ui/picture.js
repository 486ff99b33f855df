/**
 * A drawing whose items can be clicked, pointed at and walked through by keyboard.
 * @import {Ref} from "../types.js"
 */
import { walk } from "./roving.js";

/**
 * @typedef {object} Drawing
 * @property {import("@preact/signals").Signal<string>} stop the item that Tab reaches, the last one visited
 * @property {() => string[][]} order ids by column, top to bottom
 * @property {(ref: Ref, id: string) => void} choose a number was clicked or asked for, on the item of this id
 * @property {(ref: Ref) => void} [edit] it was clicked twice, or asked for again
 * @property {(ref: Ref | null, id: string | null) => void} mark a number is under the pointer or the focus
 */

/** The number under an event: a drawn number, else what the thing it is in shows. @param {Element | null} target @returns {Ref | null} */
function refAt(target) {
  const found = target?.closest("[data-tensor]");
  const tensor = found?.getAttribute("data-tensor");
  if (!tensor) return null;
  const index = found?.getAttribute("data-index") ?? "";
  return { tensor, index: index === "" ? [] : index.split(",").map(Number) };
}

/** @param {Event} event */
const elementOf = (event) => (event.target instanceof Element ? event.target : null);

/** @param {Element | null} target */
const idAt = (target) => target?.closest("[data-id]")?.getAttribute("data-id") ?? null;

/**
 * Handlers for the frame around the drawing: an SVG that listens for focus would take it itself.
 * @param {Drawing} drawing
 */
export function handlersOf({ stop, order, choose, mark, edit }) {
  const chosen = (/** @type {Event} */ event) => {
    const [ref, id] = [refAt(elementOf(event)), idAt(elementOf(event))];
    if (ref) choose(ref, id ?? "");
  };
  const pointed = (/** @type {Event} */ event) => mark(refAt(elementOf(event)), idAt(elementOf(event)));
  return {
    /** What is clicked does not keep the focus: Space goes on playing and pausing. @param {MouseEvent} event */
    onClick: (event) => {
      chosen(event);
      if (document.activeElement instanceof SVGElement) document.activeElement.blur();
    },
    onDblClick: (/** @type {MouseEvent} */ event) => {
      const ref = refAt(elementOf(event));
      if (ref) edit?.(ref);
    },
    onPointerOver: pointed,
    onPointerLeave: () => mark(null, null),
    onFocusIn: (/** @type {FocusEvent} */ event) => {
      const id = elementOf(event)?.getAttribute("data-id");
      if (id) stop.value = id;
      pointed(event);
    },
    onFocusOut: () => mark(null, null),
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const [frame, id] = [event.currentTarget, elementOf(event)?.getAttribute("data-id")];
      if (!id || !(frame instanceof HTMLElement)) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        const ref = refAt(elementOf(event));
        if (edit && ref && event.key === "Enter" && elementOf(event)?.getAttribute("aria-pressed") === "true") edit(ref);
        else chosen(event);
        return;
      }
      const next = walk(order(), id, event);
      if (next === null) return;
      event.preventDefault();
      stop.value = next;
      const there = frame.querySelector(`[data-id="${next}"]`);
      if (there instanceof SVGElement) there.focus();
    },
  };
}

/** The item that Tab reaches: the last one visited, if it is still drawn. @param {string[][]} order @param {string} last */
export const stopIn = (order, last) => (order.some((ids) => ids.includes(last)) ? last : order[0]?.[0] ?? "");

/** Scrolls a frame so that a point in it is in sight. @param {HTMLElement} frame @param {{x: number, y: number} | null} at */
export function reveal(frame, at) {
  if (!at) return;
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = frame;
  const aside = at.x < scrollLeft + 80 || at.x > scrollLeft + clientWidth - 140;
  const beyond = at.y < scrollTop + 40 || at.y > scrollTop + clientHeight - 40;
  if (aside || beyond) frame.scrollTo({ left: aside ? at.x - clientWidth / 2 : scrollLeft, top: beyond ? at.y - clientHeight / 2 : scrollTop });
}
