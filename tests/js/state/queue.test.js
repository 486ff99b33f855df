// @ts-nocheck: tests hand over half-made data on purpose.
import { Queue } from "/static/js/state/queue.js";
import { equal, test } from "/tests/js/test.js";

/** A queue whose tasks end when told to. */
function held() {
  const failures = [];
  const queue = new Queue((error) => failures.push(error.message));
  const done = [];
  const ends = [];
  const task = (name) => () => new Promise((resolve, reject) => {
    ends.push((error) => (error ? reject(error) : (done.push(name), resolve())));
  });
  return { queue, failures, done, ends, task };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

await test("one task at a time, in order", async () => {
  const { queue, done, ends, task } = held();
  queue.add("step", task("a"));
  queue.add("step", task("b"));
  equal([ends.length, queue.busy, queue.waiting("step")], [1, true, 1]);
  ends[0]();
  await settle();
  ends[1]();
  await settle();
  equal([done, queue.busy], [["a", "b"], false]);
});

await test("a newer wish of a kind takes the older one's place", async () => {
  const { queue, done, ends, task } = held();
  queue.add("step", task("a"));
  for (const name of ["b", "c", "d"]) queue.replace("seek", task(name));
  ends[0]();
  await settle();
  ends[1]();
  await settle();
  equal(done, ["a", "d"]);
});

await test("a failure is reported, gives up what waits, and leaves the queue usable", async () => {
  const { queue, failures, done, ends, task } = held();
  const gone = queue.add("step", task("a"));
  const waited = queue.add("step", task("b"));
  ends[0](new Error("no answer"));
  await gone;
  await waited;
  queue.add("step", task("c"));
  ends[1]();
  await settle();
  equal([failures, done], [["no answer"], ["c"]]);
});
