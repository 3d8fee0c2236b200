/** The command line: parses, calls, and turns errors into sentences and exit codes. */
import { existsSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { VERSION } from "../files/node/version.ts";
import { UserError } from "../user-error.ts";
import { runAudit } from "./audit.ts";
import { runCode } from "./code.ts";
import { EXIT } from "./console.ts";
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
    .configureOutput({ outputError: (text, write) => write(sentence(text)) });
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
  return `${fact}${end} See unstuck --help.\n`;
}

export async function main(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough (head, less) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    throw error;
  });
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
      process.stderr.write(`It is a file: unstuck fix ${argv.join(" ")}\n`);
    return error.exitCode === 0 ? EXIT.done : EXIT.input;
  }
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.input;
  }
  process.stderr.write(
    `unstuck failed; this is a defect of ours, and your files are as they were.\n${error instanceof Error ? error.stack : String(error)}\nAgain: unstuck ${argv.join(" ")}\n`,
  );
  return EXIT.failure;
}
