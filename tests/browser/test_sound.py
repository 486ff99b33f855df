"""The number of a step is heard where somebody wants it. A stand-in for the sound card takes notes."""

from __future__ import annotations

from playwright.sync_api import expect

from .learner import Learner

STAND_IN = """
window.heard = [];
window.first = new Promise((done) => { window.begun = done; });
const knob = (notes) => {
  const note = (hertz) => notes?.push(hertz);
  return { setValueAtTime: note, linearRampToValueAtTime: note };
};
window.AudioContext = class {
  currentTime = 0;
  state = "running";
  createGain() { return { gain: knob(), connect: (to) => to }; }
  createOscillator() {
    const notes = [];
    return { frequency: knob(notes), connect: (to) => to, stop() {}, start() {
      window.heard.push(notes);
      window.begun();
    } };
  }
};
"""
HEARD = "() => window.heard.map(([begin, end]) => Math.sign(end - begin))"


def test_steps_are_heard_once_somebody_wants_it(learner: Learner) -> None:
    page = learner.page
    page.add_init_script(STAND_IN)
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    learner.press("ArrowRight")
    assert page.evaluate(HEARD) == []
    page.get_by_role("button", name="View", exact=True).click()
    page.locator("#sounds").check()
    page.keyboard.press("Escape")
    expect(page.locator("#preferences")).to_be_hidden()
    page.evaluate("() => window.first")  # the number on show
    signs = []
    for _ in range(12):
        learner.press("ArrowRight")
        value = float(learner.state()["step"]["explanation"]["value"])
        signs.append((value > 0) - (value < 0))
    assert {-1, 1} <= set(signs)
    assert page.evaluate(HEARD)[1:] == signs
