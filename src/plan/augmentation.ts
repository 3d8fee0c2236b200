/** What each augmentation takes for its amount, and how much it is where the plan is silent. */
import type { AUGMENTATIONS } from "./names.ts";

export type AugmentationName = (typeof AUGMENTATIONS)[number];

/**
 * The amount of each, in Keras' words where it has a layer for it (keras.layers, version 3):
 *
 * - flip: how likely an image is turned left to right; RandomFlip("horizontal") has 0.5.
 * - shift: the farthest shift as a share of the height and of the width, of a sound of its duration; RandomTranslation.
 * - rotate: the farthest turn to either side as a share of a full turn; RandomRotation.
 * - zoom: the farthest change of size, 0.1 for 10 % smaller or larger; RandomZoom.
 * - brightness: the largest change as a share of the range of the training pixels, cut off at its ends; RandomBrightness.
 * - cutout: the side of the square that is blanked as a share of that of the image; half (16 of 32 pixels) in DeVries and Taylor, "Improved
 *   regularization of convolutional neural networks with cutout", 2017. Keras' RandomErasing takes shares of the area.
 * - noise: the spread of what is added to each number, in spreads of its column (of all pixels, of all bands); GaussianNoise.
 * - stretch: the farthest change of the duration, 0.1 for 10 % shorter or longer.
 * - mixup: α of the Beta(α, α) by which two rows are mixed (Zhang et al., "mixup", 2018); MixUp has 0.2.
 *
 * Where a Keras layer has no default, 0.1 is what the examples of its documentation use.
 */
export const AMOUNTS: Readonly<Record<AugmentationName, number>> = {
  flip: 0.5,
  shift: 0.1,
  rotate: 0.1,
  zoom: 0.1,
  brightness: 0.1,
  cutout: 0.5,
  noise: 0.1,
  stretch: 0.1,
  mixup: 0.2,
};

/** From here on the amount means nothing: more than certain, a size of 0, the whole image. */
export const LIMITS: Readonly<Partial<Record<AugmentationName, number>>> = { flip: 1, zoom: 1, stretch: 1, cutout: 1 };

export const amountOf = ({ name, amount }: { name: AugmentationName; amount?: number | undefined }): number =>
  amount ?? AMOUNTS[name];
