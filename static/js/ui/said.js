/**
 * A message in which `*so*` stands out and `` `so` `` is a key.
 */
import { html } from "htm/preact";

/** @param {{text: string}} props */
export const Said = ({ text }) => text.split(/(\*[^*]+\*|`[^`]+`)/).map((piece) => {
  const inner = piece.slice(1, -1);
  return piece.startsWith("*") ? html`<b>${inner}</b>` : piece.startsWith("`") ? html`<kbd>${inner}</kbd>` : piece;
});
