/** Augmentation in a program: layers in front of the network in Keras, torchvision's transforms in PyTorch; an augmentation without an equivalent is refused by name. */

import { type AugmentationName, amountOf } from "../../plan/augmentation.ts";
import { UserError } from "../../user-error.ts";
import { keras } from "../snippets/keras.ts";
import { STD } from "../snippets/python.ts";
import { pytorch } from "../snippets/pytorch.ts";
import type { Framework } from "./subject.ts";
import { factsOf, type Subject } from "./subject.ts";

export const isAugmented = ({ plan }: Subject): boolean => plan.data.augment.length > 0;

/** Those that torchvision does differently: beyond the edge it fills with one colour where Keras reflects the picture, and its brightness multiplies. */
const KERAS_ALONE: readonly AugmentationName[] = ["shift", "rotate", "zoom", "brightness"];

/** @throws UserError for an augmentation that no standard layer or transform of the framework does. */
export function refuseUnequal({ plan }: Subject, framework: Framework): void {
  plan.data.augment.forEach((one, i) => {
    const refuse = (fact: string, todo: string) => {
      throw new UserError(fact, todo, `data.augment[${i}]`);
    };
    if (one.name === "mixup")
      refuse(
        "mixup is not supported in programs: no standard layer mixes rows like it.",
        "Remove it from the plan for the program.",
      );
    if (framework === "pytorch" && KERAS_ALONE.includes(one.name))
      refuse(`torchvision has no transform equivalent to ${one.name}.`, "Use the Keras program instead.");
    if (framework === "keras" && one.name === "flip" && amountOf(one) !== 0.5)
      refuse(
        `Keras' RandomFlip flips a share of 0.5 of the pictures, not ${amountOf(one)}.`,
        "Set the amount to 0.5, or use the PyTorch program.",
      );
  });
}

/** `augment`, a layer. */
export const kerasAugmentation = (subject: Subject): string => keras.parts["augment"](factsOf(subject));

/** `augmented`, of a batch; v2 draws once per call, so it is applied row by row. */
export function pytorchAugmentation(subject: Subject): string {
  const facts = factsOf(subject);
  if (facts.images)
    return `${pytorch.parts["augment"](facts)}


def augmented(x):  # each picture by itself, its channels first
    return torch.stack([augment(row.movedim(-1, 0)).movedim(0, -1) for row in x])`;
  const lines = subject.plan.data.augment.map((one) => `    x = x + ${amountOf(one)} * std * torch.randn_like(x)`);
  return `std = torch.as_tensor(${STD(facts)}).float()


def augmented(x):  # noise in standard deviations of the columns
${lines.join("\n")}
    return x`;
}
