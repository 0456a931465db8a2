import { expect } from "vitest";
import { eventually } from "./eventually.ts";
import type { FakeGroup, FakeMessage, FakeTelegram, FakeUser } from "./fake-telegram/index.ts";

/** What a person does, and what of the bot they should see of it. */
export interface Step {
  readonly who: string;
  readonly says?: string;
  /** With `says`: what they had said before, which they change to that. */
  readonly changes?: string;
  /** The label of a button, under the buy's post or under the last word that they heard alone. */
  readonly presses?: string;
  readonly under?: "post" | "word";
  /** To the buy's post. */
  readonly isReply?: true;
  /** In the name of the group. */
  readonly isAnonymous?: true;
  /** The reaction that stands under their words from then on; left out: none. */
  readonly mark?: string;
  /** The reaction under their words of before. */
  readonly marks?: Readonly<Record<string, string>>;
  /** What follows for all to see, in answer to it. */
  readonly answers?: RegExp;
  /** Words that follow to people alone, by name. */
  readonly hear?: Readonly<Record<string, RegExp>>;
}

/** A buy, from the bot's coming into the group to the reminders. */
export interface WholeBuy {
  readonly group: string;
  /** Of their apps. */
  readonly language: string;
  /** The first has made the group, the others are administrators. */
  readonly leaders: readonly string[];
  readonly residents: readonly string[];
  readonly greeting: RegExp;
  /** Up to the post. */
  readonly opening: readonly Step[];
  readonly orders: readonly Step[];
  /** `/close`, and who orders after it. */
  readonly closing: Step;
  readonly late: Step;
  /** What the post and the final list say in the end, line by line. */
  readonly post: readonly RegExp[];
  readonly list: readonly RegExp[];
  readonly reminder: RegExp;
  /** What each owes, as they alone are reminded of it. */
  readonly owed: Readonly<Record<string, RegExp>>;
}

/** A group that plays a buy on the fake Telegram, and knows what each should have seen. */
export class Play {
  readonly group: FakeGroup;
  readonly buy: WholeBuy;
  readonly #telegram: FakeTelegram;
  readonly #people = new Map<string, FakeUser>();
  readonly #hear = new Map<string, RegExp[]>();
  /** Each message of theirs, with the reaction that belongs under it. */
  readonly #marks = new Map<FakeMessage, string>();
  readonly #said = new Map<string, FakeMessage>();
  readonly #answers: RegExp[] = [];
  /** Those of which the reaction may be lost with the process that was to set it. */
  readonly #risked = new Set<FakeMessage>();
  presses = 0;

  constructor(telegram: FakeTelegram, buy: WholeBuy) {
    this.#telegram = telegram;
    this.buy = buy;
    this.group = telegram.group(buy.group, { bot: "left" });
    for (const [index, name] of buy.leaders.entries()) {
      this.#join(name, index === 0 ? "creator" : "administrator");
    }
    for (const name of buy.residents) this.#join(name, "member");
  }

