/**
 * Plays tones. A browser lets a page sound once somebody has pressed a key or a button in it.
 * @import {Tone} from "../net/tone.js"
 */

const [SECONDS, LOUDNESS, FADE] = [0.22, 0.12, 0.02];

/** @type {AudioContext | null} */
let context = null;

/** @param {Tone} tone */
export function play({ from, to }) {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  const [begin, end] = [context.currentTime, context.currentTime + SECONDS];
  const voice = context.createOscillator();
  const volume = context.createGain();
  voice.frequency.setValueAtTime(from, begin);
  voice.frequency.linearRampToValueAtTime(to, end);
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + FADE);
  volume.gain.linearRampToValueAtTime(0, end);
  voice.connect(volume).connect(context.destination);
  voice.start(begin);
  voice.stop(end);
}
