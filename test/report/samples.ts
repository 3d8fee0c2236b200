/** Reports to try the views on: the example of the design page, one of each verdict, and a hostile one. */
import type { Report } from "../../src/report/report.ts";
import { healthy, limit, misleading, slow, unknown } from "./sample-others.ts";
import { nan, stuck } from "./sample-stuck.ts";

export const example = `{
  "version": 1,
  "verdict": "stuck",
  "headline": "Stuck at 52 %: the inputs are not scaled. Scaled, it reaches 91 %.",
  "metric": { "name": "accuracy", "split": "validation", "better": "higher",
              "before": { "mean": 0.521, "low": 0.50, "high": 0.54, "values": [] },
              "after":  { "mean": 0.913, "low": 0.90, "high": 0.93, "values": [] },
              "baseline": { "name": "majority class", "value": 0.52 },
              "ceiling": { "name": "k nearest neighbours", "value": 0.93 },
              "test": { "before": null, "after": null } },
  "causes": [
    { "id": "inputs-not-scaled", "suspicion": 0.97, "proof": "verified",
      "says": "Column income spreads 40,000 times as wide as age.", "findings": ["unscaled-inputs"], "gain": { "mean": 0.39, "low": 0.37, "high": 0.41 } }
  ],
  "findings": [ { "check": "unscaled-inputs", "state": "present", "strength": 0.9, "says": "…", "where": ["income"] } ],
  "trials": [ { "remedies": ["standardise"], "stage": "proof", "values": [], "gain": { "mean": 0.39, "low": 0.37, "high": 0.41 }, "verdict": "helps" } ],
  "prescription": {
    "changes": [ { "path": "data.scale", "from": "none", "to": "standard", "cause": "inputs-not-scaled" } ],
    "plan": {}, "snippets": { "keras": "…", "pytorch": "…", "tfjs": "…" } },
  "settle": [],
  "read": [ { "path": "train.log", "format": "keras-text", "run": "1", "series": { "loss": { "points": 120, "first": 2.3, "last": "NaN" } }, "skipped": 0 } ],
  "cost": { "seconds": 21.4, "trainings": 65 }
}`;

/** Names and sentences that try to leave their place in a page or a terminal. */
export const EVIL = "<img src=x onerror=alert(1)>\"'&</script><script>alert(2)</script>\u001b[31m";
const evil: Report = {
  ...stuck,
  headline: `Stuck: ${EVIL}`,
  metric: { ...stuck.metric, name: EVIL, baseline: { name: EVIL, value: 0.5 } },
  causes: stuck.causes.map((cause) => ({ ...cause, id: EVIL, says: EVIL })),
  findings: stuck.findings.map((finding) => ({ ...finding, check: EVIL, says: EVIL, where: [EVIL] })),
  trials: stuck.trials.map((trial) => ({ ...trial, remedies: [EVIL] })),
  prescription: {
    changes: [{ path: EVIL, from: EVIL, to: { [EVIL]: EVIL }, cause: EVIL }],
    plan: { [EVIL]: EVIL },
    snippets: { keras: EVIL, pytorch: EVIL, tfjs: EVIL },
  },
  settle: [EVIL],
  read: [{ path: EVIL, format: EVIL, run: EVIL, series: { [EVIL]: { points: 1, first: 1, last: 1 } }, skipped: 1 }],
  layers: { ...stuck.layers!, names: stuck.layers!.names.map(() => EVIL) },
  said: [EVIL],
  reproduce: { version: EVIL, seed: 1, command: EVIL },
};

export const samples: Record<string, Report> = { stuck, healthy, slow, limit, misleading, unknown, nan, evil };
