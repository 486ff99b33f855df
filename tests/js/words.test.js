// @ts-nocheck: tests hand over half-made data on purpose.
import { GLOSSARY, withTerms } from "/static/js/words/glossary.js";
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
  const forms = Object.values(GLOSSARY).flatMap((term) => term.forms);
  equal(new Set(forms).size, forms.length);
  ok(forms.every((form) => form === form.toLowerCase()), "forms are in small letters");
});
