/**
 * What the keys do, from the table that makes them work.
 * @import {Shortcut} from "../ui/shortcuts.js"
 */
import { html } from "htm/preact";
import { acts } from "../state/preferences.js";
import { writing } from "../state/session.js";
import { dialog } from "../state/view.js";
import { Dialog } from "../ui/dialog.js";
import { Formula } from "../ui/math.js";
import { GLOSSARY } from "../words/glossary.js";
import { takeTour } from "../state/first.js";

/** @type {{[key: string]: string}} */
const GLYPHS = { ArrowRight: "→", ArrowLeft: "←", Escape: "Esc" };

/** @param {string} key */
const glyph = (key) => (key.length > 1 ? key.split("+") : [key]).map((part) => GLYPHS[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" ");

/** Leaves the help for the tour. */
function tour() {
  dialog.value = null;
  takeTour();
}

/** @param {{shortcuts: Shortcut[]}} props */
export function Help({ shortcuts }) {
  if (dialog.value !== "help") return null;
  const groups = [...new Set(shortcuts.map((shortcut) => shortcut.group))];
  return html`<${Dialog} title="How this works" onClose=${() => (dialog.value = null)} wide>
    <div class="help">
      <section class="words">
        <p>One <b>iteration</b> runs <b>forward</b> through the network, measures the <b>loss</b>, runs <b>backward</b> to find how the cost answers to every weight,
          and <b>updates</b> the weights. Each <b>step</b> takes you on by one operation, neuron, layer or pass, as you choose.</p>
        <p>What stands in a dashed outline is not computed yet. Click any number to read where it comes from; in its formula, click a factor to go to the step that made it.</p>
        <p>On the picture, <kbd>Tab</kbd> reaches a neuron; <kbd>↑</kbd> <kbd>↓</kbd> walk within a layer, <kbd>Shift</kbd> <kbd>←</kbd> <kbd>→</kbd> across layers and links; <kbd>Enter</kbd> explains.</p>
        <p><button onClick=${tour}>Take the tour</button></p>
      </section>
      ${groups.map((group) => html`<section key=${group}><h3>${group}</h3><dl>${shortcuts.filter((shortcut) => shortcut.group === group).map(({ keys, does }) =>
        html`<div key=${does}><dt>${keys.map((key) => html`<kbd key=${key} class=${acts(key) ? "" : "off"}>${glyph(key)}</kbd>`)}</dt><dd>${does}</dd></div>`)}</dl></section>`)}
      <section class="glossary"><h3>Words</h3><dl>${Object.entries(GLOSSARY).map(([name, { title, text }]) => html`<div key=${name}><dt>${title}</dt><dd>${text}</dd></div>`)}</dl></section>
      <${Signs} />
    </div>
  </${Dialog}>`;
}

/** What the signs of the chosen notation mean. */
function Signs() {
  const entries = writing.value?.glossary ?? [];
  return html`<section class="signs"><h3>Reading the formulas</h3><dl>${entries.map(({ symbol, meaning }) =>
    html`<div key=${meaning}><dt><${Formula} math=${symbol} block=${false} /></dt><dd>${meaning}</dd></div>`)}</dl></section>`;
}
