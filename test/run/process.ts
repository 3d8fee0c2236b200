/** A process of its own, for tests of several: creates runs, or takes a run and holds it until it is killed. */
import { lock } from "../../src/run/node/lock.ts";
import { RunWriter } from "../../src/run/node/store.ts";
import { head } from "./heads.ts";

const [mode, at, count] = process.argv.slice(2);

if (mode === "create") for (let n = 0; n < Number(count); n++) console.log(RunWriter.create(at, "plan", head).folder);
else {
  try {
    lock(at);
    console.log("taken");
  } catch (error) {
    console.log((error as Error).name);
  }
  setInterval(() => {}, 1000);
}
