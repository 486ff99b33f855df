/**
 * Two quiet buttons that keep what stands beside them as a file: its numbers, and its picture.
 */
import { html } from "htm/preact";
import { photograph } from "./photograph.js";
import { csv, save } from "./save.js";
import { say } from "../words/say.js";

/**
 * The picture is what has `data-picture` in the same section.
 * @param {{name: string, table: () => {head: string[], rows: (string | number | null)[][]}}} props `name` of the files
 */
export function Saves({ name, table }) {
  const numbers = () => {
    const { head, rows } = table();
    save(`${name}.csv`, csv(head, rows));
  };
  const picture = async (/** @type {Event} */ event) => {
    const found = event.target instanceof Element ? event.target.closest("section")?.querySelector("[data-picture]") : null;
    const made = found instanceof HTMLElement ? await photograph(found) : null;
    if (made) save(`${name}.png`, made);
  };
  return html`<span class="saves"><button type="button" class="quiet" onClick=${numbers}>${say("saves.csv")}</button><button type="button" class="quiet" onClick=${picture}>${say("saves.png")}</button></span>`;
}
