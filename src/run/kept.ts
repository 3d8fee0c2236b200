/** A run as its files keep it: the head and the events, one a line. */
import { readJson } from "../json.ts";
import { anyHead, type RecorderHead, type RunHead } from "./head.ts";
import { parseEvent } from "./parse.ts";
import { emptyRun, type Run, record } from "./run.ts";

export const HEAD = "run.json";
export const EVENTS = "events.ndjson";

/** What was kept; `skipped`: lines of the events that are none. */
export type Kept<Head> = { head: Head; run: Run; skipped: number };

/** Null: the head is damaged, or not one of ours. */
export function keptRun(head: string, events: string): Kept<RunHead | RecorderHead> | null {
  const known = parsedHead(head);
  if (!known) return null;
  const lines = events.split("\n");
  let run = emptyRun(known.seed ?? 0);
  let skipped = 0;
  for (const [i, line] of lines.entries()) {
    const event = parseEvent(line);
    if (event) run = record(run, event);
    // What a kill cut short is the last line, and no fault.
    else if (line.trim() && i < lines.length - 1) skipped++;
  }
  return { head: known, run, skipped };
}

function parsedHead(text: string): RunHead | RecorderHead | null {
  try {
    return anyHead.parse(readJson(text));
  } catch {
    return null;
  }
}

/** Nothing where every line is an event. */
export const skippedNote = (skipped: number): string[] =>
  skipped === 0
    ? []
    : [
        `${skipped === 1 ? "1 line of events.ndjson is" : `${skipped} lines of events.ndjson are`} damaged and skipped.`,
      ];
