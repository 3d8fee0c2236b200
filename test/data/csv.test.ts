/** CSV: what a file says is what the Sheet holds, and what it cannot hold is refused with its place. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kindOf } from "../../src/data/sheet.ts";
import { parseCsv } from "../../src/data/sources/csv.ts";
import { bytes, messageOf, sheetOf } from "./helpers.ts";

const cells = (text: string) => {
  const sheet = sheetOf(text);
  return sheet.columns.map((column) => [column.name, column.texts ?? [...column.numbers]]);
};

describe("forms of the same table", () => {
  const forms: Record<string, string> = {
    plain: "a,b\n1,x\n2,y\n",
    "no newline at the end": "a,b\n1,x\n2,y",
    "empty lines": "\na,b\n1,x\n\n2,y\n\n\n",
    CRLF: "a,b\r\n1,x\r\n2,y\r\n",
    "old Mac line ends": "a,b\r1,x\r2,y",
    semicolons: "a;b\n1;x\n2;y",
    tabs: "a\tb\n1\tx\n2\ty",
    quoted: '"a","b"\n"1","x"\n"2","y"',
    "byte order mark": "\ufeffa,b\n1,x\n2,y",
    "blanks around": " a , b \n 1 , x \n2 ,y ",
  };
  for (const [name, text] of Object.entries(forms))
    test(name, () => {
      expect(cells(text)).toEqual([
        ["a", [1, 2]],
        ["b", ["x", "y"]],
      ]);
    });
});

test("quoted cells keep separators, quotes and line ends", () => {
  const sheet = sheetOf('t,n\n"a,b",1\n"say ""hi""",2\n"two\nlines",3\nlast,4\n');
  expect(sheet.columns[0].texts).toEqual(["a,b", 'say "hi"', "two\nlines", "last"]);
  expect([...sheet.lines!]).toEqual([2, 3, 4, 6]);
});

test("words for missing cells and for numbers", () => {
  const words = ["", "NA", "na", "N/A", "?", "NaN", "null", "NULL"];
  const sheet = sheetOf(`a,b\n${words.map((word) => `1,${word}`).join("\n")}\n1,5`);
  expect([...sheet.columns[1].numbers]).toEqual([...words.map(() => Number.NaN), 5]);
  expect(cells("a,b\n1,true\n2,FALSE\n3,-inf\n4,Infinity")[1]).toEqual(["b", [1, 0, -Infinity, Infinity]]);
  expect(cells("a;b\n1;2,5\n2;-0,25")[1]).toEqual(["b", [2.5, -0.25]]);
  expect(sheetOf("a,b\n1,0x10\n2,1_000").columns[1].texts).toEqual(["0x10", "1_000"]);
});

test("nameless and repeated columns are named as pandas names them", () => {
  expect(sheetOf(",x,x,x\n1,2,3,4").columns.map((column) => column.name)).toEqual(["Unnamed: 0", "x", "x.1", "x.2"]);
});

test("every number is read as JavaScript reads it", () => {
  const forms = (value: number) => [String(value), value.toFixed(6), value.toExponential(), value.toPrecision(17)];
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
      const written = values.flatMap(forms).filter((text) => !/[e]\+?\d{4}/.test(text));
      const sheet = sheetOf(`a,b\n${written.map((text) => `${text},1`).join("\n")}`);
      written.forEach((text, i) => {
        expect(sheet.columns[0].numbers[i]).toBe(Number(text));
      });
    }),
    { numRuns: 200 },
  );
});

test("any cells survive being written and read (a plain writer beside)", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", "1", ",", '"', "\n", " ", ";", "\r") });
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const text = `h,i\n${rows.map((row) => `${row.map((one) => quote(`x${one}`)).join(",")}`).join("\n")}`;
      const sheet = sheetOf(text);
      expect(sheet.columns.map((column) => column.texts)).toEqual([0, 1].map((c) => rows.map((row) => `x${row[c]}`)));
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["a,b\n1,2\n3\n", /row 2 \(line 3\) has 1 cell\b.* 2\b/],
  ["a,b\n\n1,2\n3,4,5\n", /row 2 \(line 4\) has 3 cells/],
  ['a,b\n1,"x\n2,3', /line 2 is never closed/],
  ["a,b\n", /no rows/],
  ["\n\n", /empty/],
])("%j is refused", (text, why) => {
  expect(messageOf(() => sheetOf(text))).toMatch(why);
});

describe("dialects are found and said", () => {
  const utf16 = (text: string, little: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * text.length + 2));
    [...`\ufeff${text}`].forEach((sign, i) => {
      view.setUint16(2 * i, sign.charCodeAt(0), little);
    });
    return new Uint8Array(view.buffer);
  };
  const latin1 = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  const [a, b] = [
    ["a", [1.5, 1234.5, -2]],
    ["b", ["x", "\u00e9", ""]],
  ];
  test.each<[string, Uint8Array, unknown[], RegExp]>([
    ["pipes", bytes("a|b\n1.5|x\n1234.5|é\n-2|"), [a, b], /separator.* \|/],
    ["decimal comma", bytes("a;b\n1,5;x\n1234,5;é\n-2;"), [a, b], /decimal comma: a/],
    ["and points", bytes("a;b\n1,5;x\n1.234,5;é\n-2;"), [a, b], /decimal comma: a/],
    ["thousands", bytes('a,b\n1.5,x\n"1,234.5",é\n-2,'), [a, b], /thousands.*commas: a/],
    ["blanks", bytes("a,b\n1.5,x\n1 234.5,é\n-2,"), [a, b], /thousands.*spaces: a/],
    ["UTF-16", utf16("a,b\n1.5,x\n1234.5,é\n-2,", true), [a, b], /UTF-16/],
    ["UTF-16, big end first", utf16("a,b\n1.5,x\n1234.5,é\n-2,", false), [a, b], /UTF-16/],
    ["Latin-1", latin1("a,b\n1.5,x\n1234.5,é\n-2,"), [a, b], /Latin-1/],
    ["comments", bytes("# of 2020\n# x\na,b\n1.5,x\n# and\n1234.5,é\n-2,"), [a, b], /comments/],
    ["a comment names the columns", bytes("# a b\n# a,b\n1.5,x\n1234.5,é\n-2,"), [a, b], /1 comment line /],
    [
      "no header",
      bytes("1.5,x\n1234.5,é\n-2,"),
      [
        ["x0", a[1]],
        ["x1", b[1]],
      ],
      /x0 … x1/,
    ],
    [
      "numbers as names",
      bytes("1,2\n3,4.5"),
      [
        ["1", [3]],
        ["2", [4.5]],
      ],
      /^$/,
    ],
    [
      "decimal commas only",
      bytes("1,5;2,5;3,5\n1,5;2,5;4,5"),
      [1.5, 2.5].map((n, i) => [`x${i}`, [n, n]]).concat([["x2", [3.5, 4.5]]]),
      /semicolon/,
    ],
    [
      "a point among decimal commas",
      bytes("p;q\n1,5;1.234\n2,5;5.678"),
      [
        ["p", [1.5, 2.5]],
        ["q", [1234, 5678]],
      ],
      /p, q/,
    ],
    ["as usual", bytes("a,b\n1.5,x\n1234.5,é\n-2,"), [a, b], /^$/],
  ])("%s", (_, file, columns, notes) => {
    const sheet = parseCsv(file, "d.csv");
    expect(sheet.columns.map((column) => [column.name, column.texts ?? [...column.numbers]])).toEqual(columns);
    expect(sheet.notes?.join(" ")).toMatch(notes);
  });
  test("a line keeps its number below comments", () => {
    expect(messageOf(() => sheetOf("# x\n\na,b\n1,2\n# y\n3\n"))).toMatch(/row 2 \(line 6\)/);
  });
  test("text among numbers of one form is told with its place", () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},5;1`).join("\n");
    const { columns, lines } = sheetOf(`a;b\n${rows}\nabc;1`);
    expect(kindOf(columns[0])).toBe("stray");
    expect([columns[0].numbers[3], lines![20]]).toEqual([3.5, 22]);
  });
});

test("20 MB are read in a few seconds at most", () => {
  const line = "1.25,3.5,-7.125,0.0625,12345,0.5,abc,9.75\n";
  const many = bytes(`a,b,c,d,e,f,g,h\n${line.repeat(Math.ceil(20e6 / line.length))}`);
  const start = process.cpuUsage();
  const sheet = parseCsv(many, "d.csv");
  // Of the processor: the clock runs on while other tests do.
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
  expect(sheet.columns[2].numbers.at(-1)).toBe(-7.125);
});
