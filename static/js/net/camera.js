/**
 * What part of a picture is seen: how much it is magnified, and from where, as parts of its width and height.
 */

/** @typedef {{k: number, x: number, y: number}} Camera */
/** @typedef {{x: number, y: number}} Point a place on the screen, as parts of the picture's width and height */

/** @type {Camera} */
export const WHOLE = { k: 1, x: 0, y: 0 };
const MOST = 8;

/** @param {number} value @param {number} least @param {number} most */
const within = (value, least, most) => Math.max(Math.min(value, most), least);

/**
 * What is seen after fingers moved: what lay between them still does, and nothing beyond the picture is seen.
 * @param {Camera} camera @param {Point} from the middle of the fingers before @param {Point} to and after
 * @param {number} spread by what their distance grew
 * @param {{x: number, y: number, w: number, h: number}} frame where the picture was scrolled to, and how much of it there was room for, as parts of it
 * @returns {Camera}
 */
export function moved({ k, x, y }, from, to, spread, frame = { x: 0, y: 0, w: 1, h: 1 }) {
  const closer = Math.min(Math.max(k * spread, 1), MOST);
  if (closer === 1) return WHOLE;
  return {
    k: closer,
    x: within(x + from.x / k - to.x / closer, 0 - frame.x / closer, 1 - (frame.x + frame.w) / closer),
    y: within(y + from.y / k - to.y / closer, 0 - frame.y / closer, 1 - (frame.y + frame.h) / closer),
  };
}

/** As CSS, from the upper left corner. @param {Camera} camera */
export const transformOf = ({ k, x, y }) => `scale(${k}) translate(${-100 * x}%, ${-100 * y}%)`;
