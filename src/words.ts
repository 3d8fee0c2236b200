/** Numbers, shares and lists as every sentence and table writes them. */

/** Whole from 100 on, below with three significant digits: 0.0123, 4.2, 4,189; small and large ones with a power of ten. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [mantissa, exponent] = value.toExponential(2).split("e");
    return `${minus(String(Number(mantissa)))}e${Number(exponent)}`;
  }
  return minus(size >= 100 ? grouped(value) : String(Number(value.toPrecision(3))));
}

/** A count, exactly: "1,234", "1 row", "3 classes". */
export function count(n: number, one = "", many = one.endsWith("s") ? `${one}es` : `${one}s`): string {
  const exact = Number.isFinite(n) ? minus(grouped(n)) : notFinite(n);
  return one === "" ? exact : `${exact} ${n === 1 ? one : many}`;
}

/** The verb after such a count: "1 row is", "2 rows are". */
export const are = (n: number): string => (n === 1 ? "is" : "are");

/** 0.521 → "52 %"; more digits only where rounding would claim 0 or 100 %. */
export const percent = (share: number, digits = shareDigits([share])): string =>
  Number.isFinite(share) ? `${minus((100 * share).toFixed(digits))} %` : notFinite(share);

/** 0.521 → "52.1 %", 0.5 → "50 %", 1.542 → "154 %"; more digits only where rounding would claim 0 or 100 %. */
export function precisePercent(share: number): string {
  const whole = Math.abs(share) >= 1 || Number.isInteger(Math.round(1000 * share) / 10);
  return percent(share, Math.max(shareDigits([share]), whole ? 0 : 1));
}

/** Few digits, but as many as it takes to tell the shares apart and not to claim 0 or 100 %. */
export function shareDigits(values: readonly number[]): number {
  const shares = [...new Set(values.filter(Number.isFinite))];
  for (let digits = 0; digits < 2; digits++) {
    const shown = shares.map((share) => (100 * share).toFixed(digits));
    const extreme = shares.some((share, i) => share !== 0 && share !== 1 && [0, 100].includes(Number(shown[i])));
    if (!extreme && new Set(shown).size === shares.length) return digits;
  }
  return 2;
}

/** "a", "a and b", "a, b and c"; of more than `most` the first, and how many more there are. */
export function list(words: readonly string[], most = words.length): string {
  const named = words.length > most ? [...words.slice(0, most), `${count(words.length - most)} more`] : words;
  return named.length < 2 ? named.join("") : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
}

/** The first letter large, unless the first word is a name: dense_1, binaryAccuracy. */
export const capital = (text: string): string =>
  text.replace(/^[a-zà-ÿ]+(?!\w)/, (word) => word.charAt(0).toUpperCase() + word.slice(1));

/** A name of ours as Keras writes it: kernelInit → kernel_init, maxPooling1d → max_pooling1d, simpleRNN → simple_rnn. */
export const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z]+)/g, "$1_$2").toLowerCase();

const grouped = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 0 });

export const notFinite = (value: number): string =>
  Number.isNaN(value) ? "NaN" : value > 0 ? "infinity" : "−infinity";

/** With the sign that is as wide as a plus. */
export const minus = (text: string): string => text.replace("-", "−");
