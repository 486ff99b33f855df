// @ts-nocheck: imports by address, which the type checker does not follow.
import { pictureOf } from "/static/js/roomapi.js";
import { equal, test } from "/tests/js/test.js";

test("the picture of an address that was typed is asked for as the server reads it", () => {
  equal([pictureOf("ABCDEF", ""), pictureOf("ABCDEF", "http://192.0.2.7:8000/")], ["api/rooms/ABCDEF/qr.svg", "api/rooms/ABCDEF/qr.svg?at=http%3A%2F%2F192.0.2.7%3A8000%2F"]);
});
