/**
 * The other numbers of the same neuron, link or bias; and a weight or bias changed by hand.
 * @import {Ref, Spec} from "../types.js"
 */
import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { elementName, frozenBy } from "../net/freezing.js";
import { numbersAt, parameterOf, parts, placeOf, quantitiesOf, sameRef, sign } from "../net/places.js";
import { given } from "../net/reading.js";
import { changeSpec, setParameter } from "../state/edits.js";
import { togglePin } from "../state/pin.js";
import { explained } from "../state/explained.js";
import { digits } from "../state/preferences.js";
import { catalog, reading, session, signs, tape } from "../state/session.js";
import { guess, pinned, selection } from "../state/view.js";
import { format, parse } from "../number.js";
import { say } from "../words/say.js";

export function Kin() {
  const state = session.value;
  const shown = selection.value ?? explained.value;
  if (!state || !shown || guess.value) return null;
  const place = placeOf(shown);
  const of = say(`kin.of.${place.kind}`);
  const numbers = tape.value;
  const quantities = quantitiesOf(state.spec, catalog.value?.optimizers ?? []);
  // A fused loss has no use for `inner`, most specs have no penalty, and what is frozen has nothing on the way to its step.
  const known = numbersAt(place, state.spec.layers.length - 1, quantities).filter(({ tensor }) => tensor in state.written || (numbers && tensor in numbers.tensors && given(numbers, tensor)));
  return html`<section class="kin" aria-label=${of}>
    <h3>${of}</h3>
    <ul>${known.map((ref) => html`<${Number} key=${ref.tensor} of=${ref} name=${sign(ref.tensor, signs.value)} chosen=${sameRef(ref, shown)} />`)}</ul>
    <${Edit} of=${parameterOf(shown)} />
    <${Freeze} of=${parameterOf(shown)} spec=${state.spec} />
    ${"unit" in place && html`<button class="pin-links" aria-pressed=${pinned.value !== null} title=${say("kin.pinWhat")} onClick=${togglePin}>${say(pinned.value ? "kin.release" : "kin.pin")}</button>`}
  </section>`;
}

/** @param {{of: Ref, name: string, chosen: boolean}} props */
function Number({ of, name, chosen }) {
  const value = reading.value(of.tensor, ...of.index);
  return html`<li><button class="kin-number" aria-pressed=${chosen} onClick=${() => (selection.value = of)}>
    <span class="kin-sign">${name}</span>
    ${value === null ? html`<span class="unwritten">–</span>`
      : html`<span class="number" data-tensor=${of.tensor} data-index=${of.index.join(",")} data-value=${value}>${format(value, digits.value)}</span>`}
  </button></li>`;
}

/** @param {{of: Ref | null}} props */
function Edit({ of }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [wrong, setWrong] = useState(false);
  if (!of) return null;
  const value = reading.value(of.tensor, ...of.index);
  const key = `${of.tensor}:${of.index}:${value}`;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const typed = parse(field.current?.value ?? "");
    setWrong(typed === null);
    if (typed !== null && typed !== value && (await setParameter(of, typed))) field.current?.blur();
  };
  return html`<form class="edit" onSubmit=${submit}>
    <label for="edit-value">${say(parts(of.tensor).kind === "W" ? "kin.setWeight" : "kin.setBias")}</label>
    <input id="edit-value" key=${key} ref=${field} inputmode="decimal" autocomplete="off" size="9" defaultValue=${value === null ? "" : String(value)}
      aria-invalid=${wrong} aria-describedby="edit-hint" onFocus=${() => field.current?.select()} />
    <button type="submit">${say("kin.set")}</button>
    <span id="edit-hint" class=${wrong ? "hint wrong" : "hint"}>${say(wrong ? "field.number" : "kin.such")}</span>
  </form>`;
}

/** A weight or bias that no update shall change, or again; one that is frozen with others says with which. @param {{of: Ref | null, spec: Spec}} props */
function Freeze({ of, spec }) {
  if (!of) return null;
  const [frozen, what] = [spec.frozen ?? [], say(parts(of.tensor).kind === "W" ? "kin.thisWeight" : "kin.thisBias")];
  const by = frozenBy(spec, of);
  const others = frozen.filter((name) => name !== by);
  return html`<p class="freeze"><button onClick=${() => changeSpec({ ...spec, frozen: by ? others : [...frozen, elementName(of)] })}>
      ${say(by ? "kin.unfreeze" : "kin.freeze", { what: by === null || by === elementName(of) ? what : by })}</button>
    <span class="hint">${say(by ? "kin.frozen" : "kin.then")}</span></p>`;
}
