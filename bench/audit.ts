/** What the audit reports of ten clean real data sets, and which planted faults it finds, by their size: docs/audit.md. Usage: npm run bench:audit [-- --only REGEX] */
import { parseArgs } from "node:util";
import { type CheckId, neutral } from "../src/checks/index.ts";
import { FAULTS } from "./audit/faults.ts";
import { type Looked, snapshot } from "./audit/look.ts";
import { sets } from "./audit/sets.ts";

const { values } = parseArgs({ options: { only: { type: "string" }, clean: { type: "boolean" } } });
const only = new RegExp(values.only ?? "");
const all = sets();
const row = (...cells: string[]) => console.log(`| ${cells.join(" | ")} |`);

/** The rows in random order, 30 % of them in a separate file. */
const clean = FAULTS.find(({ name }) => name === "training rows in validation")!;

console.log("\n### Clean\n");
row("data set", "rows", "reported", "with 30 % of the rows as `--validation`", "also present");
row("---", "---", "---", "---", "---");
for (const set of all) {
  const [own, parts] = [{ rows: set.rows }, clean.plant(set, 0)!].map((given) => snapshot(set, given));
  const reported = ({ causes }: Looked) =>
    causes.map(({ id, evident }) => (evident ? `**${id}**` : id)).join(", ") || "–";
  const checks = own.checks.filter((id) => !neutral.has(id as CheckId));
  row(set.name, String(set.rows.rows.length), reported(own), reported(parts), checks.join(", "));
}
if (values.clean) process.exit();

console.log("\n### Planted\n");
row("fault", "reported as", "size: reported, or detected by a check (in brackets), of so many sets");
row("---", "---", "---");
for (const { name, sizes, sizeOf, plant, cause, checks } of FAULTS.filter((one) => only.test(one.name))) {
  const by = sizeOf.map((size, i) => {
    const given = all.flatMap((set) => {
      const planted = plant(set, size);
      return planted ? [{ set: set.name, ...snapshot(set, planted) }] : [];
    });
    const reported = given.filter((one) => one.causes.some(({ id }) => id === cause));
    const seen = given.filter((one) => one.checks.some((id) => checks.includes(id as CheckId)));
    const missed = given.filter((one) => !reported.includes(one) && !seen.includes(one)).map(({ set }) => set);
    const not = missed.length > 0 && missed.length <= 4 ? `; not ${missed.join(", ")}` : "";
    return `${sizes[i]}: ${cause ? `${reported.length} (${seen.length})` : seen.length}/${given.length}${not}`;
  });
  row(name, cause ?? checks.map((id) => `\`${id}\``).join(", "), by.join("<br>"));
}
