/**
 * Before one is in a room: its code, a nickname if one likes, and in.
 */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { goTo, join, startOver } from "../../state/entering.js";
import { problem } from "../../state/problem.js";
import { code } from "../../state/room.js";
import { plain } from "../../state/seats.js";
import { say } from "../../words/say.js";

export function Join() {
  const [typed, setTyped] = useState(code.value);
  const [coming, setComing] = useState(false);
  const name = useRef(/** @type {HTMLInputElement | null} */ (null));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (plain(typed) !== code.peek()) return goTo(typed);
    setComing(true);
    await join(name.current?.value ?? "");
    setComing(false);
  };
  const why = problem.value;
  return html`<main class="join"><form onSubmit=${submit}>
    <h1>${say("room.joining")}</h1>
    <label class="field"><span>${say("room.codeField")}</span><input name="code" class="room-code" required autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="12" value=${typed}
      onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => setTyped(event.currentTarget.value)} /></label>
    <label class="field"><span>${say("room.nickname")}</span><input ref=${name} name="nickname" autocomplete="nickname" maxlength="40" aria-describedby="nickname-hint" /></label>
    <p class="hint" id="nickname-hint">${say("room.nicknameHint")}</p>
    <div role="alert">${why && html`<p class="wrong">${why.message} ${why.hint}</p>`}</div>
    <p class="join-doings"><button class="primary" type="submit" disabled=${coming}>${say("room.join")}</button>
      <button type="button" class="quiet" onClick=${startOver}>${say("room.alone")}</button></p>
  </form></main>`;
}
