/** A part of the day, as people name it. */
export type Part = "dawn" | "morning" | "noon" | "afternoon" | "evening";

/** A day as named, before it is known which one is meant. */
export type NamedDay =
  /** 今天, tomorrow, in 3 days. */
  | { readonly is: "relative"; readonly days: number }
  /** Monday is 1. `weeks` from the present week for 下周三 or "next Wed"; `this` for 本周三; neither: the coming one. */
  | { readonly is: "weekday"; readonly weekday: number; readonly weeks?: number; readonly this?: true }
  | { readonly is: "date"; readonly year?: number; readonly month: number; readonly day: number }
  /** 10/9: which is the month depends on the language and the zone. */
  | { readonly is: "slash"; readonly year?: number; readonly first: number; readonly second: number }
  /** 25号, "the 25th": the coming one; `months` 0 for 本月25号, 1 for 下月25号; "last" for 月底. */
  | { readonly is: "day-of-month"; readonly day: number | "last"; readonly months?: number }
  /** 当天, 次日, "the next day": counted from the closing, where there is one. */
  | { readonly is: "following"; readonly days: number };

/** An hour as named. */
export interface NamedClock {
  /** 0 to 28: 24 is midnight at the end of the named day, 25 one o'clock in the night that follows it. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Whether morning or evening is known: "8pm", 20点, 08:00, but not 8点. */
  readonly exact: boolean;
}

/** A time as written: what is named of day, part of the day and hour, or how long from now. */
export interface Phrase {
  readonly day?: NamedDay;
  /** The weekday written beside a date: "Sat 12 Sep". */
  readonly weekday?: number;
  readonly part?: Part;
  readonly clock?: NamedClock;
  /** The end of a range: 3点-5点. */
  readonly until?: Phrase;
  /** From now on: 2小时后, "in 20 seconds". */
  readonly afterMs?: number;
  /** A bare number that is an hour only beside a day: "tonight 12". */
  readonly weak?: true;
}

/** A phrase and where it stands: `[start, end)` of the text that was searched. */
export interface FoundPhrase {
  readonly phrase: Phrase;
  readonly start: number;
  readonly end: number;
}
