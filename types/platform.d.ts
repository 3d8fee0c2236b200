/** What the pure part may use beyond the language: only what browsers, workers and Node have alike. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare const performance: { now(): number };
declare function setTimeout(act: () => void, milliseconds?: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare class AbortSignal {
  static any(signals: readonly AbortSignal[]): AbortSignal;
  static timeout(milliseconds: number): AbortSignal;
  readonly aborted: boolean;
  addEventListener(type: "abort", act: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", act: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
