/**
 * Fingers on a picture: two pinch and pan it, one sweeps to step or pans what is magnified, a double tap shows it whole.
 */

/** A sweep goes at least this far, in CSS pixels, and takes no longer than this, in milliseconds. */
const [FAR, SOON, TWICE] = [50, 700, 320];

/** @typedef {{x: number, y: number, apart: number, fingers: number}} Hand the middle of the fingers, and how far they are apart */

/** @param {TouchList} touches @returns {Hand} */
function handOf(touches) {
  const fingers = [...touches].slice(0, 2);
  const mean = (/** @type {(touch: Touch) => number} */ of) => fingers.reduce((sum, touch) => sum + of(touch), 0) / fingers.length;
  const [a, b] = fingers;
  return { x: mean((touch) => touch.clientX), y: mean((touch) => touch.clientY), apart: a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 1, fingers: fingers.length };
}

/**
 * @param {HTMLElement} frame around the picture
 * @param {object} does
 * @param {() => boolean} does.magnified
 * @param {(from: Hand, to: Hand) => void} does.move
 * @param {() => void} does.whole
 * @param {(direction: "next" | "previous") => void} does.sweep
 * @returns {() => void} stops listening
 */
export function fingersOn(frame, { magnified, move, whole, sweep }) {
  /** @type {Hand | null} */
  let last = null;
  /** Where a single finger came down. @type {{x: number, y: number, at: number} | null} */
  let start = null;
  let tapped = 0;
  /** Whether nothing but one finger came, and stayed where it is. */
  let still = false;
  const scrolls = () => frame.scrollWidth > frame.clientWidth + 1;
  /** @param {TouchEvent} event */
  const down = ({ touches, timeStamp }) => {
    last = handOf(touches);
    still = touches.length === 1;
    start = touches.length === 1 && !magnified() && !scrolls() ? { x: last.x, y: last.y, at: timeStamp } : null;
  };
  /** @param {TouchEvent} event */
  const drag = (event) => {
    const now = handOf(event.touches);
    still = false;
    const across = start !== null && Math.abs(now.x - start.x) > Math.abs(now.y - start.y);
    if (event.cancelable && (now.fingers > 1 || magnified() || across)) event.preventDefault();
    if (last && now.fingers === last.fingers && (now.fingers > 1 || magnified())) move(last, now);
    last = now;
  };
  /** @param {TouchEvent} event */
  const up = (event) => {
    const [from, to] = [start, event.changedTouches[0]];
    last = event.touches.length > 0 ? handOf(event.touches) : null;
    start = null;
    if (last || !to) return;
    const [dx, dy] = from ? [to.clientX - from.x, to.clientY - from.y] : [0, 0];
    if (from && Math.abs(dx) > FAR && Math.abs(dx) > 2 * Math.abs(dy) && event.timeStamp - from.at < SOON) return sweep(dx < 0 ? "next" : "previous");
    if (!still) return;
    if (magnified() && event.timeStamp - tapped < TWICE) whole();
    tapped = event.timeStamp;
  };
  frame.addEventListener("touchstart", down, { passive: true });
  frame.addEventListener("touchmove", drag, { passive: false });
  frame.addEventListener("touchend", up);
  return () => {
    frame.removeEventListener("touchstart", down);
    frame.removeEventListener("touchmove", drag);
    frame.removeEventListener("touchend", up);
  };
}
