/**
 * The tour: five stops, each one thing on the page.
 */

/** @typedef {{at: string, title: string, text: string, side: "right" | "left" | "above" | "below"}} Stop `at` is the selector of what it is about */

/** @type {Stop[]} */
export const STOPS = [
  { at: ".panel", side: "below", title: "This network learns", text: "Numbers come in on the left, an answer comes out on the right. Colour shows how large a number is, and on which side of 0; dashed links are negative weights. What stands in a dashed outline is not computed yet." },
  { at: "#next", side: "above", title: "One step at a time", text: "Press → to compute the next number and ← to take it back. The same keys go all the way: forward to the answer, then backward to find what each weight did to the error." },
  { at: ".inspector", side: "left", title: "Every number explains itself", text: "Here is what the step did: the rule, the rule with this neuron's names, and with its numbers. Click any number on the picture to ask about that one." },
  { at: ".track", side: "above", title: "Where you are", text: "An iteration is a pass forward, the cost, a pass backward and the update. Drag to go anywhere. “Step by” chooses whether one step is an operation, a neuron, a layer or a whole pass." },
  { at: "#setup", side: "below", title: "Make it yours", text: "Choose other data, layers and functions, or open a ready network. And “Predict the next” asks you for each number before you see it: that is how it sticks." },
];
