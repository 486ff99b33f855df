// @ts-nocheck: imports by address, which the type checker does not follow.
import { acts, letterKeys, prints, withKey } from "/static/js/state/preferences.js";
import { equal, test } from "/tests/js/test.js";

test("letters, digits and signs print a character; keys with names and Ctrl do not", () => {
  equal(["n", "Shift+n", "3", "[", "+", "?"].filter((key) => !prints(key)), []);
  equal(["ArrowRight", "Home", "Space", "Escape", "Ctrl+z", "Ctrl+Shift+z"].filter(prints), []);
});

test("a button names its letter key only while letter keys act", () => {
  equal([withKey("Set up", "S"), withKey("Play", "Space")], ["Set up (S)", "Play (Space)"]);
  letterKeys.value = false;
  equal([withKey("Set up", "S"), withKey("Play", "Space"), acts("Escape")], ["Set up", "Play (Space)", true]);
  letterKeys.value = true;
});
