/** JSON that keeps NaN and the infinities, as the strings "NaN", "Infinity" and "-Infinity". */

const NOT_FINITE: Record<string, number> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

export const writeJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_key, v) => (typeof v === "number" && !Number.isFinite(v) ? String(v) : v), indent);

/** Reads what `writeJson` wrote. Only for our own files, where those three strings are never text. */
export const readJson = (text: string): unknown =>
  JSON.parse(text, (_key, v) => (typeof v === "string" && v in NOT_FINITE ? NOT_FINITE[v] : v));
