/**
 * What the keys do, from the table that makes them work.
 * @import {Shortcut} from "../ui/shortcuts.js"
 */
import { html } from "htm/preact";
import { acts } from "../state/preferences.js";
import { catalog, writing } from "../state/session.js";
import { dialog } from "../state/view.js";
import { Dialog } from "../ui/dialog.js";
import { Formula } from "../ui/math.js";
import { Said } from "../ui/said.js";
import { TERMS } from "../words/glossary.js";
import { keyName } from "../words/keys.js";
import { takeTour } from "../state/first.js";
import { say } from "../words/say.js";

/** Leaves the help for the tour. */
function tour() {
  dialog.value = null;
  takeTour();
}

/** @param {{shortcuts: Shortcut[]}} props */
export function Help({ shortcuts }) {
  if (dialog.value !== "help") return null;
  const groups = [...new Set(shortcuts.map((shortcut) => shortcut.group))];
  return html`<${Dialog} title=${say("help.title")} onClose=${() => (dialog.value = null)} wide>
    <div class="help">
      <section class="words">
        <p><${Said} text=${say("help.iteration")} /></p>
        <p>${say("help.dashed")}</p>
        <p><${Said} text=${say("help.walk")} /></p>
        <p>${say("help.numbers")}</p>
        <p><button onClick=${tour}>${say("help.tour")}</button></p>
      </section>
      ${groups.map((group) => html`<section key=${group}><h3>${say(`keyGroups.${group}`)}</h3><dl>${shortcuts.filter((shortcut) => shortcut.group === group).map(({ keys, does }) =>
        html`<div key=${does}><dt>${keys.map((key) => html`<kbd key=${key} class=${acts(key) ? "" : "off"}>${keyName(key)}</kbd>`)}</dt><dd>${say(`does.${does}`)}</dd></div>`)}</dl></section>`)}
      <section class="glossary"><h3>${say("help.words")}</h3><dl>${TERMS.map((name) => html`<div key=${name}><dt>${say(`glossary.${name}.title`)}</dt><dd>${say(`glossary.${name}.text`)}</dd></div>`)}</dl></section>
      <${Signs} />
    </div>
  </${Dialog}>`;
}

/** What the signs of the chosen notation mean. */
function Signs() {
  const entries = catalog.value?.notations.find(({ name }) => name === writing.value?.name)?.glossary ?? [];
  return html`<section class="signs"><h3>${say("help.signs")}</h3><dl>${entries.map(({ symbol, meaning }) =>
    html`<div key=${meaning}><dt><${Formula} math=${symbol} block=${false} /></dt><dd>${meaning}</dd></div>`)}</dl></section>`;
}
