/**
 * Keys that act in a class; what they do is said by the help, like that of all others.
 * @import {Shortcut} from "../../ui/shortcuts.js"
 */
import { toggleExploring } from "../../state/following.js";
import { togglePointing } from "../../state/leading.js";
import { toggleCovered, toggleFrozen } from "../../state/teaching.js";
import { dialog } from "../../state/view.js";

/** @param {string} name @param {string} does @param {() => void} run @returns {Shortcut} */
const key = (name, does, run) => ({ keys: [name], does, run, group: "room" });

/** @param {boolean} teacher @returns {Shortcut[]} */
export const keysOf = (teacher) =>
  teacher
    ? [
        key("a", "ask", () => (dialog.value = "ask")),
        key("y", "hold", toggleFrozen),
        key("i", "point", togglePointing),
        key("k", "cover", toggleCovered),
      ]
    : [key("m", "explore", toggleExploring), key("i", "point", togglePointing)];
