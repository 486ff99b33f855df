/**
 * The drawn network: from the state to a scene, from a click or a key on it to a selection.
 * @import {Ref} from "../types.js"
 */
import { computed, signal } from "@preact/signals";
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { predictionReading } from "../net/reading.js";
import { sceneOf } from "../net/scene.js";
import { Legend } from "../render/legend.js";
import { Picture } from "../render/svg.js";
import { prediction } from "../state/explained.js";
import { digits, theme } from "../state/preferences.js";
import { phase, reading, session, signs } from "../state/session.js";
import { guess, marked, selection } from "../state/view.js";
import { walk } from "../ui/roving.js";

const size = signal({ width: 900, height: 560 });
const stop = signal("n0.0");

/** How much the picture is magnified on large screens. */
const scale = computed(() => Math.min(Math.max(Math.min(size.value.width / 1100, size.value.height / 640), 1), 2.5));

const scene = computed(() => {
  const state = session.value;
  if (!state) return null;
  const trying = guess.value !== null;
  const { spec, data, batch, cost, step: record } = state;
  const tried = prediction.value;
  return sceneOf({
    spec, data, batch, cost, guess: trying,
    reading: trying && tried ? predictionReading(tried, reading.value) : reading.value,
    record: trying ? null : record, phase: trying ? "forward" : phase.value,
    selection: selection.value, marked: marked.value, signs: signs.value, digits: digits.value, theme: theme.value,
    width: size.value.width / scale.value, height: size.value.height / scale.value,
  });
});

/** The number under an event: a drawn number, else what the thing it is in shows. @param {Event} event @returns {Ref | null} */
function refAt(event) {
  const target = event.target instanceof Element ? event.target.closest("[data-tensor]") : null;
  const tensor = target?.getAttribute("data-tensor");
  if (!tensor) return null;
  const index = target?.getAttribute("data-index") ?? "";
  return { tensor, index: index === "" ? [] : index.split(",").map(Number) };
}

/** @param {Event} event */
function choose(event) {
  const ref = refAt(event);
  if (ref && !guess.peek()) selection.value = ref;
}

/** What is clicked does not keep the focus: Space goes on playing and pausing. @param {MouseEvent} event */
function click(event) {
  choose(event);
  if (document.activeElement instanceof SVGElement) document.activeElement.blur();
}

/** @param {Event} event */
function mark(event) {
  const ref = refAt(event);
  if (ref?.tensor !== marked.peek()?.tensor || `${ref?.index}` !== `${marked.peek()?.index}`) marked.value = ref;
}

/** @param {KeyboardEvent} event */
function press(event) {
  const frame = event.currentTarget;
  const id = event.target instanceof Element ? event.target.getAttribute("data-id") : null;
  if (!id || !scene.value || !(frame instanceof HTMLElement)) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return choose(event);
  }
  const next = walk(scene.value.order, id, event);
  if (next === null) return;
  event.preventDefault();
  stop.value = next;
  const there = frame.querySelector(`[data-id="${next}"]`);
  if (there instanceof SVGElement) there.focus();
}

/** On the frame: an SVG that listens for focus would take it itself. */
const handlers = {
  onClick: click, onPointerOver: mark, onPointerLeave: () => (marked.value = null),
  onFocusIn: (/** @type {FocusEvent} */ event) => {
    const id = event.target instanceof Element ? event.target.getAttribute("data-id") : null;
    if (id) stop.value = id;
    mark(event);
  },
  onFocusOut: () => (marked.value = null), onKeyDown: press,
};

export function Network() {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      if (clientWidth && clientHeight) size.value = { width: clientWidth, height: clientHeight };
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const drawn = scene.value;
  const backward = !guess.value && (phase.value === "backward" || phase.value === "update");
  const shape = session.value?.spec.layers.map((layer) => layer.units).join(", ") ?? "";
  return html`<section class="network" aria-label="Network">
    <div class="frame" ref=${frame} ...${handlers}>
      ${drawn && html`<${Picture} scene=${drawn} stop=${stopIn(drawn.order)} scale=${scale.value}
        label=${`Network with layers of ${shape} units. Up and down arrows walk within a layer, with Shift left and right across; Enter explains.`} />`}
    </div>
    <${Legend} backward=${backward} moving=${phase.value === "update" && !guess.value} theme=${theme.value} signs=${signs.value} />
  </section>`;
}

/** The item that Tab reaches: the last one visited, if it is still drawn. @param {string[][]} order */
const stopIn = (order) => (order.some((ids) => ids.includes(stop.value)) ? stop.value : order[0]?.[0] ?? "");
