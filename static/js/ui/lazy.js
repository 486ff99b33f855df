/**
 * Views that are fetched when they are first shown, so that the page opens sooner.
 */
import { signal } from "@preact/signals";
import { html } from "htm/preact";

/** How many are on their way. */
export const coming = signal(0);

/**
 * @param {() => Promise<any>} load imports the module
 * @param {string} name of the component in it
 * @returns {(props: any) => any}
 */
export function lazy(load, name) {
  const view = signal(/** @type {{View: any} | {error: unknown} | null} */ (null));
  let asked = false;
  const fetched = async () => {
    asked = true;
    coming.value = coming.peek() + 1;
    try {
      view.value = { View: (await load())[name] };
    } catch (error) {
      asked = false;
      view.value = { error };
    }
    coming.value = coming.peek() - 1;
  };
  return function Lazy(props) {
    if (!asked && !view.peek()) fetched();
    const it = view.value;
    if (it && "error" in it) {
      view.value = null;
      throw it.error;
    }
    return it && html`<${it.View} ...${props} />`;
  };
}
