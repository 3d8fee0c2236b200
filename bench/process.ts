/** What a command costs as a whole process: wall time, processor time, peak memory. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";

/** Seconds of wall and of processor time, bytes of the peak, and the last line on standard error. */
export type Cost = { seconds: number; processor: number; peak: number; code: number | null; says: string };

/** Resident bytes of a process and all below it. */
function resident(pid: number): number {
  try {
    const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
    const below = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean),
    );
    return below.reduce((sum, child) => sum + resident(Number(child)), own);
  } catch {
    // It has ended.
    return 0;
  }
}

/** Processor seconds of a process and of its children that have ended. */
function processor(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /, "").split(" ");
    // In ticks, of which Linux has 100 in a second.
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  } catch {
    return 0;
  }
}

/** Runs a command to its end and measures it from outside, with all its children. */
export async function cost(command: string, args: string[]): Promise<Cost> {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let [peak, used, says] = [0, 0, ""];
  const watch = setInterval(() => {
    peak = Math.max(peak, resident(child.pid!));
    used = Math.max(used, processor(child.pid!));
  }, 20);
  child.stdout.resume();
  child.stderr.on("data", (bytes: Buffer) => {
    says += bytes;
  });
  const [code] = await once(child, "close");
  clearInterval(watch);
  return {
    seconds: (performance.now() - began) / 1000,
    processor: used,
    peak,
    code,
    says: says.trim().split("\n").at(-1) ?? "",
  };
}
