/**
 * The computation graph: the same numbers as the network's, as operations, with the backward pass on the same wires.
 * @import {EdgeItem} from "../net/graphedges.js"
 */
import { computed, signal } from "@preact/signals";
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { graphOf, idOf } from "../net/graph.js";
import { roomOf } from "../net/graphroom.js";
import { moved, transformOf, WHOLE } from "../net/camera.js";
import { sameRef } from "../net/places.js";
import { predictionReading } from "../net/reading.js";
import { factor, format } from "../number.js";
import { Circuit } from "../render/graph.js";
import { prediction } from "../state/explained.js";
import { graph, keepGraph, waiting } from "../state/graph.js";
import { digits, theme } from "../state/preferences.js";
import { step } from "../state/moves.js";
import { reading, session } from "../state/session.js";
import { guess, marked, selection } from "../state/view.js";
import { Formula } from "../ui/math.js";
import { Said } from "../ui/said.js";
import { magnifiable } from "../ui/magnify.js";
import { handlersOf, reveal, stopIn } from "../ui/picture.js";
import { say } from "../words/say.js";

keepGraph();

const size = signal({ width: 900, height: 500 });
const stop = signal("");
/** What part of the graph fingers chose to see. */
const camera = signal(WHOLE);
const whole = () => (camera.value = WHOLE);
/** The edge under the pointer or the focus. @type {import("@preact/signals").Signal<string | null>} */
const edge = signal(null);

/** Where everything stands changes with the graph and the space alone, not with every step. */
const drawing = computed(() => graph.value?.graph ?? null);
const room = computed(() => {
  const [known, spec] = [drawing.value, session.peek()?.spec];
  return known && spec ? roomOf(known, spec, size.value) : null;
});

const scene = computed(() => {
  const [state, known, placed] = [session.value, graph.value, room.value];
  if (!state || !known || !placed) return null;
  const { spec, batch, step } = state;
  const tried = prediction.value;
  return graphOf({
    ...known, spec, batch: batch.examples.length, reading: tried ? predictionReading(tried, reading.value) : reading.value,
    record: tried ? null : step, selection: selection.value, marked: marked.value,
    digits: digits.value, theme: theme.value, room: placed,
  });
});

const handlers = handlersOf({
  stop, order: () => scene.peek()?.order ?? [],
  choose: (ref, id) => {
    if (!guess.peek()) selection.value = sameRef(ref, selection.peek()) ? (gradientOf(id) ?? ref) : ref;
  },
  mark: (ref, id) => {
    edge.value = id?.includes(">") ? id : null;
    if (!sameRef(ref, marked.peek())) marked.value = ref;
  },
});

/** What is chosen once more turns to its gradient, where there is one. @param {string} id */
const gradientOf = (id) => scene.peek()?.nodes.find((node) => node.id === id)?.gradient?.ref ?? null;

export function Graph() {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      if (clientWidth && clientHeight) size.value = { width: clientWidth, height: clientHeight };
    });
    watch.observe(element);
    const still = magnifiable(element, {
      magnified: () => camera.peek() !== WHOLE, whole, sweep: step,
      move: (from, to, spread, part) => (camera.value = moved(camera.peek(), from, to, spread, part)),
    });
    return () => {
      watch.disconnect();
      still();
    };
  }, []);
  const [drawn, known] = [scene.value, graph.value];
  const focus = drawn?.focus ?? null;
  useEffect(() => {
    if (frame.current) reveal(frame.current, focus);
  }, [focus?.x, focus?.y, drawn?.width, drawn?.height]);
  const centre = known?.graph.centre ?? null;
  return html`<section class="network" aria-label=${say("graph.title")} aria-busy=${waiting.value} data-centre=${centre && idOf({ tensor: centre[0], index: centre[1] })}>
    <div class=${`frame graph-frame${camera.value === WHOLE ? "" : " magnified"}`} ref=${frame} ...${handlers}>
      <div class="canvas" style=${{ transform: camera.value === WHOLE ? null : transformOf(camera.value) }}>${drawn && html`<${Circuit} scene=${drawn} stop=${stopIn(drawn.order, stop.value)}
        label=${say(centre ? "graph.labelPart" : "graph.label", { shown: known?.graph.nodes.length ?? 0, total: known?.graph.total ?? 0 })} />`}</div>
    </div>
    ${camera.value !== WHOLE && html`<button class="whole" onClick=${whole}>${say("network.whole")}</button>`}
    <div class="graph-foot">${html`<${Foot} at=${drawn?.edges.find(({ id }) => id === edge.value) ?? null} part=${known?.graph ?? null} />`}</div>
  </section>`;
}

/** @param {{at: EdgeItem | null, part: import("../types.js").Graph | null}} props */
function Foot({ at, part }) {
  if (at?.rule) return html`<${Local} item=${at} rule=${at.rule} />`;
  const batch = session.value?.batch.examples.length ?? 1;
  return html`<p><${Said} text=${say("graph.how")} />
    ${batch > 1 && ` ${say("graph.own", { count: batch })}`}
    ${part?.centre && ` ${say(selection.value ? "graph.aroundNumber" : "graph.aroundStep", { shown: part.nodes.length, total: part.total })}`}</p>`;
}

/** @param {{item: EdgeItem, rule: import("../types.js").MathNode}} props */
function Local({ item: { local, upstream, passed }, rule }) {
  const written = (/** @type {number} */ value) => format(value, digits.value);
  return html`<p class="chain"><span>${say("graph.local")}</span> <${Formula} math=${rule} block=${false} />
    ${local ? html`<b class="local-now" data-value=${local.value}>${written(local.value)}</b>` : html`<span class="unwritten">${say("graph.notHere")}</span>`}
    ${local && upstream !== null && passed !== null && html`<span class="goes"><${Said} text=${say("graph.goes", { arriving: `${written(upstream)} × ${factor(local.value, digits.value)}`, passed: written(passed) })} /></span>`}</p>`;
}
