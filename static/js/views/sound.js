/**
 * Lets the number that is explained be heard. Shows nothing.
 */
import { useSignalEffect } from "@preact/signals";
import { quantityOf, toneOf } from "../net/tone.js";
import { explained } from "../state/explained.js";
import { play } from "../ui/sound.js";

export function Sound() {
  useSignalEffect(() => {
    const it = explained.value;
    const tone = it && it.value !== null ? toneOf(Number(it.value), quantityOf(it.tensor)) : null;
    if (tone) play(tone);
  });
  return null;
}
