/**
 * The drawn network, and what a click or a key on it selects.
 */
import { computed, signal } from "@preact/signals";
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { moved, transformOf, WHOLE } from "../net/camera.js";
import { idOf, neuronName, parameterOf, placeOf, sameRef } from "../net/places.js";
import { lookedAt } from "../net/strength.js";
import { Legend } from "../render/legend.js";
import { Picture } from "../render/svg.js";
import { drag, drawn, lively, painted, putBack, scale, scene, size } from "../state/drawing.js";
import { step } from "../state/moves.js";
import { links, strongest, theme } from "../state/preferences.js";
import { regions } from "../state/regions.js";
import { phase, session, signs } from "../state/session.js";
import { building, editing, guess, marked, pinned, selection } from "../state/view.js";
import { draggable } from "../ui/drag.js";
import { lazy } from "../ui/lazy.js";
import { magnifiable } from "../ui/magnify.js";
import { handlersOf, reveal, stopIn } from "../ui/picture.js";
import { say } from "../words/say.js";

const Canvas = lazy(() => import("../render/painting.js"), "Canvas");

const stop = signal("n0.0");
/** What part of the picture fingers chose to see. */
const camera = signal(WHOLE);
/** What stands over the picture needs all of it. */
const seen = computed(() => (building.value || editing.value ? WHOLE : camera.value));
const whole = () => (camera.value = WHOLE);

const handlers = handlersOf({
  stop, order: () => scene.peek()?.order ?? [],
  choose: (ref) => {
    if (!guess.peek()) selection.value = ref;
  },
  mark: (ref) => {
    if (!sameRef(ref, marked.peek())) marked.value = ref;
  },
  edit: (ref) => {
    const of = parameterOf(ref);
    if (of && !guess.peek()) editing.value = of;
    else if (!of) putBack(idOf(placeOf(ref)));
  },
});

/** While one builds, neurons can be dragged. */
const dragging = draggable({
  movable: (target) => (building.peek() ? (target.closest(".neuron")?.getAttribute("data-id") ?? null) : null),
  move: drag,
});

/** @param {{above?: any, over?: any}} props what stands above the picture, and what over it */
export function Network({ above, over }) {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      const letters = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      if (clientWidth && clientHeight) size.value = { width: clientWidth, height: clientHeight, letters };
    });
    watch.observe(element);
    const still = magnifiable(element, {
      magnified: () => seen.peek() !== WHOLE, whole,
      sweep: (direction) => building.peek() || step(direction),
      move: (from, to, spread, part) => {
        if (!building.peek()) camera.value = moved(camera.peek(), from, to, spread, part);
      },
    });
    return () => {
      still();
      watch.disconnect();
    };
  }, []);
  const built = scene.value;
  const x = (built?.focus.x ?? 0) * scale.value;
  useEffect(() => {
    if (frame.current) reveal(frame.current, { x, y: 0 });
  }, [x, built?.width]);
  const backward = !guess.value && (phase.value === "backward" || phase.value === "update");
  const shape = session.value?.spec.layers.map((layer) => layer.units).join(", ") ?? "";
  return html`<section class="network" aria-label=${say("network.title")}>${above}
    <div class=${`frame${regions.value ? " with-regions" : ""}${lively.value ? " lively" : ""}${building.value ? " building" : ""}${seen.value === WHOLE ? "" : " magnified"}`} ref=${frame} data-drawn=${drawn} ...${handlers} ...${dragging}>
      <div class="canvas" style=${{ transform: seen.value === WHOLE ? null : transformOf(seen.value) }}>
      ${built && (regions.value || lively.value) && html`<${Canvas} painted=${painted} width=${built.width} height=${built.height} scale=${scale.value} />`}
      ${built && html`<${Picture} scene=${built} stop=${stopIn(built.order, stop.value)} scale=${scale.value}
        label=${say("network.label", { shape })} />`}
      ${over}</div></div>
    ${seen.value !== WHOLE && html`<button class="whole" onClick=${whole}>${say("network.whole")}</button>`}
    <${Strong} />
    <${Legend} plane=${regions.value ? session.value?.data.features ?? null : null} backward=${backward} moving=${phase.value === "update" && !guess.value} theme=${theme.value} signs=${signs.value} />
  </section>`;
}

/** Says which links are drawn strongly, where it is not all of them, and leads back to all. */
function Strong() {
  const state = session.value;
  if (!state || (links.value === "all" && !pinned.value)) return null;
  const neuron = pinned.value || links.value === "neuron" ? lookedAt({ spec: state.spec, pinned: pinned.value, selection: selection.value, record: state.step }) : null;
  const name = neuron && neuronName(state.spec, state.data, neuron.layer, neuron.unit);
  const which = pinned.value ? "pinned" : links.value === "strongest" ? "strongest" : name ? "links" : "every";
  const release = () => (pinned.value ? (pinned.value = null) : (links.value = "all"));
  return html`<p class="strong-links" role="status">${say(`network.${which}`, { name: name ?? "", count: strongest.value })} <button class="quiet" onClick=${release}>${say(pinned.value ? "network.release" : "network.all")}</button></p>`;
}
