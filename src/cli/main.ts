/** The command line: parses, calls, and turns errors into sentences and exit codes. */
import { existsSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { systemError } from "../files/node/system-error.ts";
import { VERSION } from "../files/node/version.ts";
import { cut } from "../printable.ts";
import { UserError } from "../user-error.ts";
import { runAudit } from "./audit.ts";
import { runCode } from "./code.ts";
import { quoted } from "./command-line.ts";
import { EXIT, endOnSignal, note } from "./console.ts";
import { runErrors } from "./errors.ts";
import { runFix } from "./fix.ts";
import { withOptions } from "./options.ts";
import { runTrain } from "./train.ts";
import { runWhy } from "./why.ts";

type Names = Parameters<typeof withOptions>[1];
const REPORT: Names = ["seed", "budget", "trainings", "json", "out", "quiet", "threads", "check"];

function program(finish: (code: number) => void): Command {
  const root = new Command("unstuck")
    .description("Why is my neural network not improving? Names the cause, tries the remedy, proves it.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: (text) => note(sentence(text)) });
  function verb<Options>(
    name: string,
    description: string,
    options: Names,
    run: (what: string, options: Options) => Promise<number>,
  ): void {
    withOptions(root.command(name).description(description), options).action(async (what: string, given: Options) =>
      finish(await run(what, given)),
    );
  }
  verb(
    "fix <what>",
    "of a plan, or a table with --target: finds the cause, tries remedies on paired seeds, writes the report and the fixed plan",
    [...REPORT, "seeds", "target", "task"],
    runFix,
  );
  verb("why <what>", "the diagnosis alone, of a plan or of a kept run", [...REPORT, "looked"], runWhy);
  verb(
    "audit <data>",
    "the data alone, of a table with --target or of a plan",
    ["seed", "json", "quiet", "target", "task", "validation", "check"],
    runAudit,
  );
  verb(
    "train <plan>",
    "trains, an epoch a line, and keeps the run; given the folder of an interrupted run, goes on with it, of an ended one exports",
    ["seed", "run", "out", "quiet", "own", "export"],
    runTrain,
  );
  verb(
    "errors [run]",
    "which rows a kept run misses, and what they share; without a run: of the latest",
    ["told", "out", "quiet"],
    runErrors,
  );
  verb(
    "code <plan>",
    "the plan as a whole program in Keras or PyTorch, on standard output",
    ["seed", "framework"],
    runCode,
  );
  return root;
}

/** What commander says of a wrong command line, as one of our sentences: the fact, and what to do. */
function sentence(text: string): string {
  const [, fact, near] = text.trim().match(/^(?:error: )?(.*?)(?:\n\(Did you mean (.*)\?\))?$/s)!;
  const end = near ? `, did you mean ${near}?` : fact.endsWith(".") ? "" : ".";
  return new UserError(`${fact}${end}`, "See unstuck --help.").message;
}

/** Errors of the streams themselves: a reader that has seen enough (head, less) is no failure, a full disk is. */
function watchStreams(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    const refused = systemError(error, "standard output", "write");
    if (!refused) throw error;
    note(refused.message);
    process.exit(EXIT.input);
  });
  // Where nobody listens there is nobody to say so to.
  process.stderr.on("error", () => {});
}

export async function main(argv: readonly string[]): Promise<void> {
  watchStreams();
  endOnSignal();
  try {
    await program((code) => {
      process.exitCode = code;
    }).parseAsync([...argv], { from: "user" });
  } catch (error) {
    process.exitCode = failed(error, argv);
  }
}

function failed(error: unknown, argv: readonly string[]): number {
  if (error instanceof CommanderError) {
    // Commander has printed its own sentence; help and version are no errors.
    if (error.code === "commander.unknownCommand" && existsSync(argv[0]))
      note(cut(`It is a file: unstuck fix ${argv.map(quoted).join(" ")}`, 300));
    return error.exitCode === 0 ? EXIT.done : EXIT.input;
  }
  if (error instanceof UserError) {
    note(error.message);
    return EXIT.input;
  }
  note(
    `unstuck failed. This is a defect of unstuck; your files are unchanged.\n${error instanceof Error ? error.stack : String(error)}\nTo repeat it: unstuck ${argv.map(quoted).join(" ")}`,
  );
  return EXIT.failure;
}
