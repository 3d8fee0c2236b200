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
  // Most lines of a run have none of them, and are read several times as fast without asking of every value.
  /"NaN"|Infinity"/.test(text)
    ? JSON.parse(text, (_key, v) => (typeof v === "string" && Object.hasOwn(NOT_FINITE, v) ? NOT_FINITE[v] : v))
    : JSON.parse(text);

/** JSON to be read and edited by hand: what fits into a line stands in one. */
export function neatJson(value: unknown, width = 110, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const list = Array.isArray(value);
  const inner = `${indent}  `;
  const entries = (within: number) =>
    list
      ? value.map((item) => neatJson(item, within, inner))
      : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${neatJson(item, within, inner)}`);
  const flat = entries(Number.POSITIVE_INFINITY).join(", ");
  const line = list ? `[${flat}]` : flat ? `{ ${flat} }` : "{}";
  if (line.length + indent.length < width) return line;
  const [open, close] = list ? "[]" : "{}";
  if (list && value.every((item) => typeof item !== "object"))
    return `[\n${filled(entries(width), inner, width)}\n${indent}]`;
  return `${open}\n${entries(width)
    .map((entry) => inner + entry)
    .join(",\n")}\n${indent}${close}`;
}

/** As many entries a line as fit. */
function filled(entries: readonly string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const entry of entries) {
    if (line && indent.length + line.length + entry.length + 2 >= width) {
      lines.push(`${indent}${line},`);
      line = "";
    }
    line += line ? `, ${entry}` : entry;
  }
  return [...lines, indent + line].join("\n");
}

/** A plan nests five levels, a model of models perhaps thirty. */
export const DEEPEST = 100;

/** Whether a value is nested deeper than anything that people write, or without end, as an alias to its own parent is in YAML. */
export function isDeep(value: unknown): boolean {
  let level = new Set([value]);
  for (let depth = 0; level.size > 0; depth++) {
    if (depth > DEEPEST) return true;
    const below = new Set<unknown>();
    for (const one of level)
      if (typeof one === "object" && one !== null)
        for (const inner of Object.values(one)) if (typeof inner === "object" && inner !== null) below.add(inner);
    level = below;
  }
  return false;
}

/** Neither a list nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
