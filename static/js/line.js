/**
 * A stream of events that is taken up again whenever it breaks: after a wait that is each page's own, and at once after sleep.
 */

/** Seconds to wait before the first try, and at most before any. */
const [SOONEST, FIRST, MOST] = [0.2, 1.5, 3];
/** How often it is looked whether time has passed that was not lived through, and from how much on it has, in milliseconds. */
const [TICK, GAP] = [1000, 3000];

/** How long to wait after so many failures, in seconds: anywhere up to a bound that grows, so that a class does not come back all at once. @param {number} failures from 1 @param {number} chance from 0 to 1 */
export const waitOf = (failures, chance) => SOONEST + chance * (Math.min(FIRST * 1.5 ** (failures - 1), MOST) - SOONEST);

/** Whether a page has slept between two ticks. @param {number} before @param {number} now milliseconds */
export const slept = (before, now) => now - before > GAP;

/**
 * @typedef {object} Ends
 * @property {() => string} address where to listen, asked anew for each try
 * @property {{[name: string]: (data: any) => void}} ears what is heard, by its name
 * @property {(open: boolean) => void} turned it was opened, or it broke
 * @property {() => void} refused the server answered, but not with events; it is tried again unless it is hung up
 */

export class Line {
  #failures = 0;
  #hidden = 0;
  /** @type {EventSource | null} */
  #source = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;
  /** @type {ReturnType<typeof setInterval>} */
  #ticking;

  /** @param {Ends} ends */
  constructor(ends) {
    this.ends = ends;
    let before = Date.now();
    this.#ticking = setInterval(() => {
      const now = Date.now();
      // Behind other tabs, ticks are rare.
      if (slept(before, now) && document.visibilityState === "visible") this.wake();
      before = now;
    }, TICK);
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.#looked);
    this.dial();
  }

  /** Listens anew, at once, and soon again where that is too soon. */
  wake = () => {
    this.#failures = 0;
    this.dial();
  };

  dial = () => {
    clearTimeout(this.#waiting);
    this.#source?.close();
    const source = new EventSource(this.ends.address());
    this.#source = source;
    for (const [name, hear] of Object.entries(this.ends.ears)) {
      source.addEventListener(name, (/** @type {MessageEvent} */ event) => source === this.#source && hear(JSON.parse(event.data)));
    }
    source.addEventListener("open", () => {
      this.#failures = 0;
      this.ends.turned(true);
    });
    source.addEventListener("error", () => source === this.#source && this.#broken(source.readyState === EventSource.CLOSED));
  };

  /** Listens no more. */
  hangUp() {
    clearTimeout(this.#waiting);
    clearInterval(this.#ticking);
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.#looked);
    this.#source?.close();
    this.#source = null;
  }

  /** A page that comes to the front again may have been asleep without a tick. */
  #looked = () => {
    if (document.visibilityState === "hidden") this.#hidden = Date.now();
    else if (slept(this.#hidden, Date.now())) this.wake();
  };

  /** @param {boolean} answered whether the server refused, rather than that nobody answered */
  #broken(answered) {
    this.#source?.close();
    this.#failures += 1;
    this.ends.turned(false);
    this.#waiting = setTimeout(this.dial, 1000 * waitOf(this.#failures, Math.random()));
    if (answered) this.ends.refused();
  }
}
