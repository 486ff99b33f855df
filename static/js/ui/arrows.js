/**
 * Arrows that walk along a control, not through the steps.
 */

/** Keeps to a control what would move it. @param {KeyboardEvent} event */
export function keepArrows(event) {
  if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
}
