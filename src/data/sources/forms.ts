/** Numbers as people write them: 1,234.5, 1.234,5 and 1 234. Each column is read in one form, and a note names it. */
import { type Column, cellNumber, OTHERWISE_NUMBERS } from "../sheet.ts";

export type Form = { name: string; matches: RegExp; decimal: "." | ","; thousands: "," | "." | " " };

const BLANK = "[ \\u00a0\\u202f]";

const FORMS = {
  point: {
    name: "a decimal point and thousands separated by commas",
    decimal: ".",
    thousands: ",",
    matches: /^[+-]?\d{1,3}(,\d{3})*(\.\d+)?$/,
  },
  comma: {
    name: "a decimal comma",
    decimal: ",",
    thousands: ".",
    matches: /^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?(e[+-]?\d+)?$/i,
  },
  blank: {
    name: "thousands separated by spaces",
    decimal: ".",
    thousands: " ",
    matches: new RegExp(`^[+-]?\\d{1,3}(${BLANK}\\d{3})*(\\.\\d+)?$`),
  },
  blankComma: {
    name: "a decimal comma and thousands separated by spaces",
    decimal: ",",
    thousands: " ",
    matches: new RegExp(`^[+-]?\\d{1,3}(${BLANK}\\d{3})*(,\\d+)?$`),
  },
} as const satisfies Record<string, Form>;

/** The number of cells that are tried before the whole column. */
const TRIED = 20;

/** The number in a cell in this form, NaN where it is missing, undefined where it is text. */
function numberIn(form: Form, cell: string): number | undefined {
  if (!form.matches.test(cell)) {
    const other = cellNumber(cell);
    // Where the point is not a decimal point, 1.5 is not a number of this form.
    return form.decimal === "," && cell.includes(".") ? undefined : other;
  }
  const plain = cell.replace(form.thousands === " " ? /[ \u00a0\u202f]/g : form.thousands === "," ? /,/g : /\./g, "");
  return Number(plain.replace(",", "."));
}

/**
 * A column of text as numbers, where nine cells in ten are numbers of one form; the others stay text and are reported. A column in which both
 * readings of a comma are possible (1,234) follows the `comma` of the file.
 */
export function asNumbers(column: Column, comma: boolean): { column: Column; form: Form } | null {
  const { texts, name } = column;
  if (!texts) return null;
  const order: Form[] = comma
    ? [FORMS.comma, FORMS.blankComma, FORMS.point, FORMS.blank]
    : [FORMS.point, FORMS.comma, FORMS.blank, FORMS.blankComma];
  const some: string[] = [];
  for (let row = 0; row < texts.length && some.length < TRIED; row++) if (texts[row] !== "") some.push(texts[row]);
  const form = order.filter((one) => fits(one, some)).find((one) => fits(one, texts));
  if (!form || !texts.some((cell) => needs(form, cell))) return null;
  return { column: inForm(name, texts, form), form };
}

/** A column read in a form; its texts are kept if some cell is not a number. */
export function inForm(name: string, texts: string[], form: Form): Column {
  const numbers = Float64Array.from(texts, (text) => numberIn(form, text) ?? Number.NaN);
  return { name, numbers, texts: texts.some((cell) => numberIn(form, cell) === undefined) ? texts : null };
}

/** Whether it is a number in this form, but not in the usual one. */
const needs = (form: Form, cell: string): boolean =>
  cellNumber(cell) === undefined && numberIn(form, cell) !== undefined;

function fits(form: Form, texts: readonly string[]): boolean {
  let [numbers, others] = [0, 0];
  for (const text of texts)
    if (text !== "") {
      if (numberIn(form, text) === undefined) others++;
      else numbers++;
    }
  return numbers > 0 && numbers >= OTHERWISE_NUMBERS * (numbers + others);
}
