/** The report as it is embedded in the page: whole where it fits, its pictures' numbers thinned where it does not. */
import type { ReportErrors } from "../errors.ts";
import type { Report } from "../report.ts";

const LIMIT = 180_000;
const POINTS = 1_000;

/** JSON without any "<", so that nothing in it can close the element that holds it. */
export function embed(report: Report): string {
  const candidates = [
    () => withoutPictures(report),
    () => thinned(withoutPictures(report)),
    () => ({ ...withoutPictures(report), curves: undefined, layers: undefined }),
  ];
  const texts = candidates.map((candidate) => () => compact(candidate()));
  const fitting = texts.slice(0, -1).find((text) => text().length <= LIMIT) ?? texts.at(-1)!;
  return closed(fitting());
}

/** What `unstuck errors` prints, embedded likewise. */
export const embedErrors = (errors: ReportErrors): string => closed(compact(bare(errors)));

const closed = (json: string): string =>
  json
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");

/** The pictures are on the page already. */
function withoutPictures({ errors, suspects, augmented: _shown, ...report }: Report): Report {
  return {
    ...report,
    ...(suspects && { suspects: suspects.map(({ picture, ...row }) => row) }),
    ...(errors && { errors: bare(errors) }),
  };
}

/** Wrong predictions without their pictures. */
const bare = (errors: ReportErrors): ReportErrors => ({
  ...errors,
  mistakes: errors.mistakes.map(({ picture, ...mistake }) => mistake),
  slices: errors.slices.map(({ pictures, ...slice }) => slice),
});

/** Without indentation; six digits are more than any picture shows. */
const compact = (value: Report | ReportErrors): string =>
  JSON.stringify(value, (_key, value: unknown) => {
    if (typeof value !== "number" || Number.isInteger(value)) return value;
    return Number.isFinite(value) ? Number(value.toPrecision(6)) : String(value);
  });

function thinned(report: Report): Report {
  if (!report.curves) return report;
  const thin = (curves: NonNullable<Report["curves"]>["before"]) =>
    curves.map((curve) => {
      const most = Math.max(2, Math.floor(POINTS / curves.length));
      const n = curve.epochs.length;
      const keep =
        n <= most
          ? curve.epochs.map((_, i) => i)
          : Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
      const pick = (values: number[]) => keep.map((i) => values[i]);
      return {
        seed: curve.seed,
        epochs: pick(curve.epochs),
        train: pick(curve.train),
        validation: curve.validation && pick(curve.validation),
        trainScore: pick(curve.trainScore),
        score: pick(curve.score),
      };
    });
  return {
    ...report,
    layers: undefined,
    curves: { before: thin(report.curves.before), after: thin(report.curves.after) },
  };
}
