/** Log-mel spectrograms: the power of a sound in each mel band, 100 times per second. */

/** As in networks that classify sounds (Hershey et al., 2017): windows of 25 ms, one every 10 ms. */
const [WINDOW, HOP] = [0.025, 0.01];
/** The number of bands: from 8 kHz on none is narrower than the resolution of the spectrum, as in speech recognition (HTK, Young et al.). */
export const BANDS = 40;
/** −100 dB, the floor of librosa's power_to_db: anything below is silence. */
const SILENCE = 1e-10;

/** HTK's mel scale. */
const mel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
const hertz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/** The number of windows in the given seconds, at least one. */
export const framesIn = (seconds: number): number => Math.max(1, 1 + Math.floor((seconds - WINDOW) / HOP + 1e-9));

/**
 * ln(max(1e-10, power)) of `frames` × 40 bands of equal width in mel (HTK) from 0 to `top` hertz, triangles of height 1.
 * The power spectrum is that of Hann windows, divided by the square of their sum, so that it does not depend on the sample rate.
 * A sound that is too short, or has no frequencies above half of its sample rate, is padded with silence.
 *
 * @param rate samples per second.
 */
export function logMel(samples: Float32Array, rate: number, frames: number, top: number, out: Float32Array): void {
  const { size, window, bank, turns } = toolsFor(rate, top);
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  for (let frame = 0; frame < frames; frame++) {
    const start = Math.round(frame * HOP * rate);
    re.fill(0);
    im.fill(0);
    for (let i = 0; i < window.length && start + i < samples.length; i++) re[i] = samples[start + i] * window[i];
    transform(re, im, turns);
    for (let band = 0; band < BANDS; band++) {
      let power = 0;
      for (const { bin, weight } of bank[band]) power += weight * (re[bin] ** 2 + im[bin] ** 2);
      out[frame * BANDS + band] = Math.log(Math.max(SILENCE, power));
    }
  }
}

type Turns = { cos: Float64Array; sin: Float64Array };
type Tools = { size: number; window: Float64Array; bank: { bin: number; weight: number }[][]; turns: Turns };
let last: (Tools & { rate: number; top: number }) | undefined;

/** Window and bands for one sample rate; the sounds of a folder usually share it, so the last result is kept. */
function toolsFor(rate: number, top: number): Tools {
  if (last?.rate === rate && last.top === top) return last;
  const length = Math.max(2, Math.round(WINDOW * rate));
  const size = 2 ** Math.ceil(Math.log2(length));
  const hann = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
  const sum = hann.reduce((a, b) => a + b, 0);
  const edges = Array.from({ length: BANDS + 2 }, (_, i) => hertz((mel(top) * i) / (BANDS + 1)));
  const bank = Array.from({ length: BANDS }, (_, band) => {
    const [low, centre, high] = edges.slice(band, band + 3);
    return Array.from({ length: size / 2 + 1 }, (_, bin) => {
      const at = (bin * rate) / size;
      return { bin, weight: Math.min((at - low) / (centre - low), (high - at) / (high - centre)) };
    }).filter(({ weight }) => weight > 0);
  });
  const turn = (of: (angle: number) => number) =>
    Float64Array.from({ length: size / 2 }, (_, k) => of((2 * Math.PI * k) / size));
  const turns = { cos: turn(Math.cos), sin: turn(Math.sin) };
  last = { rate, top, size, window: hann.map((value) => value / sum), bank, turns };
  return last;
}

/** The discrete Fourier transform in place (Cooley and Tukey, 1965); the length is a power of two. */
function transform(re: Float64Array, im: Float64Array, { cos, sin }: Turns): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(re, i, j);
      swap(im, i, j);
    }
  }
  for (let length = 2; length <= n; length *= 2)
    for (let k = 0; k < length / 2; k++) {
      const c = cos[(k * n) / length];
      const s = -sin[(k * n) / length];
      for (let a = k; a < n; a += length) {
        const b = a + length / 2;
        const x = re[b] * c - im[b] * s;
        const y = re[b] * s + im[b] * c;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i];
  values[i] = values[j];
  values[j] = value;
}
