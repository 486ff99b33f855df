/**
 * The points of the curves: fetched when the curves are looked at, only those that are new, some times a second.
 * @import {Metrics, Point, State} from "../types.js"
 */
import { effect, signal } from "@preact/signals";
import * as api from "../api.js";
import { language } from "./preferences.js";
import { report } from "./problem.js";
import { measured } from "./running.js";
import { session } from "./session.js";
import { panel } from "./view.js";

const PAUSE = 150;
/** The panels that show them. */
const LOOKED = ["training", "compare"];

/** @type {import("@preact/signals").Signal<Metrics & {id: string, language: string} | null>} */
export const curves = signal(null);

/** Keeps the points up to date while they are looked at. */
export function keepMeasuring() {
  let busy = false;
  const update = async () => {
    const now = session.peek();
    if (busy || !now || !LOOKED.includes(panel.peek()) || current(now)) return;
    busy = true;
    try {
      await fetchNew(now);
      setTimeout(() => {
        busy = false;
        update();
      }, PAUSE);
    } catch (error) {
      busy = false;
      report(error);
    }
  };
  effect(() => {
    if (LOOKED.includes(panel.value) && session.value && measured.value !== undefined && language.value) update();
  });
}

/** Whether every point is here that the server told of. @param {State} now */
function current(now) {
  const [known, told] = [curves.peek(), measured.peek()];
  if (!known || known.id !== now.id || known.edition !== now.edition || known.language !== language.peek()) return false;
  return told === null || told.edition !== known.edition || told.newest.iteration <= last(known.points);
}

/** @param {Point[]} points */
const last = (points) => points.at(-1)?.iteration ?? -1;

/** @param {State} now */
async function fetchNew(now) {
  const known = curves.peek();
  const same = known !== null && known.id === now.id && known.edition === now.edition;
  const got = await api.metrics(now.id, same ? last(known.points) : -1, language.peek());
  const whole = same && got.edition !== known.edition ? await api.metrics(now.id, -1, language.peek()) : got;
  const points = same && whole === got ? [...known.points, ...got.points] : whole.points;
  curves.value = { ...whole, points, id: now.id, language: language.peek() };
}
