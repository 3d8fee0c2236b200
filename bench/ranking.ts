/** What bench/fit.ts measured of the ranking, kept in ranking.json for docs/evidence.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** Of `of` stuck cases: the first cause told is right, one of three told is, and the same of the suspects before any trial. */
export type Measured = {
  numbers: string;
  on: string;
  of: number;
  first: number;
  three: number;
  suspectFirst: number;
  suspectThree: number;
};

/** `better`: the fitted weights are in use. */
export type Ranking = { better: boolean; measured: Measured[] };

const FILE = resolve(import.meta.dirname, "ranking.json");

export const writeRanking = (ranking: Ranking): void => writeFileSync(FILE, `${JSON.stringify(ranking, null, 2)}\n`);

export const readRanking = (): Ranking => JSON.parse(readFileSync(FILE, "utf8")) as Ranking;
