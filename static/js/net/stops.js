/**
 * What a stop is called.
 * @import {Breakpoint, DataTitle, Ref, Signs, Spec} from "../types.js"
 */
import { format } from "../number.js";
import { parameterName } from "./nudge.js";
import { neuronName, parameterOf, placeOf, sign } from "./places.js";
import { say } from "../words/say.js";

/** Whose number it is. @param {Ref} ref @param {Spec} spec @param {DataTitle} data */
export function ownerName(ref, spec, data) {
  const place = placeOf(ref);
  switch (place.kind) {
    case "neuron": return neuronName(spec, data, place.layer, place.unit);
    case "output": return neuronName(spec, data, spec.layers.length - 1, place.unit);
    case "softmax": return say("stops.softmax");
    case "update": return say("passes.update");
    case "cost": return say("ends.cost");
  }
  return parameterName(parameterOf(ref) ?? ref, spec, data);
}

/** @param {Breakpoint} stop @param {Spec} spec @param {DataTitle} data @param {Signs} signs */
export function stopName({ phase, epoch, tensor = "", index = [], relation = "=", value = 0 }, spec, data, signs) {
  if (phase) return say(`stops.phase.${phase}`);
  if (tensor === "") return say("stops.epoch", { number: (epoch ?? 0) + 1 });
  return say("stops.number", { name: ownerName({ tensor, index }, spec, data), sign: sign(tensor, signs), relation, value: format(value, 12) });
}
