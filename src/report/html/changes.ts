/** The recommended changes: the edits of the plan as a difference, and the same in three frameworks. */
import { planValue } from "../format.ts";
import type { Prescription } from "../report.ts";
import { title } from "../words.ts";
import { h, type Node } from "./h.ts";

const FRAMEWORKS = [
  ["keras", "Keras"],
  ["pytorch", "PyTorch"],
  ["tfjs", "TensorFlow.js"],
] as const;

export function changesSection({ changes, snippets }: Prescription): Node {
  const shown = FRAMEWORKS.filter(([id]) => snippets[id].trim() !== "");
  return h(
    "div",
    null,
    h(
      "ul",
      { class: "edits" },
      changes.map(({ path, from, to, cause }) =>
        h(
          "li",
          null,
          h("div", { class: "path" }, h("code", null, path), h("span", { class: "aside" }, ` for: ${title(cause)}`)),
          h("code", { class: "line-from" }, h("span", { class: "sign" }, "− "), h("del", null, planValue(from))),
          h("code", { class: "line-to" }, h("span", { class: "sign" }, "+ "), h("ins", null, planValue(to))),
        ),
      ),
    ),
    shown.map(([id, name], i) =>
      h(
        "details",
        // One name: opening one closes the others, as tabs do.
        { class: "code", name: "code", open: i === 0 },
        h("summary", null, `In ${name}`),
        h(
          "pre",
          { tabindex: 0, role: "region", "aria-label": `The change in ${name}` },
          h("code", null, snippets[id].trimEnd()),
        ),
      ),
    ),
  );
}
