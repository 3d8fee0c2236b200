/** The wrong predictions, as a Report holds them. */
import type { Errors } from "../../errors/errors.ts";
import type { ReportErrors } from "../errors.ts";
import { collectText } from "../words-errors.ts";

/** @param of whose network predicted. */
export const errorsPart = (errors: Errors, of: ReportErrors["of"]): ReportErrors => ({
  ...errors,
  of,
  collect: collectText(errors),
});
