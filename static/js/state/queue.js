/**
 * One request at a time: what waits is done in order, and a newer wish of the same kind takes the older one's place.
 */

/** @typedef {{kind: string, run: () => Promise<void>, settled: () => void}} Task */

export class Queue {
  /** @type {Task[]} */
  #waiting = [];
  #busy = false;
  /** Kinds that are not done now. @type {RegExp | null} */
  refuses = null;
  /** @param {(error: unknown) => void} failed */
  constructor(failed) {
    this.failed = failed;
  }

  get busy() {
    return this.#busy;
  }

  /** How many of a kind wait. @param {string} kind */
  waiting(kind) {
    return this.#waiting.filter((task) => task.kind === kind).length;
  }

  /**
   * Does it after everything that was asked before. Resolves when it is done, has failed, or was given up.
   * @param {string} kind @param {() => Promise<void>} run
   * @returns {Promise<void>}
   */
  add(kind, run) {
    if (this.refuses?.test(kind)) return Promise.resolve();
    return new Promise((settled) => {
      this.#waiting.push({ kind, run, settled });
      this.#work();
    });
  }

  /** Does it instead of what waits of the same kind. @param {string} kind @param {() => Promise<void>} run */
  replace(kind, run) {
    this.#giveUp((task) => task.kind === kind);
    return this.add(kind, run);
  }

  /** @param {(task: Task) => boolean} which */
  #giveUp(which) {
    for (const task of this.#waiting.filter(which)) task.settled();
    this.#waiting = this.#waiting.filter((task) => !which(task));
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      try {
        await task.run();
      } catch (error) {
        this.#giveUp(() => true);
        this.failed(error);
      }
      task.settled();
    }
    this.#busy = false;
  }
}
