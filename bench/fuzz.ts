/** 500 cut-off and 500 bit-flipped files of every format: how many are read, refused, or fail. Usage: npm run bench:fuzz [-- --only REGEX --times N] */
import { parseArgs } from "node:util";
import { FORMATS, tally } from "../test/hostile/spoilt.ts";

const { values } = parseArgs({ options: { only: { type: "string" }, times: { type: "string", default: "500" } } });
const only = new RegExp(values.only ?? "");

console.log("| format | files | read | refused | failed | slowest |\n| --- | --- | --- | --- | --- | --- |");
let [all, failed] = [0, 0];
for (const format of FORMATS.filter(({ name }) => only.test(name))) {
  const { files, read, refused, slowest, failures } = await tally(format, Number(values.times));
  for (const failure of failures.slice(0, 3)) console.error(failure);
  console.log(`| ${format.name} | ${files} | ${read} | ${refused} | ${failures.length} | ${slowest.toFixed(2)} s |`);
  all += files;
  failed += failures.length;
}
console.log(`\n${all} files, ${failed} failed, ${Math.round(process.resourceUsage().maxRSS / 1000)} MB at most.`);
process.exitCode = failed > 0 ? 1 : 0;
