/**
 * What changes of the picture while training goes on: the links and neurons of its scene with newer numbers, to be painted.
 * @import {Reading} from "../types.js"
 * @import {Theme} from "./colour.js"
 * @import {Scene} from "./scene.js"
 */
import { fillOf, strokeOf, widthOf } from "./colour.js";

/**
 * @typedef {{d: string, colour: string, width: number, dash: boolean, dim: boolean}} Line
 * @typedef {{id: string, x: number, y: number, r: number, w: number, fill: string | null}} Body
 * @typedef {{lines: Line[], bodies: Body[]}} Painting
 */

/** @param {Scene} scene @param {Reading} reading @param {Theme} theme @returns {Painting} */
export const paintingOf = (scene, reading, theme) => ({
  lines: scene.links.map(({ d, ref, strength }) => {
    const value = reading(ref.tensor, ...ref.index) ?? 0;
    return { d, colour: strokeOf(value, "weight", theme), width: widthOf(value, "weight"), dash: value < 0, dim: strength === "dim" };
  }),
  bodies: scene.neurons.map(({ id, x, y, r, w, ref }) => {
    const value = reading(ref.tensor, ...ref.index);
    return { id, x, y, r, w, fill: value === null ? null : fillOf(value, "activation", theme) };
  }),
});
