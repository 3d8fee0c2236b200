/** The missed rows, as a Report holds them. */
import type { Errors } from "../../errors/errors.ts";
import type { ReportErrors } from "../errors.ts";
import { collectSays } from "../words-errors.ts";

/** @param of whose network answered. */
export const errorsPart = (errors: Errors, of: ReportErrors["of"]): ReportErrors => ({
  ...errors,
  of,
  collect: collectSays(errors),
});
