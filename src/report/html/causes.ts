/** The causes: the sentence, its evidence, and how far it is proved. */
import { capital, list } from "../../words.ts";
import type { Proof, Report, ReportCause } from "../report.ts";
import { evidence, gainLabel, otherFindings, PROOF, suspicionText, TITLE, title } from "../words.ts";
import { effect } from "./chart.ts";
import { h, type Node } from "./h.ts";

const SIGN: Record<Proof, string> = { verified: "✓", evident: "●", refuted: "✕", unclear: "?", untried: "○" };

export function causesSection(report: Report): Node | null {
  const others = otherFindings(report);
  const open = report.causes.filter((cause) => cause.proof !== "refuted");
  const refuted = report.causes.filter((cause) => cause.proof === "refuted");
  if (report.causes.length + others.length === 0) return null;
  return h(
    "div",
    null,
    open.length > 0 &&
      h(
        "ol",
        { class: "causes" },
        open.map((cause) => oneCause(report, cause)),
      ),
    others.length > 0 &&
      h(
        "div",
        null,
        report.causes.length > 0 && h("h3", null, TITLE.others),
        h(
          "ul",
          null,
          others.map((says) => h("li", null, capital(says))),
        ),
      ),
    refuted.length > 0 &&
      h("p", { class: "aside" }, `Tried and ruled out: ${list(refuted.map((cause) => title(cause.id)))}.`),
  );
}

function oneCause(report: Report, cause: ReportCause): Node {
  return h(
    "li",
    { class: `cause ${cause.proof}` },
    h(
      "div",
      { class: "cause-title" },
      h("h3", null, capital(title(cause.id))),
      h("span", { class: "chip" }, h("span", { "aria-hidden": "true" }, SIGN[cause.proof]), ` ${cause.proof}`),
      suspicionText(cause) !== "" &&
        h(
          "span",
          { class: "suspicion" },
          `${suspicionText(cause)} `,
          h(
            "span",
            { class: "meter", "aria-hidden": "true" },
            h("span", { style: `width:${Math.round(100 * cause.suspicion)}%` }),
          ),
        ),
    ),
    h("p", null, cause.says),
    h(
      "ul",
      { class: "evidence" },
      evidence(report, cause).map(({ says, check }) => h("li", null, says, " ", h("code", null, check))),
    ),
    h(
      "p",
      { class: "facts" },
      h("span", null, `${capital(PROOF[cause.proof])}.`),
      cause.gain &&
        h("span", null, `${capital(gainLabel(cause))}:`, h("b", null, effect(report.metric, cause.gain)), "."),
    ),
  );
}
