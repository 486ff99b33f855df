/**
 * Asks the server again and again for what is newest, with one request under way at a time.
 */
import { report } from "./problem.js";

/**
 * What is asked for while an answer is awaited is asked for once, after it.
 * @param {() => Promise<void>} ask
 * @returns {() => Promise<void>}
 */
export function latest(ask) {
  let busy = false;
  let again = false;
  const run = async () => {
    if (busy) return void (again = true);
    busy = true;
    do {
      again = false;
      await ask().catch(report);
    } while (again);
    busy = false;
  };
  return run;
}
