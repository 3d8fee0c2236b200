/** Values pushed by some, read by one. */
export class Channel<T> implements AsyncIterable<T> {
  #values: T[] = [];
  #end: { failure?: { error: unknown } } | null = null;
  #wake: () => void = () => {};

  push(value: T): void {
    this.#values.push(value);
    this.#wake();
  }

  /** @param failure is thrown to the reader after the last value. */
  end(failure?: { error: unknown }): void {
    this.#end = { failure };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      // Taken as a whole: shifting them one by one from a long list costs more than what is done with them.
      const values = this.#values;
      this.#values = [];
      yield* values;
      if (this.#values.length > 0) continue;
      if (this.#end?.failure) throw this.#end.failure.error;
      if (this.#end) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
