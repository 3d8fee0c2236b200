/** Colour, wrapping and marks for a terminal, or their plain stand-ins. */

const CODES: Record<string, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

const UNICODE = { arrow: "→", dash: "—", dot: "·", rule: "│", more: "…", full: "━", rest: "─" };
const ASCII: typeof UNICODE = { arrow: "->", dash: "-", dot: "-", rule: "|", more: "...", full: "=", rest: "." };
const PLAIN: Record<string, string> = {
  "→": "->",
  "—": "-",
  "–": "-",
  "−": "-",
  "·": "-",
  "…": "...",
  "×": "x",
  "²": "2",
  "’": "'",
  "“": '"',
  "”": '"',
  "≤": "<=",
};

const SIGNS = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

export type Paint = ReturnType<typeof painter>;

export function painter({ width, colour, unicode }: { width: number; colour: boolean; unicode: boolean }) {
  const marks = unicode ? UNICODE : ASCII;

  // Names of columns and files come from the user's data: a control or bidirectional character must not reach the terminal.
  const clean = (text: string): string => {
    const visible = text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (c) =>
      c === "\t" ? "    " : c === "\n" ? " " : "?",
    );
    return unicode ? visible : visible.replace(SIGNS, (c) => PLAIN[c]);
  };

  const paint = (text: string, ...styles: string[]): string =>
    colour ? `${styles.map((style) => `\u001b[${CODES[style]}m`).join("")}${text}\u001b[0m` : text;

  /** Lines of at most `width`; the first begins with `first`, the others with `rest`. A number stays with its unit. */
  const wrap = (text: string, first: string, rest: string): string => {
    const lines: string[] = [];
    let line = first;
    let empty = true;
    for (const word of clean(text).split(/ (?!%|points?\b)/)) {
      if (!empty && line.length + 1 + word.length > width) {
        lines.push(line);
        line = rest;
        empty = true;
      }
      line += empty ? word : ` ${word}`;
      empty = false;
    }
    return [...lines, line].join("\n");
  };

  /** A bar of `cells` for a share of 0 … 1. */
  const bar = (share: number, cells: number, style: string): string => {
    const full = Number.isFinite(share) ? Math.max(0, Math.min(cells, Math.round(share * cells))) : 0;
    return paint(marks.full.repeat(full), style) + paint(marks.rest.repeat(cells - full), "dim");
  };

  // What is left beside the names and the words at the end of a curve.
  const sparkWidth = Math.max(6, Math.min(40, width - 56));

  return {
    unicode,
    sparkWidth,
    marks,
    clean,
    colour: paint,
    wrap,
    bar,
    heading: (text: string) => paint(text, "bold"),
  };
}
