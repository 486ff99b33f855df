/**
 * The drawn network: its size on the page, and the scene made from what is known and how one looks at it.
 * @import {Moved} from "../net/layout.js"
 */
import { computed, signal } from "@preact/signals";
import { paintingOf } from "../net/painting.js";
import { predictionReading } from "../net/reading.js";
import { sceneOf } from "../net/scene.js";
import { prediction } from "./explained.js";
import { findings } from "./findings.js";
import { digits, links, ones, strongest, theme } from "./preferences.js";
import { projecting } from "./projector.js";
import { regions } from "./regions.js";
import { newest, phase, reading, readingOf, session, signs, tape } from "./session.js";
import { building, guess, marked, pinned, selection } from "./view.js";

export const size = signal({ width: 900, height: 560, letters: 16 });

/** How much the picture is magnified on large screens, in front of a class, and where the page's letters are. */
export const scale = computed(() => {
  const [wide, tall, most] = projecting.value ? [760, 380, 6] : [1100, 640, 2.5];
  return Math.min(Math.max(Math.min(size.value.width / wide, size.value.height / tall), size.value.letters / 20, 1), most);
});

/** How far neurons were dragged, and in which network. @type {import("@preact/signals").Signal<{of: string, places: Moved}>} */
const dragged = signal({ of: "", places: {} });

const shape = computed(() => `${session.value?.id} ${session.value?.spec.layers.map(({ units }) => units)}`);

/** What stands elsewhere than in its column; another shape of the network begins with nothing. */
export const moved = computed(() => (dragged.value.of === shape.value ? dragged.value.places : {}));

/** @param {string} id @param {number} dx @param {number} dy in pixels */
export function drag(id, dx, dy) {
  const before = moved.peek()[id] ?? { dx: 0, dy: 0 };
  const now = { dx: before.dx + dx / scale.peek(), dy: before.dy + dy / scale.peek() };
  dragged.value = { of: shape.peek(), places: { ...moved.peek(), [id]: now } };
}

/** Puts neurons back where they belong: one, or all of them. @param {string} [id] */
export function putBack(id) {
  const others = Object.entries(moved.peek()).filter(([one]) => id !== undefined && one !== id);
  dragged.value = { of: shape.peek(), places: Object.fromEntries(others) };
}

/** Where colours are the system's, which a canvas does not know, and where little is to move, a run is drawn a few times a second only. */
const calm = [matchMedia("(forced-colors: active)"), matchMedia("(prefers-reduced-motion: reduce)")].map((query) => {
  const holds = signal(query.matches);
  query.addEventListener("change", () => (holds.value = query.matches));
  return holds;
});

/** Whether every answer is painted, since training goes on. */
export const lively = computed(() => session.value?.run?.going === true && guess.value === null && !calm.some(({ value }) => value));

/** The revision that the picture shows. */
export const drawn = computed(() => (lively.value ? newest.value?.state.revision : session.value?.revision));

/** What is built as a drawing: while training goes on a few times a second. */
export const scene = computed(() => {
  const [state, numbers] = [session.value, tape.value];
  if (!state || !numbers) return null;
  const trying = guess.value !== null;
  const { spec, data, batch, cost, run, step: record } = state;
  const [read, tried] = [reading.value, prediction.value];
  return sceneOf({
    spec, data, batch, cost, guess: trying,
    reading: trying && tried ? predictionReading(tried, read) : read, moving: run?.going ?? false, painted: lively.value,
    record: trying ? null : record, phase: trying ? "forward" : phase.value,
    findings: trying ? [] : findings.value, selection: selection.value, marked: marked.value, pinned: pinned.value,
    links: links.value, strongest: strongest.value, ones: ones.value, signs: signs.value, digits: digits.value, theme: theme.value,
    building: building.value, moved: moved.value, width: size.value.width / scale.value, height: size.value.height / scale.value,
  });
});

/** What is painted under the drawing: of a run every answer, else regions. @type {import("@preact/signals").ReadonlySignal<import("../render/painting.js").Painted | null>} */
export const painted = computed(() => {
  const [built, frame, shown] = [scene.value, newest.value, regions.value];
  if (built && frame && lively.value) return { ...paintingOf(built, readingOf(frame.state, frame.tape), theme.value), regions: shown };
  return built && shown ? { lines: [], bodies: built.neurons.filter(({ id }) => shown.places.has(id)), regions: shown } : null;
});
