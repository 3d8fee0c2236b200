/** What one reads is what counts: the numbers of a cause stand in its file, and the fit writes them there. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { byHand, withNumbers } from "../../bench/fitted.ts";
import type { Cause } from "../../src/causes/cause.ts";
import { causes } from "../../src/causes/index.ts";
import { logOdds } from "../../src/causes/rank.ts";

const source = (id: string) => readFileSync(`src/causes/${id}.ts`, "utf8");
const fitted = causes.filter((cause: Cause) => cause.fitted);

describe("numbers of causes", () => {
  test.each(fitted.map((cause) => [cause.id, cause as Cause] as const))(
    "%s: written again, nothing changes",
    (id, own) => expect(withNumbers(source(id), own)).toBe(source(id)),
  );

  test("other numbers are written over those in the file, comments stay", () => {
    const { prior, signs } = byHand.find(({ id }) => id === "overfitting") as Cause;
    const written = withNumbers(source("overfitting"), { prior, signs: { ...signs, "few-rows": [0.5, -2] } });
    expect(written).toContain(`  prior: ${prior},\n  fitted: true,\n  signs: {\n`);
    expect(written).toContain('    "validation-turns": [2.5, -1.2],\n');
    expect(written).toContain('    "few-rows": [0.5, -2],\n  },\n');
    expect(written.match(/\/\/.*/g)).toEqual(source("overfitting").match(/\/\/.*/g));
    expect(withNumbers(source("wrong-metric"), { prior: -1, signs: { diverges: 1 } })).toMatch(/\], diverges: 1 \},\n/);
  });

  test("a sign moves the ranking by what its file says", () => {
    const own = causes.find(({ id }) => id === "dying-relu") as Cause;
    const { of } = logOdds(own, [{ check: "dead-units", state: "present", strength: 1, says: "" }]);
    expect(source("dying-relu")).toContain(`"dead-units": [${of.get("dead-units")}, `);
  });
});
