/** What the source of a check decides by without naming it in its thresholds. */

/** Constants of a check that its thresholds do not name, and fractions that are no constant. */
export function loose(text: string): string[] {
  const [head, rest] = text.split("export const ").length > 1 ? text.split(/\n {2}id: /) : [text, ""];
  const [declared, detect] = rest.split(/\n {2}needs: /);
  const named = [...head.matchAll(/^const (?:\[([^\]]+)\]|(\w+))[^=]*= [-[\d]/gm)]
    .flatMap(([, several, one]) => (several ?? one).split(", "))
    .filter((name) => !new RegExp(`\\b${name}\\b`).test(declared));
  const code = detect.replace(/\/\/.*|"[^"\n]*"|`[^`]*`/g, "");
  return [
    ...named,
    ...[...code.matchAll(/(?<![\w.])\d*\.\d+|\d+e-?\d+/g)].map(([n]) => n).filter((n) => n !== "1e-12"),
  ];
}
