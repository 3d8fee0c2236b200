/** What was given is recognised by its content, and each verb that does not work on it says so in two sentences. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { VERBS, type Verb } from "../../src/readers/kind.ts";
import { kinds } from "../../src/readers/kinds.ts";
import { accept, recognise } from "../../src/readers/node/recognise.ts";
import { UserError } from "../../src/user-error.ts";
import { samples } from "./samples.ts";

const at = mkdtempSync(join(tmpdir(), "unstuck-recognise-"));
const csv = "a,b,y\n1,2,u\n2,3,v\n";
const plan = JSON.stringify({ data: { source: "t.csv", target: "y" }, network: [] });
const png = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** A zip of which only the first name is looked at. */
const zip = (name: string) => {
  const head = Buffer.alloc(30);
  head.write("PK\x03\x04", "latin1");
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name)]);
};

type Kind = (typeof kinds)[number]["id"];
const FILES: [Kind, string, string | Uint8Array][] = [
  ["plan", "plan.json", plan],
  ["plan", "plan.yaml", "data:\n  source: t.csv\nnetwork: []\n"],
  ["plan", "misspelt.json", '{ "dta": {}, "netwrok": [] }'],
  ["plan", "broken.json", '{ "data": 1,\n}'],
  ["json", "biome.json", '{ "linter": {} }'],
  ["json", "compose.yaml", "services:\n  web: {}\n"],
  ["table", "t.csv", csv],
  ["table", "commas.json", csv],
  ["table", "rows.json", '[{ "a": 1, "class_name": "x" }]'],
  ["table", "t.csv.gz", gzipSync(csv)],
  ["table", "x.npz", zip("x.npy")],
  ["table", "x-idx3-ubyte", Buffer.from([0, 0, 8, 3])],
  ["table", "utf16.csv", Buffer.from(`\ufeff${csv}`, "utf16le")],
  ["table", "code.csv", `text,y\n"\nimport torch",1\n`],
  ["history", "history.csv", "epoch,loss,val_loss\n0,1.5,1.6\n"],
  ["unread-log", "train.txt", "Epoch 1/2\n3/3 - loss: 0.9\n"],
  ["unread-log", "server.log", "started\n"],
  ["unread-log", "out.txt", "epoch 1 step 3 loss: 0.3\nepoch 1 step 4 loss: nan\n"],
  ["unread-log", "events.out.tfevents.1.host", Buffer.from([24, 0, 0, 0, 0, 0, 0, 0])],
  ["notebook", "n.ipynb", "{}"],
  ["notebook", "exported.json", '{ "cells": [] }'],
  ["script", "train.py", "print(1)"],
  ["script", "train", "#!/usr/bin/env python\n"],
  ["model", "m.keras", zip("metadata.json")],
  ["model", "renamed", Buffer.from("\x89HDF\r\n\x1a\n", "latin1")],
  ["model", "m.onnx", "x"],
  ["model", "model.json", '{ "class_name": "Sequential", "config": {} }'],
  ["picture-or-sound", "photo", png],
  ["picture-or-sound", "a.wav", "RIFF0000WAVE"],
  ["foreign", "m.pt", zip("archive/data.pkl")],
  ["foreign", "t.xlsx", zip("[Content_Types].xml")],
  ["foreign", "a.zip", zip("photos/")],
  ["foreign", "d.pkl", Buffer.from([0x80, 4, 0x95])],
  ["foreign", "d.sqlite", "SQLite format 3\0"],
  ["foreign", "program", Buffer.from("\x7fELF\x02\0\0", "latin1")],
  ["report", "report.json", '{\n  "version": 1,\n  "verdict": "stuck"'],
  ["document", "notes.md", "# hello"],
  ["document", "page", "<!doctype html>"],
  ["pictures-or-sounds", "photos/cats/1.png", png],
  ["folder", "project/plan.json", plan],
  ["folder", "nothing/notes.md", "x"],
];
for (const [, name, content] of FILES) {
  mkdirSync(dirname(join(at, name)), { recursive: true });
  writeFileSync(join(at, name), content);
}
const [own, , recorded] = samples["unstuck"];
for (const [folder, sample] of [
  ["runs/run-1", own],
  ["recorded", recorded],
] as const) {
  mkdirSync(join(at, folder), { recursive: true });
  for (const [name, content] of Object.entries(sample)) writeFileSync(join(at, folder, name), content);
}
mkdirSync(join(at, "empty"));
const FOLDERS: [Kind, string][] = [
  ["empty-folder", "empty"],
  ["runs", "runs"],
  ["run", "runs/run-1"],
  ["log", "recorded"],
  ["run", "runs/run-1/run.json"],
  ["part-of-a-run", "runs/run-1/events.ndjson"],
];
const GIVEN: [Kind, string][] = [
  ...FILES.map(([kind, name]): [Kind, string] => [kind, name.includes("/") ? name.split("/")[0] : name]),
  ...FOLDERS,
];

describe("recognised", () => {
  it.each(GIVEN)("%s: %s", (kind, name) => expect(recognise(join(at, name)).id).toBe(kind));
  it("standard input", () => expect(recognise("-").id).toBe("standard-input"));
  it("every kind has an example here", () => {
    const seen = new Set(["standard-input", ...GIVEN.map(([kind]) => kind)]);
    const unseen = kinds.map(({ id }) => id).filter((id) => !seen.has(id));
    expect(unseen, "add a file of each to FILES").toEqual([]);
  });
});

const refusal = (path: string, verb: Verb): UserError | null => {
  try {
    accept(path, verb);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
};

describe("refused by a verb: the path, what it is, what to do", () => {
  it.each([...GIVEN.map(([, name]) => join(at, name)), "-"])("%s", (path) => {
    for (const verb of VERBS) {
      const error = refusal(path, verb);
      if (!error) continue;
      expect(error.message.length).toBeLessThanOrEqual(300);
      expect(error.message).toContain(path.replace(/\/run\.json$/, "").slice(-40));
      expect(error.todo).not.toBe("");
    }
  });

  it("takes by verb", () => {
    const taken = (name: string) => VERBS.filter((verb) => refusal(join(at, name), verb) === null);
    expect(taken("plan.json")).toEqual(["fix", "why", "audit", "train", "code"]);
    expect(taken("t.csv")).toEqual(["fix", "audit"]);
    expect(taken("photos")).toEqual(["fix", "audit"]);
    expect(taken("runs/run-1")).toEqual(VERBS);
    expect(taken("m.keras")).toEqual([]);
  });
});

symlinkSync("circle", join(at, "circle"));
writeFileSync(join(at, "void.csv"), "");
describe("refused by the system", () => {
  it.each([
    ["plam.json", /Did you mean .*plan\.json/],
    ["biom.json", /Did you mean .*(plan|rows)\.json/],
    ["t.csv/below", /t\.csv\/below/],
    ["circle", /circle/],
    ["n".repeat(300), /too long/],
    ["a\0b", /NUL/],
    ["void.csv", /empty/],
    ["../../../../../../dev/null", /neither a file nor a folder/],
  ])("%j", (name, says) => {
    const { message } = refusal(join(at, name), "fix")!;
    expect(message).toMatch(says);
    expect(message.length).toBeLessThanOrEqual(300);
    expect(message).not.toMatch(/\p{Cc}/u);
  });
});
