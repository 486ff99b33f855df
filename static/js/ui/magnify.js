/**
 * A frame in which fingers magnify and move what stands in it: its first child.
 */
import { fingersOn } from "./touch.js";

/** @typedef {{x: number, y: number}} Place as parts of the child's width and height */
/** @typedef {{x: number, y: number, w: number, h: number}} Seen where it was scrolled to, and how much of it there is room for, likewise */

/**
 * @param {HTMLElement} frame
 * @param {object} does
 * @param {() => boolean} does.magnified
 * @param {(from: Place, to: Place, spread: number, seen: Seen) => void} does.move from the middle of the fingers to where it is now; by what their distance grew
 * @param {() => void} does.whole
 * @param {(direction: "next" | "previous") => void} does.sweep
 * @returns {() => void} stops listening
 */
export function magnifiable(frame, { magnified, move, whole, sweep }) {
  return fingersOn(frame, {
    magnified, whole, sweep,
    move: (from, to) => {
      const [{ left, top }, child] = [frame.getBoundingClientRect(), frame.firstElementChild];
      const [wide, tall] = child instanceof HTMLElement ? [child.offsetWidth, child.offsetHeight] : [1, 1];
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = frame;
      const place = (/** @type {Place} */ { x, y }) => ({ x: (x - left + scrollLeft) / wide, y: (y - top + scrollTop) / tall });
      const seen = { x: scrollLeft / wide, y: scrollTop / tall, w: Math.min(clientWidth / wide, 1), h: Math.min(clientHeight / tall, 1) };
      move(place(from), place(to), to.apart / from.apart, seen);
    },
  });
}
