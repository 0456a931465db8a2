/**
 * Something outside failed. `advice` says what a person can do about it. Faults are caught in three places only: on the
 * message path, in the worker and on the command line.
 */
export class PlusoneError extends Error {
  override readonly name = "PlusoneError";
  readonly code: string;
  readonly advice: string;

  constructor(fault: { code: string; message: string; advice: string; cause?: unknown }) {
    super(fault.message, { cause: fault.cause });
    this.code = fault.code;
    this.advice = fault.advice;
  }
}
