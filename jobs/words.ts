import { PlusoneError } from "../bot/fault.ts";

/**
 * A fault in one line. Never the error itself: ioredis hangs the command with its arguments on its errors, and for AUTH
 * these are the password.
 */
export function words(error: unknown): string {
  if (error instanceof PlusoneError) return `${error.message} ${error.advice}`;
  if (error instanceof AggregateError) return words(error.errors[0]); // Node has tried several addresses
  if (!(error instanceof Error)) return String(error);
  return sentence(error.message || ("code" in error ? String(error.code) : error.name));
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
