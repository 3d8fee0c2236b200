/** What a number that decides rests on. The pages of docs/evidence.md are made of these. */

/**
 * - published: a bound of that publication; the ends of a ramp around it are ours.
 * - derived: follows from what is stated.
 * - measured: lies between what was measured, on the zoo or on data that are named.
 * - by hand: a choice, for the reason that is stated.
 * - exact: it holds or it does not.
 */
export type Origin = "published" | "derived" | "measured" | "by hand" | "exact";

type Bounds = number | readonly number[];

export type Threshold = {
  /** What is compared, and in what unit. */
  of: string;
  /** The bound, or where a strength begins and where it is full; a record: by kind. */
  value?: Bounds | Readonly<Record<string, Bounds>>;
  origin: Origin;
  source: string;
};
