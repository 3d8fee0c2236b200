/** What comes from files is printed without a control character, and no message is longer than 300. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { cut, excerpt, printable } from "../src/printable.ts";
import { UserError } from "../src/user-error.ts";

const anything = fc.string({ unit: "binary", maxLength: 600 });
const CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

it("no control character is left, and plain text is as it was", () => {
  fc.assert(fc.property(anything, (text) => !CONTROL.test(printable(text))));
  expect(printable("Größe 5 µm, 価格")).toBe("Größe 5 µm, 価格");
  expect(printable("a\x1b[31m\nb", "\n")).toBe("a\\u001b[31m\nb");
});

it("a message has at most 300 characters, with the end of its place and both sentences in it", () => {
  fc.assert(
    fc.property(anything, anything, fc.option(anything, { nil: undefined }), (fact, todo, place) => {
      const { message } = new UserError(fact, todo, place);
      expect(message.length).toBeLessThanOrEqual(300);
      expect(message).not.toMatch(CONTROL);
      expect(message.isWellFormed() || !`${fact}${todo}${place}`.isWellFormed()).toBe(true);
    }),
  );
  const { message } = new UserError("f".repeat(400), "Do this.", `${"p".repeat(400)}/end.csv`);
  expect(message).toMatch(/end\.csv: f+… Do this\.$/);
});

it("cuts values at 60 and never through a character", () => {
  expect(excerpt("x".repeat(99))).toHaveLength(62);
  expect(cut("😀😀", 2)).toBe("…");
});
