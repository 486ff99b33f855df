/**
 * The smallest test runner: `test(name, fn)` runs at once, failures are collected in `results`.
 */

/** @type {{name: string, error: string | null}[]} */
export const results = [];

/**
 * A test that waits for something is itself awaited: `await test(…)`.
 * @param {string} name @param {() => void | Promise<void>} run
 */
export async function test(name, run) {
  const result = { name, error: /** @type {string | null} */ (null) };
  results.push(result);
  try {
    await run();
  } catch (error) {
    result.error = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  }
}

/** @param {unknown} got @param {unknown} expected @param {string} [about] */
export function equal(got, expected, about = "") {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${about} got ${a}, expected ${b}`.trim());
}

/** @param {unknown} condition @param {string} message */
export function ok(condition, message) {
  if (!condition) throw new Error(message);
}

/** @param {() => unknown} run @param {RegExp} message */
export function throws(run, message) {
  try {
    run();
  } catch (error) {
    return ok(error instanceof Error && message.test(error.message), `threw ${error}, expected ${message}`);
  }
  throw new Error(`threw nothing, expected ${message}`);
}
