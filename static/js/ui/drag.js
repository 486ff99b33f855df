/**
 * Things of a drawing that are dragged, or moved by Ctrl and the arrow keys.
 */

/** A press that moves less is a click. */
const LEAST = 4;
const BY_KEY = 12;
/** @type {{[key: string]: [number, number]}} */
const KEYS = { ArrowLeft: [-BY_KEY, 0], ArrowRight: [BY_KEY, 0], ArrowUp: [0, -BY_KEY], ArrowDown: [0, BY_KEY] };

/**
 * Handlers for the frame around the drawing.
 * @param {{movable: (target: Element) => string | null, move: (id: string, dx: number, dy: number) => void}} drawing
 * `movable` is the id of what can be moved there; distances are in pixels
 */
export function draggable({ movable, move }) {
  /** @type {{id: string, x: number, y: number, moving: boolean} | null} */
  let held = null;
  const idAt = (/** @type {Event} */ { target }) => (target instanceof Element ? movable(target) : null);
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      const id = idAt(event);
      held = id === null ? null : { id, x: event.clientX, y: event.clientY, moving: false };
    },
    onPointerMove: (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
      if (!held || event.buttons === 0) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moving && Math.hypot(dx, dy) < LEAST) return;
      if (!held.moving) event.currentTarget.setPointerCapture(event.pointerId);
      held = { id: held.id, x: event.clientX, y: event.clientY, moving: true };
      move(held.id, dx, dy);
    },
    onPointerUp: () => {
      held = null;
    },
    /** Goes before other keys of the drawing. @param {KeyboardEvent} event */
    onKeyDownCapture: (event) => {
      const [id, by] = [idAt(event), KEYS[event.key]];
      if (!event.ctrlKey || !id || !by) return;
      event.preventDefault();
      event.stopPropagation();
      move(id, ...by);
    },
  };
}
