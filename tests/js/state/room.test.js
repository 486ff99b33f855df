// @ts-nocheck: tests hand over half-made data on purpose.
import { bars } from "/static/js/state/answering.js";
import { askingOf } from "/static/js/state/notes.js";
import { Queue } from "/static/js/state/queue.js";
import { isShown, roleOf } from "/static/js/state/room.js";
import { plain } from "/static/js/state/seats.js";
import { wholeAddress } from "/static/js/state/teaching.js";
import { equal, test } from "/tests/js/test.js";

const [teacher, member] = [{ member: null }, { member: 3 }];
const role = (me, now = {}) => roleOf({ me, leader: null, exploring: false, presenting: false, closed: false, ...now });

test("who one is follows from who leads, and from what one does", () => {
  equal([role(null), role(teacher), role(member)], ["joining", "teaching", "following"]);
  equal([role(teacher, { leader: 3 }), role(member, { leader: 3 }), role({ member: 4 }, { leader: 3 })], ["following", "leading", "following"]);
  equal([role(member, { exploring: true }), role(member, { exploring: true, leader: 3 })], ["exploring", "leading"]);
  equal([role(teacher, { presenting: true }), role(teacher, { presenting: true, leader: 3 })], ["presenting", "presenting"]);
  equal([role(member, { closed: true }), role(member, { closed: true, exploring: true })], ["closed", "exploring"]);
});

test("a code is read as people type it, and a viewing name is told from an id", () => {
  equal([plain(" abc-def "), plain("AbC DeF"), plain(null)], ["ABCDEF", "ABCDEF", ""]);
  equal([isShown("~abc"), isShown("abc"), isShown(null), isShown(undefined)], [true, false, false, false]);
});

test("an address is read as people type it", () => {
  equal([" 192.168.0.7:8000", "https://nets.example.org/", "http://a.b/c", " "].map(wholeAddress), ["http://192.168.0.7:8000/", "https://nets.example.org/", "http://a.b/c/", ""]);
});

test("a question in one's own words has answers to choose from, one of which may be right, or a number", () => {
  equal(askingOf({ text: " Why? ", answers: "one\n\n two " }), { text: "Why?", options: ["one", "two"] });
  equal(askingOf({ text: "Why?", answers: "one\n* two\nthree" }), { text: "Why?", options: ["one", "two", "three"], answer: "1" });
  equal(askingOf({ text: "How many?", answers: "-50" }), { text: "How many?", answer: -50, tolerance: 1 });
  equal([askingOf({ text: "", answers: "1" }), askingOf({ text: "Why?", answers: "one" }), askingOf({ text: "Why?", answers: "a\n".repeat(9) })], [null, null, null]);
});

test("the longest bar is full, and nobody's answers are no bars at all", () => {
  const shares = (...counts) => bars({ choices: counts.map((count) => ({ count })) }).map(({ share }) => share);
  equal([shares(1, 4, 2), shares(0, 0)], [[0.25, 1, 0.5], [0, 0]]);
});

await test("a queue does not do what it refuses", async () => {
  const done = [];
  const queue = new Queue(() => undefined);
  queue.refuses = /^step$/;
  await queue.add("step", async () => void done.push("step"));
  await queue.add("room", async () => void done.push("room"));
  equal(done, ["room"]);
});
