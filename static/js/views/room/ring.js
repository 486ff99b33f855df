/**
 * A ring around the number that is pointed at, wherever the page shows it; it is read out too.
 * @import {Ref} from "../../types.js"
 */
import { html } from "htm/preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { pointedAt } from "../../state/leading.js";
import { say } from "../../words/say.js";

/** How far it stands off, in pixels. */
const OFF = 7;

export function Ring() {
  const element = useRef(/** @type {HTMLDivElement | null} */ (null));
  const of = pointedAt.value;
  const key = of && `${of.tensor}:${of.index}`;
  useLayoutEffect(() => {
    if (!of) return;
    let next = 0;
    const follow = () => {
      place(element.current, of);
      next = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(next);
  }, [key]);
  return html`${of && html`<div class="room-ring" ref=${element} data-ring=${key} aria-hidden="true"></div>`}<p class="sr" role="status">${of && say("room.pointed", { name: nameOf(of) })}</p>`;
}

/** What is drawn of a number: its neuron, or itself. @param {Ref} of @returns {Element | null} */
function drawn({ tensor, index }) {
  const at = `[data-tensor="${CSS.escape(tensor)}"][data-index="${index.join(",")}"]`;
  const shown = [...document.querySelectorAll(`.panel ${at}, .side ${at}`)].filter((one) => one.getClientRects().length > 0);
  return shown.map((one) => one.querySelector(".body")).find((body) => body !== null) ?? shown.find((one) => one.matches(".number")) ?? shown[0] ?? null;
}

/** What the picture calls it. @param {Ref} of */
const nameOf = (of) => (drawn(of)?.closest("[aria-label]")?.getAttribute("aria-label") ?? of.tensor).split(":")[0] ?? of.tensor;

/** @param {HTMLElement | null} ring @param {Ref} of */
function place(ring, of) {
  if (!ring) return;
  const box = drawn(of)?.getBoundingClientRect();
  ring.hidden = !box;
  if (!box) return;
  ring.style.transform = `translate(${box.left - OFF}px, ${box.top - OFF}px)`;
  ring.style.width = `${box.width + 2 * OFF}px`;
  ring.style.height = `${box.height + 2 * OFF}px`;
}
