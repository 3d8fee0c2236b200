/** What reaches a terminal holds no character that it would obey, but for our own colours. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { note, print, printData } from "../../src/cli/console.ts";

const HOSTILE = "a\u001b[31m\u009bb\u202e\r\u0000c";
const OBEYED = /[^\P{Cc}\n]|[\u202a-\u202e]/u;

describe("each stream is cleaned where it is written", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  const written = (stream: "stdout" | "stderr", write: () => void): string => {
    const all: string[] = [];
    vi.spyOn(process[stream], "write").mockImplementation((text: unknown): boolean => all.push(String(text)) > 0);
    write();
    return all.join("");
  };

  it.each([
    ["a result", "stdout", (): void => print(`${HOSTILE}\n`)],
    ["JSON", "stdout", (): void => void printData(JSON.stringify({ name: HOSTILE }))],
    ["an error", "stderr", (): void => void note(HOSTILE)],
  ] as const)("%s", (_, stream, write) => {
    vi.stubEnv("NO_COLOR", "1");
    expect(written(stream, write)).not.toMatch(OBEYED);
  });

  it("JSON means the same", () => {
    const text = written("stdout", (): void => void printData(JSON.stringify({ name: HOSTILE })));
    expect(JSON.parse(text)).toEqual({ name: HOSTILE });
  });

  it("colours stay where they are shown", () => {
    vi.stubEnv("FORCE_COLOR", "1");
    vi.stubEnv("NO_COLOR", "");
    expect(written("stdout", () => print("\u001b[1mbold\u001b[0m \u001b[2J"))).toBe(
      "\u001b[1mbold\u001b[0m \\u001b[2J",
    );
  });
});
