/** The command line: parses, calls, and turns errors into sentences and exit codes. */
import { existsSync } from "node:fs";
import { Command, CommanderError, type Option } from "commander";
import { systemError } from "../files/node/system-error.ts";
import { VERSION } from "../files/node/version.ts";
import { cut } from "../text.ts";
import { UserError } from "../user-error.ts";
import { runAudit } from "./audit.ts";
import { runCode } from "./code.ts";
import { quoted } from "./command-line.ts";
import { EXIT, note, signals } from "./console.ts";
import { runErrors } from "./errors.ts";
import { runFix } from "./fix.ts";
import { ofReport, option } from "./options.ts";
import { runTrain } from "./train.ts";
import { runWhy } from "./why.ts";

const EXAMPLES = `
Examples:
  unstuck fix plan.json                        why it is stuck, and what to change
  unstuck fix data.csv --target species        without a plan: one is proposed
  unstuck audit data.csv --target species      the data alone, before any training
  unstuck train plan.json && unstuck errors    which rows are predicted wrongly
  unstuck code plan.json --framework pytorch   the plan as a program`;

function program(finish: (code: number) => void): Command {
  const root = new Command("unstuck")
    .description("Finds why a neural network is not improving, tries fixes, and proves which one works.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "Prints the help of a command.")
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureOutput({ outputError: (text) => note(sentence(text)) });
  function verb<Options>(
    name: string,
    [argument, meaning]: [string, string],
    description: string,
    options: readonly Option[],
    run: (what: string, options: Options) => Promise<number>,
  ): void {
    const command = root.command(name).description(description).argument(argument, meaning);
    for (const one of options) command.addOption(one);
    command.action(async (what: string, given: Options) => finish(await run(what, given)));
  }
  verb(
    "fix",
    ["<what>", "a plan, a run, a table with --target, or a folder of pictures or sounds"],
    "Finds why training is stuck, tries fixes on paired seeds, and writes a report and the fixed plan.",
    [...ofReport(), option.seeds(2, 5), option.target(), option.task()],
    runFix,
  );
  verb(
    "why",
    ["<what>", "a plan, or a run that unstuck train kept"],
    "Diagnoses a training without trying fixes, and writes a report.",
    [...ofReport(), option.seeds(1, 3)],
    runWhy,
  );
  verb(
    "audit",
    ["<data>", "a table with --target, a folder of pictures or sounds, a plan, or a run"],
    "Checks the data before any training.",
    [option.seed(), option.json(), option.quiet(), option.target(), option.task(), option.validation(), option.check()],
    runAudit,
  );
  verb(
    "train",
    ["<plan>", "a plan, an interrupted run to continue, or a finished run to export"],
    "Trains a plan, printing one line per epoch, and keeps the run.",
    [
      option.seed(),
      option.json(),
      option.out(),
      option.quiet(),
      option.threads(" (default: by the size of the network)"),
      option.export(),
    ],
    runTrain,
  );
  verb(
    "errors",
    ["[run]", "a run or its name (default: the latest)"],
    "Lists which validation rows a run predicts wrongly, and what they have in common.",
    [option.json(), option.out(), option.quiet()],
    runErrors,
  );
  verb(
    "code",
    ["<plan>", "a plan, or a run"],
    "Prints the plan as a complete program in Keras or PyTorch.",
    [option.seed(), option.framework()],
    runCode,
  );
  return root;
}

/** Commander's message about a wrong command line, as two sentences: the fact, and what to do. */
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
  await signals();
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
