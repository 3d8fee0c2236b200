/** The audit of rows in memory, as the command makes it. */
import { diagnose } from "../../src/causes/diagnose.ts";
import { buildDataset } from "../../src/data/build.ts";
import { silentPlan } from "../../src/data/propose.ts";
import { imageSource, type Loaded } from "../../src/data/source.ts";
import { sourceColumns, withoutStray } from "../../src/data/source-columns.ts";
import { parseCsv } from "../../src/data/sources/csv.ts";
import { parseIdx } from "../../src/data/sources/idx.ts";
import { reportedCauses } from "../../src/report/verdict/reported.ts";
import { audit } from "../../src/trials/examine.ts";
import { untried } from "../../src/trials/outcome.ts";
import { subjectOf } from "../../src/trials/subject.ts";
import { filesOf, type Rows } from "../../test/zoo/rows.ts";
import type { DataSet } from "./sets.ts";

export type Given = { rows: Rows; validation?: Rows; split?: "random" | "tail" };
export type Looked = { causes: { id: string; evident: boolean }[]; checks: string[]; says: (check: string) => string };

const clean = (loaded: Loaded): Loaded => ({ ...loaded, sheet: withoutStray(loaded.sheet) });

export function snapshot({ task }: Pick<DataSet, "task">, { rows, validation, split }: Given): Looked {
  const target = rows.columns.at(-1)!;
  const read = (own: Rows, name: string) => {
    const { source, files } = filesOf(own, name);
    if (typeof source === "string") return { source, loaded: { sheet: parseCsv(files[source], source), tensor: null } };
    const [images, labels] = [source.images, source.labels].map((file) => parseIdx(files[file], file));
    return { source, loaded: imageSource(images, labels, target, source) };
  };
  const own = read(rows, "data");
  const evaluated = validation && read(validation, "validation");
  const part = evaluated ? { source: evaluated.source } : split && { fraction: 0.2, split };
  const plan = silentPlan(own.source, [target], { task, ...(part && { validation: part }) });
  const dataset = buildDataset(plan, {
    source: clean(own.loaded),
    validation: evaluated ? clean(evaluated.loaded) : null,
    test: null,
  });
  const { network: _n, training: _t, dataPlan: _d, ...known } = audit(subjectOf(plan, {}, dataset), 1).known;
  const diagnosis = diagnose({ ...known, sourceColumns: sourceColumns(own.loaded.sheet) });
  const present = diagnosis.findings.filter((one) => one.state === "present");
  return {
    causes: reportedCauses(untried(diagnosis, [])).map(({ cause, proof }) => ({
      id: cause,
      evident: proof === "evident",
    })),
    checks: present.map(({ check }) => check),
    says: (check) => present.find((one) => one.check === check)?.says ?? "",
  };
}
