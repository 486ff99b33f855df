/**
 * Items of a drawing: drawn again only when their own data changed, and buttons that can be reached and named.
 */
import { Component } from "htm/preact";

/** Draws again only when the item's own data changed. @extends {Component<{item: any, stop?: boolean}>} */
export class Item extends Component {
  /** @override @param {{item: unknown, stop?: boolean}} next */
  shouldComponentUpdate(next) {
    return next.stop !== this.props.stop || !same(this.drawn(next.item), this.drawn(this.props.item));
  }

  /** What of an item is drawn here, where the rest may change meanwhile. @param {any} item @returns {unknown} */
  drawn(item) {
    return item;
  }

  /** @override @returns {any} */
  render() {
    return null;
  }
}

/** @param {any} a @param {any} b plain data @returns {boolean} */
function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return a.length === b.length && a.every((one, k) => same(one, b[k]));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}

/** What `classes` and `button` make of an item. @param {{id: string, aria: string, standing: string, selected: boolean, marked: boolean, ref: {tensor: string}}} item */
export const looks = ({ id, aria, standing, selected, marked, ref }) => [id, aria, standing, selected, marked, ref.tensor];

/** @param {{standing: string, selected: boolean, marked: boolean}} item @param {string} kind @param {string} [more] */
export const classes = (item, kind, more = "") =>
  `${kind} ${item.standing}${item.selected ? " selected" : ""}${item.marked ? " marked" : ""}${more}`;

/** What makes a drawn thing a button that can be reached and named. @param {{id: string, aria: string, selected: boolean, ref: {tensor: string, index: number[]}}} item @param {boolean | undefined} stop */
export const button = ({ id, aria, selected, ref }, stop) => ({
  role: "button", tabindex: stop ? 0 : -1, "aria-label": aria, "aria-pressed": selected,
  "data-id": id, "data-tensor": ref.tensor, "data-index": ref.index.join(","),
});
