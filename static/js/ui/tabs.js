/**
 * A row of tabs; the chosen one is a signal's value. Arrow keys go from tab to tab, as people who use them expect.
 */
import { html } from "htm/preact";
import { useRef } from "preact/hooks";

/** @typedef {{name: string, title: string}} Tab */

/**
 * @param {object} props
 * @param {Tab[]} props.tabs
 * @param {import("@preact/signals").Signal<string>} props.chosen
 * @param {string} props.label what is chosen
 * @param {string} props.controls the id of what the tabs switch
 */
export function Tabs({ tabs, chosen, label, controls }) {
  const row = useRef(/** @type {HTMLDivElement | null} */ (null));
  const walk = (/** @type {KeyboardEvent} */ event) => {
    const at = tabs.findIndex(({ name }) => name === chosen.peek());
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = next === undefined ? undefined : tabs[(next + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    event.stopPropagation();
    chosen.value = tab.name;
    const button = row.current?.querySelector(`#tab-${tab.name}`);
    if (button instanceof HTMLElement) button.focus();
  };
  /** What the pointer chose does not keep the focus: arrow keys go on stepping. */
  const choose = (/** @type {string} */ name) => (/** @type {MouseEvent & {currentTarget: HTMLElement}} */ event) => {
    chosen.value = name;
    if (event.detail > 0) event.currentTarget.blur();
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} ref=${row} onKeyDown=${walk}>
    ${tabs.map(({ name, title }) => html`<button key=${name} id=${`tab-${name}`} role="tab" aria-selected=${chosen.value === name} aria-controls=${controls}
      tabindex=${chosen.value === name ? 0 : -1} onClick=${choose(name)}>${title}</button>`)}
  </div>`;
}
