/** The command line: parses, calls, and turns errors into sentences and exit codes. */
import { Command, CommanderError } from "commander";
import { UserError } from "../errors.ts";
import { EXIT } from "./console.ts";
import { runFix } from "./fix.ts";
import { type Common, withOptions } from "./options.ts";
import { VERSION } from "./version.ts";

function program(finish: (code: number) => void): Command {
  const root = new Command("unstuck")
    .description("Why is my neural network not improving? Names the cause, tries the remedy, proves it.")
    .version(VERSION);
  const verb = (name: string, description: string, run: (what: string, options: Common) => Promise<number>) =>
    withOptions(root.command(name).description(description), [
      "seed",
      "budget",
      "seeds",
      "json",
      "out",
      "quiet",
      "threads",
      "check",
    ]).action(async (what: string, options: Common) => finish(await run(what, options)));
  verb("fix <plan>", "finds the cause, tries remedies on paired seeds, writes the report and the fixed plan", runFix);
  return root.exitOverride();
}

export async function main(argv: readonly string[]): Promise<void> {
  try {
    await program((code) => {
      process.exitCode = code;
    }).parseAsync([...argv], { from: "user" });
  } catch (error) {
    process.exitCode = failed(error);
  }
}

function failed(error: unknown): number {
  // Commander has printed its own sentence; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.input;
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.input;
  }
  process.stderr.write(
    `unstuck failed; this is a defect of ours.\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return EXIT.failure;
}
