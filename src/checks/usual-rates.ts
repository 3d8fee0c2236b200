/** The learning rates that each optimizer is usually given. */

export const USUAL: Record<string, readonly [number, number]> = {
  sgd: [0.01, 0.1],
  adam: [0.0005, 0.01],
  adamw: [0.0003, 0.01],
  nadam: [0.0005, 0.01],
  adamax: [0.001, 0.02],
  rmsprop: [0.0005, 0.01],
  adagrad: [0.005, 0.1],
  adadelta: [0.1, 1],
};

/** The ends of the usual range of an optimizer; of an unknown one, a range that covers most. */
export const usualRange = (name: string): readonly [number, number] => USUAL[name] ?? [1e-4, 0.1];

/** Decades outside the usual range: negative below, positive above, 0 within. */
export function decadesOff(name: string, rate: number): number {
  const [low, high] = usualRange(name);
  return rate < low ? Math.log10(rate / low) : rate > high ? Math.log10(rate / high) : 0;
}
