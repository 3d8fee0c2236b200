/** Augmentation on the page: training images before and after it. */

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
    h("p", null, `Training images without augmentation (left) and with it: ${list(augmented.names)}.`),
    augmented.samples.map((one) =>
      h(
        "p",
        { class: "changed" },
        image(one.original, `${rowName(one)} without augmentation`, WIDTH),
        one.changed.map((src, i) => image(src, `${rowName(one)} with augmentation, sample ${i + 1}`, WIDTH)),
      ),
    ),
  );
}
