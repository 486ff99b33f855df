// @ts-nocheck: imports by address, which the type checker does not follow.
import { prints } from "/static/js/ui/shortcuts.js";
import { equal, test } from "/tests/js/test.js";

test("letters, digits and signs print a character; keys with names and Ctrl do not", () => {
  equal(["n", "Shift+n", "3", "[", "+", "?"].filter((key) => !prints(key)), []);
  equal(["ArrowRight", "Home", "Space", "Escape", "Ctrl+z", "Ctrl+Shift+z"].filter(prints), []);
});
