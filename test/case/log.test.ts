/** A Case as a log gives it: some checks answer, others say what they miss, and a report can be made. */
import { expect, test } from "vitest";
import type { Case, EpochRecord } from "../../src/case/case.ts";
import { diagnose } from "../../src/causes/diagnose.ts";
import type { CheckId } from "../../src/checks/index.ts";
import { reportOf } from "../../src/report/verdict/assemble.ts";
import { untried } from "../../src/trials/outcome.ts";
import { accuracy, epochs, falling, known } from "../checks/parts.ts";

const turning = [1, 0.8, 0.7, 0.65, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4];
const curve = epochs(falling(12, 1, 0.02), { validation: turning });
const scored = curve.map(({ epoch, train, validation }): EpochRecord => ({ epoch, train, validation }));
const losses = scored.map(({ epoch, train, validation }) => ({
  epoch,
  train: { loss: train?.loss },
  validation: { loss: validation?.loss },
}));
const broken = [1, 9, 80, Number.NaN].map((running, i) => ({ epoch: i + 1, running }));
const settings = { training: { optimizer: { name: "adam", learningRate: 0.5 }, batchSize: 32 } };

type Log = [log: string, parts: Omit<Case, "version">, metric: string, answers: Partial<Record<CheckId, string>>];
/** Of each check named: its answer, or what it misses. */
const logs: Log[] = [
  [
    "losses by epoch",
    { epochs: losses },
    "loss",
    {
      "validation-turns": "present",
      "loss-oscillates": "absent",
      "train-gap": "metric",
      "few-epochs": "training.epochs",
    },
  ],
  ["losses that end in NaN", { epochs: broken }, "loss", { diverges: "present", "nan-at-start": "initial" }],
  [
    "losses and accuracies",
    { epochs: scored, metric: accuracy },
    "accuracy",
    { "validation-turns": "present", "train-gap": "absent", "rate-high": "training.optimizer.name" },
  ],
  [
    "the optimizer, its rate and the batch as well",
    { epochs: scored, metric: accuracy, ...settings },
    "accuracy",
    {
      "rate-high": "present",
      "rate-low": "absent",
      "plain-sgd": "absent",
      "optimizer-odd": "training.optimizer.epsilon",
      "rate-scheduled": "training.schedule",
      "loss-summed": "training.loss.reduction",
      "large-batch": "profile",
    },
  ],
];

test.each(logs)("%s", (_, parts, metric, answers) => {
  const diagnosis = diagnose(known(parts));
  const of = (id: string) => diagnosis.findings.find(({ check }) => check === id)!;
  for (const [id, answer] of Object.entries(answers)) {
    const finding = of(id);
    expect([id, finding.state === "unknown" ? finding.missing : [finding.state]]).toEqual([
      id,
      expect.arrayContaining([answer]),
    ]);
  }
  expect(diagnosis.findings.filter(({ state }) => state === "failed")).toEqual([]);
  const report = reportOf(untried(diagnosis, []), { version: "0", seed: 1, command: "unstuck why log" });
  expect(report).toMatchObject({ verdict: "unknown", metric: { name: metric, before: null } });
});
