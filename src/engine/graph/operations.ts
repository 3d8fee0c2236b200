/** Every operation the engine uses: the array that gradients, the interpreter and the tests read. */
import { averaging } from "./average.ts";
import { convolution } from "./convolution.ts";
import { grouped } from "./depthwise.ts";
import { elementwise } from "./elementwise.ts";
import { linear } from "./linear.ts";
import { normalization } from "./normalization.ts";
import type { Operation } from "./operation.ts";
import { pooling } from "./pooling.ts";
import { picking } from "./rows.ts";
import { scanning } from "./scanning.ts";
import { shaping } from "./shape.ts";

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...elementwise,
  ...shaping,
  ...linear,
  ...convolution,
  ...grouped,
  ...pooling,
  ...averaging,
  ...normalization,
  ...picking,
  ...scanning,
};
