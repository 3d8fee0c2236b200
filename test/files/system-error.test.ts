/** What the system refuses ends as one sentence of fact and one of what to do, for every way a path can be wrong. */
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { refusing, systemError } from "../../src/files/node/system-error.ts";
import { UserError } from "../../src/user-error.ts";

const at = mkdtempSync(join(tmpdir(), "unstuck-system-"));
writeFileSync(join(at, "file"), "x");
mkdirSync(join(at, "folder"));
symlinkSync("circle", join(at, "circle"));

const PATHS = ["gone", "file/below", "folder", "circle", "n".repeat(300), "a\0b"];

describe("a path that the system refuses", () => {
  it.each(PATHS)("%j", (name) => {
    expect(() => refusing(name, "read", () => readFileSync(join(at, name)))).toThrow(UserError);
    expect(() => refusing(name, "write", () => writeFileSync(`${at}/${name}/.`, ""))).toThrow(UserError);
  });

  it.each(["EACCES", "EPERM", "EROFS", "ENOSPC", "EXYZ"])("%s, told for reading and for writing", (code) => {
    const error = Object.assign(new Error(code), { code, syscall: "open" });
    const facts = (["read", "write"] as const).map((doing) => systemError(error, "p", doing)?.fact);
    expect(facts).not.toContain(undefined);
  });
});

it("a defect of ours is none of the system's", () => {
  expect(systemError(new TypeError("x"), "p", "read")).toBeNull();
  expect(() => refusing("p", "read", () => readFileSync(null as unknown as string))).toThrow(TypeError);
});
