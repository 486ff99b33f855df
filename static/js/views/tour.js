/**
 * The tour: a card beside each stop, one after another.
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { leaveTour, nextStop, stop } from "../state/first.js";
import { STOPS } from "../words/tour.js";
import { say } from "../words/say.js";

export function Tour() {
  const at = stop.value;
  return at !== null && html`<${Stop} key=${at} number=${at} />`;
}

/** Space between what a stop is about and its card, and to the edge of the window. */
const [GAP, EDGE] = [14, 10];

/** @param {{number: number}} props */
function Stop({ number }) {
  const here = STOPS[number];
  const card = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [, setSize] = useState("");
  useEffect(() => {
    const watch = () => setSize(`${innerWidth} ${innerHeight}`);
    const target = here && document.querySelector(here.at);
    target?.scrollIntoView({ block: target.clientHeight > innerHeight / 2 ? "start" : "nearest" });
    watch();
    card.current?.focus();
    addEventListener("resize", watch);
    return () => removeEventListener("resize", watch);
  }, []);
  if (!here) return null;
  const target = document.querySelector(here.at)?.getBoundingClientRect();
  const last = number === STOPS.length - 1;
  return html`<div class="tour">
    ${target && html`<div class="tour-ring" style=${{ left: `${target.left - 4}px`, top: `${target.top - 4}px`, width: `${target.width + 8}px`, height: `${target.height + 8}px` }}></div>`}
    <div class="tour-card" role="dialog" aria-labelledby="tour-title" tabindex="-1" ref=${card} style=${target ? beside(target, here.side, card.current) : {}}>
      <h2 id="tour-title">${say(`tour.${here.name}.title`)}</h2><p>${say(`tour.${here.name}.text`)}</p>
      <div class="tour-moves"><span class="quiet">${say("timeline.which", { number: number + 1, count: STOPS.length })}</span>
        <button class="quiet" onClick=${leaveTour}>${say("first.leave")}</button>
        ${number > 0 && html`<button onClick=${() => nextStop(-1)}>${say("first.back")}</button>`}
        <button class="primary" onClick=${() => nextStop(1)}>${say(last ? "first.done" : "first.next")}</button></div>
    </div>
  </div>`;
}

/** Where a card stands beside its target, within the window. @param {DOMRect} target @param {string} side @param {HTMLElement | null} card */
function beside(target, side, card) {
  const [wide, tall] = [card?.offsetWidth ?? 320, card?.offsetHeight ?? 180];
  const lateral = side === "left" || side === "right";
  // Without room beside it, at the foot of the window.
  const foot = lateral && innerWidth < 2 * wide + GAP;
  const left = foot || !lateral ? target.left + (target.width - wide) / 2 : side === "left" ? target.left - wide - GAP : target.right + GAP;
  const top = foot ? innerHeight : side === "above" ? target.top - tall - GAP : side === "below" ? target.bottom + GAP : target.top + GAP;
  const within = (/** @type {number} */ value, /** @type {number} */ most) => `${Math.max(EDGE, Math.min(value, most - EDGE))}px`;
  return { left: within(left, innerWidth - wide), top: within(top, innerHeight - tall) };
}
