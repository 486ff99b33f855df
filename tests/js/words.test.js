// @ts-nocheck: tests hand over half-made data on purpose.
import "/tests/js/english.js";
import { TERMS, withTerms } from "/static/js/words/glossary.js";
import { counted, say, speak } from "/static/js/words/say.js";
import { equal, ok, test } from "/tests/js/test.js";

test("each term is marked where it is first mentioned, and the text stays as it was", () => {
  const text = "The gradient of the weight: a gradient says how the cost rises.";
  const pieces = withTerms(text);
  equal(pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join(""), text);
  equal(pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece.term])), ["gradient", "weight", "cost"]);
});

test("a longer term comes before a shorter one in it, and no term inside a word", () => {
  equal(withTerms("its weighted sum").flatMap((piece) => (typeof piece === "string" ? [] : [piece.term])), ["sum"]);
  equal(withTerms("playerless"), ["playerless"]);
});

test("no two terms are written alike", () => {
  const forms = TERMS.flatMap((name) => say(`glossary.${name}.forms`).split(", "));
  equal(new Set(forms).size, forms.length);
  ok(forms.every((form) => form === form.toLowerCase()), "forms are in small letters");
});

test("a message has its places filled, and the plural form of its count", () => {
  speak("ru", { file: "{name:lower}: {name}", count: { one: "{count} файл", few: "{count} файла", many: "{count} файлов", other: "?" }, "say.thousands": " " });
  equal(say("file", { name: "Sigmoid" }), "sigmoid: Sigmoid");
  equal([1, 3, 5, 21].map((count) => say("count", { count })), ["1 файл", "3 файла", "5 файлов", "21 файл"]);
  equal(counted(1234567), "1 234 567");
  equal(say("nothing"), "");
});
