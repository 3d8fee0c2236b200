/** Remedies of the learning rate and its schedule. */
import { position } from "../checks/sweep.ts";
import { decadesOff } from "../checks/usual-rates.ts";
import { type Context, defineRemedy, type Edit, type Remedy } from "./remedy.ts";

const PATH = "training.optimizer.learningRate";

/** A rate with two significant digits: as people write it. */
const round = (rate: number): number => Number(rate.toPrecision(2));

const times = <const Id extends string>(id: Id, factor: number, title: string): Remedy<Id> =>
  defineRemedy({
    id,
    title,
    cured: factor < 1 ? "With a lower learning rate" : "With a higher learning rate",
    size: 1,
    edits: ({ plan }) => [{ path: PATH, value: round(plan.training.optimizer.learningRate * factor) }],
  });

export const rateTenth = times("rate-tenth", 0.1, "Divide the learning rate by 10");
export const rateThird = times("rate-third", 1 / 3, "Divide the learning rate by 3");
export const rateThrice = times("rate-thrice", 3, "Multiply the learning rate by 3");
export const rateTenfold = times("rate-tenfold", 10, "Multiply the learning rate by 10");
export const rateHundredfold = times("rate-hundredfold", 100, "Multiply the learning rate by 100");
export const rateHundredth = times("rate-hundredth", 0.01, "Divide the learning rate by 100");

/** The sweep's best rate times a factor, where it is not the plan's own. */
function swept({ plan, known: { learningRateSweep } }: Context, factor: number): Edit[] | null {
  const found = learningRateSweep && position(learningRateSweep);
  if (!found) return null;
  const rate = round(found.best * factor);
  const own = plan.training.optimizer.learningRate;
  // Nearer than half a grid step is the same rate.
  return Math.abs(Math.log10(rate / own)) < 0.15 ? null : [{ path: PATH, value: rate }];
}

export const rateSwept = defineRemedy({
  id: "rate-swept",
  title: "Use the learning rate that is best in the sweep",
  cured: "With the best learning rate of the sweep",
  size: 1,
  edits: (context) => swept(context, 1),
});

// A short sweep favours rates that are a little high for the whole training: a third of its best is the usual advice.
export const rateSweptThird = defineRemedy({
  id: "rate-swept-third",
  title: "Use a third of the learning rate that is best in the sweep",
  cured: "With a third of the best learning rate of the sweep",
  size: 1,
  edits: (context) => swept(context, 1 / 3),
});

export const rateUsual = defineRemedy({
  id: "rate-usual",
  title: "Use the optimizer's default learning rate",
  cured: "With the default learning rate",
  size: 1,
  edits: ({ plan }) => {
    const { name, learningRate } = plan.training.optimizer;
    const usual = name === "sgd" ? 0.01 : name === "adadelta" ? 1 : 0.001;
    return decadesOff(name, learningRate) === 0 || learningRate === usual ? null : [{ path: PATH, value: usual }];
  },
});

export const keepRate = defineRemedy({
  id: "keep-rate",
  title: "Keep the learning rate constant",
  cured: "With a constant learning rate",
  size: 1,
  edits: ({ plan: { training } }) => {
    const edits: Edit[] = [];
    if (training.schedule) edits.push({ path: "training.schedule", value: null });
    if (training.optimizer.decay > 0) edits.push({ path: "training.optimizer.decay", value: 0 });
    return edits.length > 0 ? edits : null;
  },
});

export const fadeGently = defineRemedy({
  id: "fade-gently",
  title: "Decay the learning rate along a cosine until the end",
  cured: "With cosine decay",
  size: 1,
  edits: ({ plan: { training } }) => {
    if (training.schedule?.name === "cosine") return null;
    const decay: Edit[] = training.optimizer.decay > 0 ? [{ path: "training.optimizer.decay", value: 0 }] : [];
    return [...decay, { path: "training.schedule", value: { name: "cosine" } }];
  },
});

export const warmUp = defineRemedy({
  id: "warm-up",
  title: "Warm the learning rate up over the first epochs",
  cured: "With warm-up",
  size: 1,
  edits: ({ plan: { training } }) =>
    training.schedule || training.epochs < 5
      ? null
      : [
          {
            path: "training.schedule",
            value: { name: "warmup", epochs: Math.max(1, Math.round(training.epochs / 10)) },
          },
        ],
});

export const clip = defineRemedy({
  id: "clip",
  title: "Clip the gradients at norm 1",
  cured: "With gradient clipping",
  size: 1,
  edits: ({ plan: { training } }) =>
    training.clipNorm !== null && training.clipNorm <= 1 ? null : [{ path: "training.clipNorm", value: 1 }],
});
