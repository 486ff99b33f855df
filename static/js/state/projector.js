/**
 * The page in front of a class: only picture, formula and step, large; and dark when the class is to look elsewhere.
 */
import { signal } from "@preact/signals";
import { building } from "./view.js";

export const projecting = signal(false);
/** Whether the screen shows nothing, until a key. */
export const blank = signal(false);

export function toggleProjector() {
  projecting.value = !projecting.peek();
  blank.value = false;
  building.value = false;
}
