import { ParsingResult, type ReferenceWithTimezone } from "chrono-node/en";
import type { Phrase } from "./phrase.ts";

/**
 * A result of chrono that says what was named, not yet which day and hour that is: chrono knows the offset of one
 * instant, but a phrase is resolved in a zone whose offset changes (resolve.ts).
 */
export class Found extends ParsingResult {
  readonly phrase: Phrase;

  constructor(reference: ReferenceWithTimezone, index: number, text: string, phrase: Phrase) {
    super(reference, index, text);
    this.phrase = phrase;
  }

  /** Where the text behind it begins. */
  get stop(): number {
    return this.index + this.text.length;
  }
}
