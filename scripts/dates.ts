/** Writes examples/dates.csv: 10,000 different dates in words and as ISO 8601 has them, drawn by the seeded generator. */
import { writeFileSync } from "node:fs";
import { permutation, stream } from "../src/random.ts";

const PAIRS = 10_000;
const FIRST = Date.UTC(1950, 0, 1);
const DAYS = (Date.UTC(2050, 0, 1) - FIRST) / 86_400_000;
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

const lines = Array.from(permutation(DAYS, stream(1)).subarray(0, PAIRS), (day) => {
  const date = new Date(FIRST + day * 86_400_000);
  const words = [date.getUTCDate(), MONTHS[date.getUTCMonth()], date.getUTCFullYear()];
  return `${words.join(" ")},${date.toISOString().slice(0, 10)}`;
});
writeFileSync(new URL("../examples/dates.csv", import.meta.url), `words,iso\n${lines.join("\n")}\n`);