  #join(name: string, status: "creator" | "administrator" | "member"): void {
    this.#people.set(name, this.group.user(name, { status, language_code: this.buy.language }));
  }

  async opens(): Promise<void> {
    this.group.addsBot(this.#person(this.buy.leaders[0]!), "administrator");
    await this.group.hears(this.buy.greeting);
    await this.plays(this.buy.opening);
    await this.group.until(({ fromBot, text }) => fromBot && text.includes("🟢"));
  }

  /** Does what the steps say, and waits until all of it is answered. */
  async plays(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (step.presses !== undefined) await this.#answered();
      await this.#does(step);
      if (step.hear) await this.#answered(); // what follows shall not come in the same batch
    }
    await this.#answered();
  }

  /** Does it and waits for nothing: the process may die under it, and the reactions be lost. */
  async hurries(steps: readonly Step[]): Promise<void> {
    for (const step of steps) this.#risked.add((await this.#does(step))!);
  }

  async closes(): Promise<void> {
    await this.plays([this.buy.closing]);
    await this.group.hears("📋");
    await this.group.until(({ fromBot, text }) => fromBot && text.includes("🔒"));
    // Telegram tells time in seconds, and what is said in that of the closing was in time.
    const second = Math.floor(Date.now() / 1000);
    await eventually("its second is over", () => Math.floor(Date.now() / 1000) > second);
  }

  /** Somebody orders too late; what is due then goes out too. */
  async reminds(): Promise<void> {
    for (const [name, words] of Object.entries(this.buy.owed)) this.#shouldHear(name, words);
    await this.plays([this.buy.late]);
    await this.group.hears(this.buy.reminder);
  }

  /** Everybody has seen what they should, and nothing else. */
  compare(): void {
    const { greeting, post, list, reminder } = this.buy;
    const said = this.group.botMessages();
    const seen = said.filter(({ replyTo }) => !replyTo).map(({ text }) => text);
    const answers = said.filter(({ replyTo }) => replyTo).map(({ text }) => text);
    expect(answers).toEqual(this.#answers.map((answer) => expect.stringMatching(answer)));
    expect(seen, this.group.transcript()).toHaveLength(4);
    expect(seen[0]).toMatch(greeting);
    for (const [text = "", lines] of [[seen[1], post] as const, [seen[2], list] as const]) {
      for (const line of lines) expect(text.split("\n")).toContainEqual(expect.stringMatching(line));
    }
    expect(seen[3]).toMatch(reminder);
    expect(this.group.chat.pinned?.text).toBe(seen[1]);
    for (const [name, person] of this.#people) {
      // What is due at one moment comes in any order.
      const words = person.privateWords().map(({ text }) => text);
      const missing = (this.#hear.get(name) ?? []).filter((pattern) => {
        const found = words.findIndex((text) => pattern.test(text));
        return found === -1 || words.splice(found, 1).length === 0;
      });
      expect({ name, missing, more: words }).toEqual({ name, missing: [], more: [] });
    }
    for (const [{ text, marks, from }, mark] of this.#marks) {
      if (!this.#isRisked(text, marks)) expect(marks.join(""), `${from.first_name}: ${text}`).toBe(mark);
    }
  }

  /** Everything that is said in the group, to all and to one alone. */
  get words(): number {
    return 4 + this.#answers.length + [...this.#hear.values()].flat().length;
  }

  /** Things that were ordered, changed or taken back. */
  get orders(): number {
    return this.buy.orders.filter(({ mark, presses }) => mark || /^[+−]1/.test(presses ?? "")).length;
  }

  #isRisked(text: string, marks: readonly string[]): boolean {
    return marks.length === 0 && [...this.#risked].some((each) => each.text === text);
  }

  async #does(step: Step): Promise<FakeMessage | undefined> {
    const {
      who,
      says,
      changes,
      presses,
      under = "post",
      isReply,
      isAnonymous,
      mark = "",
      marks = {},
      hear = {},
    } = step;
    const person = this.#person(who);
    if (step.answers) this.#answers.push(step.answers);
    for (const [name, words] of Object.entries(hear)) this.#shouldHear(name, words);
    for (const [words, changed] of Object.entries(marks)) this.#marks.set(this.#said.get(words)!, changed);
    if (presses !== undefined) {
      this.presses += 1;
      await person.presses(under === "post" ? this.#post : person.privateWords().at(-1)!, presses);
      return undefined;
    }
    const replyTo = isReply && { replyTo: this.#post };
    const message =
      changes === undefined
        ? await person.says(says!, { ...replyTo, ...(isAnonymous && { anonymous: true }) })
        : await person.edits(this.#said.get(changes)!, says!);
    this.#said.set(says!, message);
    this.#marks.set(message, mark);
    return message;
  }

  get #post(): FakeMessage {
    return this.group.botMessages().find(({ text }) => text.includes("🟢"))!;
  }

  #person(name: string): FakeUser {
    return this.#people.get(name)!;
  }

  #shouldHear(name: string, words: RegExp): void {
    this.#hear.set(name, [...(this.#hear.get(name) ?? []), words]);
  }

  /** Waits until everybody has seen as much as they should. */
  async #answered(): Promise<void> {
    const answers = () => this.group.botMessages().filter(({ replyTo }) => replyTo).length;
    const open = () => [
      ...(answers() < this.#answers.length ? ["an answer to all"] : []),
      ...[...this.#marks].flatMap(([message, mark]) =>
        message.marks.join("") === mark || this.#risked.has(message) ? [] : [`${mark} under "${message.text}"`],
      ),
      ...[...this.#hear].flatMap(([name, words]) =>
        this.#person(name).privateWords().length >= words.length ? [] : [`${words.at(-1)} to ${name}`],
      ),
    ];
    const describe = () => `Missing: ${open().join(", ")}\n${this.group.transcript()}`;
    await this.#telegram.world.until(() => open().length === 0 || undefined, describe);
  }
}
