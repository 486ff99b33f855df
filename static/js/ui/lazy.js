/**
 * Views that are fetched when they are first shown, so that the page opens sooner.
 */
import { signal } from "@preact/signals";
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";

/**
 * @param {() => Promise<any>} load imports the module
 * @param {string} name of the component in it
 * @returns {(props: any) => any}
 */
export function lazy(load, name) {
  const view = signal(/** @type {{View: any} | {error: unknown} | null} */ (null));
  const fetched = () => load().then((module) => (view.value = { View: module[name] }), (error) => (view.value = { error }));
  return function Lazy(props) {
    useEffect(() => void (view.peek() ?? fetched()), []);
    const it = view.value;
    if (it && "error" in it) {
      view.value = null;
      throw it.error;
    }
    return it && html`<${it.View} ...${props} />`;
  };
}
