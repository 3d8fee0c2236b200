/** Writes the pages of the catalogue into docs/, and removes those of causes that are no more. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pages } from "./docs/pages.ts";

const DOCS = resolve(import.meta.dirname, "../docs");

const written = pages();
mkdirSync(join(DOCS, "causes"), { recursive: true });
for (const [path, text] of written) writeFileSync(join(DOCS, path), text);
for (const file of readdirSync(join(DOCS, "causes")))
  if (!written.has(`causes/${file}`)) rmSync(join(DOCS, "causes", file));
console.log(`${written.size} pages in docs/`);
