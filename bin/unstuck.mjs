#!/usr/bin/env node
// Starts unstuck: from its sources in the checkout, compiled in the published package. Plain JavaScript, so that an old Node can read it.
import { existsSync } from "node:fs";
import nodeModule from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `unstuck needs Node 22.18 or newer and this is ${process.versions.node}: install a newer one, or, in the checkout, run "npm ci" without --ignore-scripts, which brings one along.`,
  );
  process.exit(2);
}
// Until a training begins there is nothing to keep; from then on src/cli/console.ts takes these signals.
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    console.error("Interrupted before the first training: there are no results.");
    process.exit(130);
  });
// Half of the time of a start is reading the sources: Node keeps what it made of them among the temporary files.
nodeModule.enableCompileCache?.();
const compiled = new URL("../dist/cli/main.js", import.meta.url);
const source = new URL("../src/cli/main.ts", import.meta.url);
const { main } = await import(existsSync(source) ? source.href : compiled.href).catch((error) => {
  console.error(
    `unstuck is not installed whole (${String(error.message).split("\n")[0]}): install it again, in the checkout with "npm ci".`,
  );
  process.exit(3);
});
await main(process.argv.slice(2));
