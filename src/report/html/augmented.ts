/** Augmentation on the page: training images as they are, and as the network sees them. */

import { rowName } from "../../data/dataset.ts";
import { list } from "../../words.ts";
import type { Report } from "../report.ts";
import { h, type Node } from "./h.ts";
import { image } from "./pictures.ts";

const WIDTH = 64;

export function augmentedSection({ augmented }: Report): Node | null {
  if (!augmented) return null;
  return h(
    "div",
    null,
    h("p", null, `Training images as they are, and as ${list(augmented.names)} change them.`),
    augmented.samples.map((one) =>
      h(
        "p",
        { class: "changed" },
        image(one.original, `${rowName(one)} as it is`, WIDTH),
        one.changed.map((src, i) => image(src, `${rowName(one)}, changed (${i + 1})`, WIDTH)),
      ),
    ),
  );
}
