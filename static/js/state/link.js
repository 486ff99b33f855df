/**
 * A link to what one sees: the session itself, so that it opens on any server, how one looks at it, and what is hidden.
 */
import { signal } from "@preact/signals";
import * as api from "../api.js";
import { written } from "../link.js";
import { report } from "./problem.js";
import { session } from "./session.js";
import { lookQuery } from "./view.js";

/** What a teacher can leave out for those who open a link. */
export const HIDABLE = ["setup", "sessions", "takeaway", "build", "try", "train", "tabs", "examples"];

/** The letters of a link that is being made; null while they are fetched. @type {import("@preact/signals").Signal<string | null>} */
export const letters = signal(null);

/** Fetches the session as it stands now. */
export async function fetchLetters() {
  letters.value = null;
  const now = session.peek();
  if (!now) return;
  try {
    letters.value = await written(await api.lightFile(now.id));
  } catch (error) {
    report(error);
  }
}

/** @param {string} text the letters @param {string[]} hides @param {boolean} embedded whether it is for a frame */
export function addressOf(text, hides, embedded) {
  const query = lookQuery();
  if (hides.length > 0) query.set("hide", hides.join(","));
  query.set("link", text);
  const address = new URL(location.pathname, location.origin);
  if (embedded) address.searchParams.set("embed", "1");
  address.hash = query.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return address.href;
}
