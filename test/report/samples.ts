/** Reports to try the views on: the example of the design page, and one of each verdict. */
import type { Report } from "../../src/report/report.ts";

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

export const samples: Record<string, Report> = {};
