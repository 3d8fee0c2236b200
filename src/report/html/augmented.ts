/** Augmentation on the page: training images as they are, and as the network sees them. */
import { list } from "../format.ts";
import type { Report } from "../report.ts";
import { h, type Node } from "./h.ts";

const image = (src: string, alt: string): Node => h("img", { src, alt, width: 64, height: 64 });

export function augmentedSection({ augmented }: Report): Node | null {
  if (!augmented) return null;
  return h(
    "div",
    null,
    h("p", null, `Training images as they are, and as ${list(augmented.names)} change them.`),
    augmented.samples.map(({ row, original, changed }) =>
      h(
        "p",
        { class: "changed" },
        image(original, `Row ${row} as it is`),
        changed.map((src, i) => image(src, `Row ${row}, changed (${i + 1})`)),
      ),
    ),
  );
}
