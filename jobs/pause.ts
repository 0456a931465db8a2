/** A wait that can be cut short. */
export class Pause {
  #timer: NodeJS.Timeout | undefined;
  #end: (() => void) | undefined;

  /** Resolves after `ms`, or when somebody ends it. One at a time. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#end = resolve;
      this.#timer = setTimeout(resolve, ms);
    });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#end?.();
  }
}
