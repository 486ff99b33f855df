/**
 * Fields of a form: a number typed in any of the ways people write one, and a choice from a list.
 */
import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { parse } from "../number.js";
import { say } from "../words/say.js";

/**
 * @param {{label: string, value: unknown, onChange: (value: number) => void, whole?: boolean, from?: number, disabled?: boolean, title?: string}} props
 */
export function Field({ label, value, onChange, whole = false, from = 1, disabled = false, title = "" }) {
  const [wrong, setWrong] = useState(false);
  const input = (/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => {
    const typed = parse(event.currentTarget.value);
    const fine = typed !== null && (!whole || (Number.isInteger(typed) && typed >= from));
    setWrong(!fine);
    event.currentTarget.setCustomValidity(fine ? "" : whole ? say("field.whole", { from }) : say("field.number"));
    if (fine) onChange(typed);
  };
  return html`<label class="field" title=${title}><span>${label}</span>
    <input inputmode=${whole ? "numeric" : "decimal"} size="7" autocomplete="off" disabled=${disabled} aria-invalid=${wrong}
      ...${disabled ? { value: String(value) } : { defaultValue: String(value) }} onInput=${input} /></label>`;
}

/** @param {{label: string, value: string, options: {name: string, title: string}[], onChange: (name: string) => void, title?: string}} props */
export const Choice = ({ label, value, options, onChange, title = "" }) => html`<label class="field" title=${title}><span>${label}</span>
  <select value=${value} onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => onChange(event.currentTarget.value)}>
    ${!options.some(({ name }) => name === value) && html`<option value=${value}>${say("field.own")}</option>`}
    ${options.map(({ name, title }) => html`<option key=${name} value=${name}>${title}</option>`)}
  </select></label>`;

/** @param {{label: string, value: string, onChange: (text: string) => void, title?: string, hint?: string}} props */
export const Text = ({ label, value, onChange, title = "", hint = "" }) => html`<label class="field" title=${title}><span>${label}</span>
  <input size="18" autocomplete="off" spellcheck=${false} placeholder=${hint} defaultValue=${value}
    onInput=${(/** @type {InputEvent & {currentTarget: HTMLInputElement}} */ event) => onChange(event.currentTarget.value)} /></label>`;

/** @param {{label: string, checked: boolean, onChange: (checked: boolean) => void, title?: string}} props */
export const Check = ({ label, checked, onChange, title = "" }) => html`<label class="check" title=${title}><input type="checkbox" checked=${checked}
  onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => onChange(event.currentTarget.checked)} /> ${label}</label>`;
