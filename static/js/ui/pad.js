/**
 * A plot that is drawn on: with the pointer in strokes, by keyboard with a cross that the arrows move.
 * @import {Span} from "../net/plane.js"
 */

/** The part of an axis that an arrow goes, and with Shift. */
const [STEP, LEAP] = [1 / 40, 1 / 8];
/** In pixels: dabs of a stroke do not lie nearer to one another. */
const APART = 12;
/** @type {{[key: string]: [number, number]}} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @typedef {{x: number, y: number}} Point */
/**
 * @typedef {object} Pad
 * @property {Span} wide @property {Span} tall
 * @property {(event: PointerEvent & {currentTarget: SVGSVGElement}) => Point} at
 * @property {(point: Point) => void} dab @property {() => void} lift
 * @property {Point | null} cross where the keys stand @property {(point: Point) => void} move
 * @property {() => void} rub takes away what is nearest to the cross
 * @property {(digit: number) => void} choose @property {() => void} leave
 */

/** Where the last dab was, in pixels. @type {{x: number, y: number} | null} */
let last = null;

/** @param {Pad} pad */
export function padOf({ wide, tall, at, dab, lift, cross, move, rub, choose, leave }) {
  const middle = { x: (wide.low + wide.high) / 2, y: (tall.low + tall.high) / 2 };
  const inside = (/** @type {Point} */ { x, y }) => x >= wide.low && x <= wide.high && y >= tall.low && y <= tall.high;
  const touch = (/** @type {PointerEvent & {currentTarget: SVGSVGElement}} */ event) => {
    const point = at(event);
    if (!inside(point) || (last && Math.hypot(event.clientX - last.x, event.clientY - last.y) < APART)) return;
    last = { x: event.clientX, y: event.clientY };
    dab(point);
  };
  const end = () => {
    if (last) lift();
    last = null;
  };
  return {
    onPointerDown: (/** @type {PointerEvent & {currentTarget: SVGSVGElement}} */ event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      touch(event);
    },
    /** @param {PointerEvent & {currentTarget: SVGSVGElement}} event */
    draw: (event) => {
      if (last && event.buttons & 1) touch(event);
    },
    onPointerUp: end,
    onPointerCancel: end,
    onFocus: () => cross ?? move(middle),
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      const here = cross ?? middle;
      const arrow = ARROWS[event.key];
      const by = event.shiftKey ? LEAP : STEP;
      if (arrow) move({ x: held(here.x + arrow[0] * by * (wide.high - wide.low), wide), y: held(here.y + arrow[1] * by * (tall.high - tall.low), tall) });
      else if (event.key === "Enter" || event.key === " ") {
        dab(here);
        lift();
      } else if (event.key === "Delete" || event.key === "Backspace") rub();
      else if (/^\d$/.test(event.key)) choose(Number(event.key));
      else if (event.key === "Escape") leave();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

/** @param {number} value @param {Span} span */
const held = (value, { low, high }) => Math.min(Math.max(value, low), high);
