/** The results of trials in numbers: all that the order of causes and the verdict need of an Outcome, so that both can be found again without training. */
import type { Diagnosis } from "../causes/diagnose.ts";
import type { Outcome } from "./outcome.ts";
import type { Proof } from "./prove.ts";
import type { Screened } from "./screen.ts";
import type { Explained } from "./untangle.ts";

type OfCause = Pick<Screened, "cause">;
type Evaluated = Pick<Proof, "gain" | "worth" | "verdict">;

/** An Outcome has this type, and so has its written form. */
export type Tried = {
  examined: Diagnosis;
  /** `unfinished`: the scores are those of trainings that did not come to their end. */
  before: { scores: readonly number[]; unfinished?: boolean };
  screened: readonly (OfCause & Pick<Screened, "gain" | "verdict">)[];
  proofs: readonly { of: OfCause; proof: Evaluated }[];
  explained: readonly Explained[];
  prescribed: {
    steps: readonly OfCause[];
    proof: Evaluated;
    without: readonly { step: OfCause; proof: Evaluated | null }[];
  } | null;
  reduced: boolean;
};

const evaluated = ({ gain, worth, verdict }: Proof): Evaluated => ({ gain, worth, verdict });
const ofCause = ({ cause }: OfCause): OfCause => ({ cause });

/** The numbers alone, without runs and plans. */
export const numbersOf = ({
  before,
  screened,
  proofs,
  explained,
  prescribed,
  reduced,
}: Outcome): Omit<Tried, "examined"> => ({
  before: { scores: before.scores },
  screened: screened.map(({ cause, gain, verdict }) => ({ cause, gain, verdict })),
  proofs: proofs.map(({ of, proof }) => ({ of: ofCause(of), proof: evaluated(proof) })),
  explained,
  prescribed: prescribed && {
    steps: prescribed.steps.map(ofCause),
    proof: evaluated(prescribed.proof),
    without: prescribed.without.map(({ step, proof }) => ({ step: ofCause(step), proof: proof && evaluated(proof) })),
  },
  reduced,
});
