/** How a verb ends: the report is written and printed, and the exit code says what came of it. */
import { renderHtml } from "../report/html/page.ts";
import { type Report, toJson } from "../report/report.ts";
import { renderText } from "../report/text/text.ts";
import { EXIT, print, printData, terminal } from "./console.ts";
import { type Out, savePage } from "./files.ts";
import type { Common } from "./options.ts";

type Ending = {
  /** Where the page is written; absent: none is. */
  out?: Out;
  interrupted: boolean;
  /** Writes what else is left behind, and names it. */
  written?: () => string[];
};

export function present(
  report: Report,
  options: Pick<Common, "json" | "check">,
  { out, interrupted, written }: Ending,
): number {
  const files: string[] = [];
  const show = () =>
    options.json ? printData(`${toJson(report)}\n`) : print(renderText(report, { ...terminal(), files }));
  try {
    if (out !== undefined) files.push(savePage(out, "unstuck-report.html", renderHtml(report)));
    files.push(...(written?.() ?? []));
  } catch (error) {
    // What was found is shown, even where it cannot be written.
    show();
    throw error;
  }
  show();
  if (interrupted) return EXIT.interrupted;
  return options.check && holdsBack(report) ? EXIT.found : EXIT.done;
}

const holdsBack = ({ verdict }: Report): boolean => ["stuck", "slow", "misleading"].includes(verdict);
