/**
 * What a class adds to the page: a bar, a question, a ring, and the teacher's dialogs. Lays out the views of the folder of its name.
 */
import { html } from "htm/preact";
import { useEffect } from "preact/hooks";
import { covered } from "../state/following.js";
import { exploring, teaches } from "../state/room.js";
import { dialog, role, roomKeys } from "../state/view.js";
import { say } from "../words/say.js";
import { Ask } from "./room/ask.js";
import { Bar } from "./room/bar.js";
import { Join } from "./room/join.js";
import { keysOf } from "./room/keys.js";
import { Presenter } from "./room/presenter.js";
import { Question } from "./room/question.js";
import { Ring } from "./room/ring.js";
import { Teach } from "./room/teach.js";
import { Told } from "./room/told.js";

export function Room() {
  const part = role.value;
  const [teacher, away] = [teaches.value, exploring.value];
  useEffect(() => void (roomKeys.value = part === null ? [] : keysOf(teacher)), [part === null, teacher]);
  if (part === "joining") return html`<${Join} />`;
  const dialogs = html`${dialog.value === "teach" && html`<${Teach} />`}${dialog.value === "ask" && html`<${Ask} />`}`;
  if (part === "presenting") return html`<${Presenter} Bar=${Bar} Question=${Question} />${dialogs}`;
  return html`${part && html`<section class="room" aria-label=${say("room.title")} data-covered=${covered.value}><${Bar} />${!away && html`<${Question} />`}</section>`}
    <${Ring} />${part === "following" && html`<${Told} />`}${dialogs}`;
}
