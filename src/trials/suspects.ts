/** The rows whose labels are in doubt, as they are shown: the most probable first, with a picture where they are images. */
import type { Case } from "../case/case.ts";
import { isImages } from "../data/dataset.ts";
import { rowsOf } from "../errors/described.ts";
import { picture, rangeOf } from "../errors/pictures.ts";
import type { Examined } from "./examine.ts";

export type SuspectRow = NonNullable<Case["suspectLabels"]>["rows"][number] & { picture?: string };

/** The most rows shown; all of them are in the prescribed plan. Fewer pictures fit a page. */
const [MOST, MOST_PICTURES] = [50, 24];

export function suspectsOf({ known: { suspectLabels }, subject }: Examined): SuspectRow[] {
  const rows = (suspectLabels?.rows ?? []).slice(0, MOST);
  if (!subject.data) return rows;
  const { dataset } = subject.data;
  const { table } = dataset;
  if (!isImages(table) || table.stored) return rows;
  const image = rowsOf(dataset);
  const place = new Map(table.fileRows ? [...table.fileRows].map((file, row) => [file, row]) : []);
  const images = rows.slice(0, MOST_PICTURES).map(({ row }) => image(place.get(row) ?? row));
  const range = rangeOf(images);
  return rows.map((one, i) => (i < images.length ? { ...one, picture: picture(images[i], table.shape, range) } : one));
}
