/** unstuck audit: the data alone, of a table or of a plan; nothing is trained. */
import { diagnose } from "../causes/diagnose.ts";
import { evidenceApart } from "../data/node/evidence.ts";
import { VERSION } from "../files/node/version.ts";
import { auditReport } from "../report/verdict/audit.ts";
import { measured, readied } from "../trials/examine.ts";
import { subjectOf } from "../trials/subject.ts";
import { commandLine, quoted } from "./command-line.ts";
import { signals } from "./console.ts";
import type { Common, TableOptions } from "./options.ts";
import { present } from "./present.ts";
import { tableOf } from "./what.ts";

type Options = Pick<Common, "seed" | "json" | "quiet" | "check"> & TableOptions & { validation?: string };

export async function runAudit(what: string, options: Options): Promise<number> {
  const began = performance.now();
  const { plan, load, columns, isTable } = await tableOf(what, options);
  const dataset = await load(plan);
  await signals();
  const subject = subjectOf(plan, {}, dataset);
  const ready = readied(subject, options.seed);
  const evidence = evidenceApart({ ...ready.sample, metric: subject.data.resolved.metric });
  // Nothing of the plan: its network is not what is looked at, and of a table it is none of the user's.
  const known = { ...measured(subject, ready), ...(await evidence), ...(columns && { sourceColumns: columns }) };
  const command = commandLine("audit", what, options);
  const target = options.target?.map((name) => ` --target ${quoted(name)}`).join("") ?? "";
  const report = auditReport(
    diagnose(known),
    plan,
    {
      version: VERSION,
      seed: options.seed,
      command,
      prove: `unstuck fix ${quoted(what)}${isTable ? target : ""}`,
    },
    { notes: dataset.notes, seconds: (performance.now() - began) / 1000 },
  );
  return present(report, options, { interrupted: false });
}
