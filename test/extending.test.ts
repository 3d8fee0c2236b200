/** The examples of docs/extending.md work as they are printed. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";
import { type AnyCheck, runCheck } from "../src/checks/check.ts";
import type { Reader } from "../src/readers/reader.ts";
import { loose } from "./checks/loose.ts";
import { known } from "./checks/parts.ts";
import type { Row } from "./checks/pieces.ts";
import { readerConforms, type Sample } from "./conformance/readers.ts";
import { samples } from "./readers/samples.ts";

const ROOT = resolve(import.meta.dirname, "..");
const page = readFileSync(join(ROOT, "docs/extending.md"), "utf8");

/** The block of code that begins so, without the indent of its list. */
function example(start: string): string {
  const blocks = [...page.matchAll(/^( *)```ts\n(.*?)^ *```/gms)];
  const found = blocks.map(([, indent, code]) => code.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
  const block = found.find((code) => code.startsWith(start));
  if (!block) throw new Error(`no example begins with ${start}`);
  return block;
}

/** What the code exports, as if it lay at that path. */
async function exported(path: string, code: string): Promise<unknown> {
  const file = join(mkdtempSync(join(tmpdir(), "unstuck-example-")), basename(path));
  const from = (_: string, target: string) => `from "${resolve(ROOT, dirname(path), target)}"`;
  writeFileSync(file, code.replace(/from "(\.[^"]+)"/g, from));
  return Object.values((await import(file)) as object)[0];
}

it("the check is present and absent as its row has it, and decides by nothing unnamed", async () => {
  const code = example("/** The batch size");
  const check = (await exported("src/checks/training/odd-batch.ts", code)) as AnyCheck;
  const line = `import { planned } from "../parts.ts"; export const rows = [${example('["odd-batch",')}];`;
  const [[id, present, absent]] = (await exported("test/checks/rows/settings.ts", line)) as Row[];
  expect(check.id).toBe(id);
  expect(runCheck(check, known(present)).state).toBe("present");
  expect(runCheck(check, known(absent)).state).toBe("absent");
  expect(loose(code)).toEqual([]);
});

const reader = (await exported("src/readers/plain-epochs.ts", example("/** Logs with one line"))) as Reader;
const own = (await exported(
  "test/readers/samples.ts",
  `const utf8 = (text: string) => new TextEncoder().encode(text); export const samples = { ${example('"plain-epochs":')} };`,
)) as Record<string, Sample[]>;
const others = Object.entries(samples).flatMap(([id, some]) => (id === reader.id ? [] : some));
readerConforms(reader, own[reader.id], others);
