/**
 * The tour: five stops, each one thing on the page.
 */

/** @typedef {{name: string, at: string, side: "right" | "left" | "above" | "below"}} Stop `at` is the selector of what it is about; its words stand under its name */

/** @type {Stop[]} */
export const STOPS = [
  { name: "network", at: ".panel", side: "right" },
  { name: "step", at: "#next", side: "above" },
  { name: "explain", at: ".inspector", side: "left" },
  { name: "track", at: ".track", side: "above" },
  { name: "setup", at: "#setup", side: "below" },
];
