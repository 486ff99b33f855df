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

/** What each kind of place is called above its numbers. */
const OF = { neuron: "Numbers of this neuron", link: "Numbers of this link", bias: "Numbers of this bias", output: "Numbers of this output", softmax: "Numbers of this layer", update: "Numbers of this update", cost: "Numbers of the cost" };

export function Kin() {
  const state = session.value;
  const shown = selection.value ?? explained.value;
  if (!state || !shown || guess.value) return null;
  const place = placeOf(shown);
  const numbers = tape.value;
  const quantities = quantitiesOf(state.spec, catalog.value?.optimizers ?? []);
  // A fused loss has no use for `inner`, most specs have no penalty, and what is frozen has nothing on the way to its step.
  const known = numbersAt(place, state.spec.layers.length - 1, quantities).filter(({ tensor }) => tensor in state.written || (numbers && tensor in numbers.tensors && given(numbers, tensor)));
  return html`<section class="kin" aria-label=${OF[place.kind]}>
    <h3>${OF[place.kind]}</h3>
    <ul>${known.map((ref) => html`<${Number} key=${ref.tensor} of=${ref} name=${sign(ref.tensor, signs.value)} chosen=${sameRef(ref, shown)} />`)}</ul>
    <${Edit} of=${parameterOf(shown)} />
    <${Freeze} of=${parameterOf(shown)} spec=${state.spec} />
    ${"unit" in place && html`<button class="pin-links" aria-pressed=${pinned.value !== null} title="Its links stay while you step (Shift F)" onClick=${togglePin}>${pinned.value ? "Release the pinned links" : "Pin this neuron’s links"}</button>`}
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
    <label for="edit-value">Set ${parts(of.tensor).kind === "W" ? "the weight" : "the bias"} to</label>
    <input id="edit-value" key=${key} ref=${field} inputmode="decimal" autocomplete="off" size="9" defaultValue=${value === null ? "" : String(value)}
      aria-invalid=${wrong} aria-describedby="edit-hint" onFocus=${() => field.current?.select()} />
    <button type="submit">Set</button>
    <span id="edit-hint" class=${wrong ? "hint wrong" : "hint"}>${wrong ? "A number, such as 0.5, 0,5 or 1/3." : "0.5, 0,5 or 1/3"}</span>
  </form>`;
}

/** A weight or bias that no update shall change, or again; one that is frozen with others says with which. @param {{of: Ref | null, spec: Spec}} props */
function Freeze({ of, spec }) {
  if (!of) return null;
  const [frozen, what] = [spec.frozen ?? [], parts(of.tensor).kind === "W" ? "weight" : "bias"];
  const by = frozenBy(spec, of);
  const others = frozen.filter((name) => name !== by);
  return html`<p class="freeze"><button onClick=${() => changeSpec({ ...spec, frozen: by ? others : [...frozen, elementName(of)] })}>
      ${by ? "Unfreeze" : "Freeze"} ${by === null || by === elementName(of) ? `this ${what}` : by}</button>
    <span class="hint">${by ? "❄ Frozen: no update changes it." : "Then no update changes it."}</span></p>`;
}
