/** Writes examples/sp500.csv: the last 20 daily returns of the S&P 500, in hundredths of a per cent, and whether the next day goes up. */
import { readFileSync, writeFileSync } from "node:fs";

const LAGS = 20;
const source = new URL("../node_modules/vega-datasets/data/sp500-2000.csv", import.meta.url);
const rows = readFileSync(source, "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","));
const days = rows.map(([date]) => date);
const closes = rows.map((cells) => Number(cells[5]));
// The return of day i is known at its end.
const returns = closes.map((close, i) => Math.round(10_000 * (close / closes[i - 1] - 1)));

const lags = Array.from({ length: LAGS }, (_, k) => `lag${LAGS - k}`);
const lines = days.flatMap((day, i) =>
  i <= LAGS ? [] : [[day, ...returns.slice(i - LAGS, i), closes[i] > closes[i - 1] ? "up" : "down"].join(",")],
);
writeFileSync(
  new URL("../examples/sp500.csv", import.meta.url),
  `${["date", ...lags, "next"].join(",")}\n${lines.join("\n")}\n`,
);
