/** Augmentation in a program: layers in front of the network in Keras, torchvision's transforms in PyTorch; what neither has is refused by name. */

import { type AugmentationName, amountOf } from "../../plan/augmentation.ts";
import { UserError } from "../../user-error.ts";
import { keras } from "../snippets/keras.ts";
import { STD } from "../snippets/python.ts";
import { pytorch } from "../snippets/pytorch.ts";
import type { Framework } from "./subject.ts";
import { factsOf, type Subject } from "./subject.ts";

export const isAugmented = ({ plan }: Subject): boolean => plan.data.augment.length > 0;

/** Beyond the edge torchvision has one colour where Keras reflects the picture; its brightness multiplies. */
const KERAS_ALONE: readonly AugmentationName[] = ["shift", "rotate", "zoom", "brightness"];

/** @throws UserError for an augmentation that no standard layer or transform of the framework does. */
export function refuseUnequal({ plan }: Subject, framework: Framework): void {
  plan.data.augment.forEach((one, i) => {
    const refuse = (fact: string, todo: string) => {
      throw new UserError(fact, todo, `data.augment[${i}]`);
    };
    if (one.name === "mixup") refuse("no standard layer mixes rows as mixup does.", "Take it out for the program.");
    if (framework === "pytorch" && KERAS_ALONE.includes(one.name))
      refuse(`torchvision has no transform that is equal to ${one.name}.`, "Take the program in Keras.");
    if (framework === "keras" && one.name === "flip" && amountOf(one) !== 0.5)
      refuse(`Keras flips half of the pictures, not ${amountOf(one)}.`, "Give it 0.5, or take the program in PyTorch.");
  });
}

/** `augment`, a layer. */
export const kerasAugmentation = (subject: Subject): string => keras.parts["augment"](factsOf(subject));

/** `augmented`, of a batch; v2 draws once for all that it is given, so it is given row by row. */
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
