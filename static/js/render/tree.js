/**
 * Branches drawn as a tree; a list beside it says the same, and takes the keys.
 * @import {Branch} from "../types.js"
 */
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { treeOf } from "../net/tree.js";
import { counted } from "../words/say.js";

/** @param {{branches: Branch[], onChoose: (number: number) => void}} props */
export function Tree({ branches, onChoose }) {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const { lines, ticks, height } = treeOf(branches, Math.max(width, 200));
  const most = lines.at(-1)?.y ?? 0;
  return html`<div class="tree" ref=${frame} aria-hidden="true">${width > 0 && html`<svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
    ${ticks.map(({ x, iteration }, k) => html`<g key=${iteration}><path class="tree-tick" d=${`M${x} 6V${most + 6}`} /><text class="tree-when" x=${x} y=${height - 4} text-anchor=${k === 0 ? "start" : x > width - 40 ? "end" : "middle"}>${counted(iteration + 1)}</text></g>`)}
    ${lines.map((line) => html`<g key=${line.number} class=${`tree-line${line.current ? " current" : ""}`} data-branch=${line.number} onClick=${() => onChoose(line.number)}>
      <rect class="tree-hit" x="0" y=${line.y - 20} width=${width} height="30" /><path d=${line.d} />
      <text x=${line.label.x} y=${line.y - 6} text-anchor=${line.label.anchor}>${line.title}</text>
      <circle cx=${line.here} cy=${line.y} r=${line.current ? 5 : 3.5} /></g>`)}
  </svg>`}</div>`;
}
