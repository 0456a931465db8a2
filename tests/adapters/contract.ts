/**
 * What every adapter promises to the bot, whatever its platform: one suite that all of them pass.
 *
 *     adapterContract("web", async () => { …; return { adapter, group, people, says, … } });
 *
 * The suite starts and stops the adapter itself, a fresh one for each test. What it needs of the platform is a
 * `Platform`: a group in which two people can write, edit, press and take back as people do there, a way to see what
 * the group and each person see, and the faults that can be made to happen. An event is `confirmed` once the platform
 * holds it for taken (its queue is rid of it, its request was answered, its prompt is back); where an event is lost to
 * the platform unless the speaker repeats it, `confirmed` rejects. What a platform's capabilities leave out is left
 * out here; a fault that cannot happen there is left out of `faults`.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Adapter,
  type ButtonIn,
  type Capabilities,
  type Deliver,
  type EditIn,
  type Incoming,
  SendFault,
  type SendOutcome,
  type TextIn,
} from "../../bot/ports.ts";

/** A platform with one group, in which the adapter under test lives and two people write. */
export interface Platform {
  /** Constructed and not started. */
  readonly adapter: Adapter;
  readonly group: { readonly id: string };
  readonly people: { readonly lin: Person; readonly mei: Person };

  says(who: Person, text: string, replyTo?: string): Said;
  /** `message` is the id that the adapter gave to what they had said. */
  edits(who: Person, message: string, text: string): Said;
  /** Only where `capabilities.recall`. */
  recalls?(who: Person, message: string): Said;
  /** Only where `capabilities.buttons`: presses the button of this label under a message of ours. */
  presses?(who: Person, message: string, label: string): Said;

  /** What everybody in the group sees of us, in the order shown. */
  shown(): Promise<readonly Shown[]>;
  /** What this person sees and nobody else does: words in the group for them alone, or direct messages. */
  shownOnlyTo(who: Person): Promise<readonly string[]>;
  /** The marks that we put on a message: what they look like is the platform's. */
  marksOn(message: string): Promise<readonly string[]>;
  /** The message that the group has pinned. */
  pinned(): Promise<string | undefined>;
  /** The words that ended the waiting of a press; "" for no words, undefined while it waits. */
  answerTo(press: string): Promise<string | undefined>;

  /** Resolves when whatever the adapter has asked of the platform up to now has reached it. */
  settle(): Promise<void>;
  /** Makes the next call that sends fail in this way. */
  readonly faults?: { readonly [fault in Fault]?: () => Promise<void> };
  /** After the adapter was stopped. */
  close(): Promise<void>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Something that a person did. */
export interface Said {
  readonly confirmed: Promise<void>;
}

/** A message of ours as the group sees it. */
export interface Shown {
  readonly id: string;
  readonly text: string;
  /** Labels, row by row in one list. */
  readonly buttons: readonly string[];
}

/** Nobody listens · too many calls · done, and the reply lost · the platform fails · it forbids. */
export type Fault = "unreachable" | "busy" | "reply-lost" | "broken" | "forbidden";

/** What the outgoing path may conclude from each. */
const outcomes: Record<Fault, { outcome: SendOutcome; why: string }> = {
  unreachable: { outcome: "not-sent", why: "nobody has read it, so it may be tried again" },
  busy: { outcome: "not-sent", why: "it was turned away, so it may be tried again" },
  "reply-lost": { outcome: "unknown", why: "it may be there: sending again could double it" },
  broken: { outcome: "unknown", why: "who fails may have done it first" },
  forbidden: { outcome: "blocked", why: "trying again would be forbidden again" },
};

/** What is known of an adapter before it is opened: decides which tests there are. */
export interface Contract {
  readonly platform: string;
  readonly capabilities: Pick<Capabilities, "edit" | "react" | "buttons" | "pin" | "recall" | "ephemeral" | "direct">;
  /** The faults that `Platform.faults` can make. */
  readonly faults: readonly Fault[];
  /** Opens a fresh platform. */
  open(): Promise<Platform>;
}

/** Tests one adapter against the contract. Call it at the top of a test file. */
export function adapterContract({ platform: name, capabilities, faults, open }: Contract): void {
  describe(`the ${name} adapter as any other`, () => {
    let platform: Platform;
    let adapter: Adapter;
    let inbox: Inbox;
    let stopped: boolean;

    beforeEach(async () => {
      platform = await open();
      adapter = platform.adapter;
      inbox = new Inbox();
      stopped = false;
      await adapter.start(inbox.deliver);
    });
    afterEach(async () => {
      inbox.release();
      if (!stopped) await adapter.stop();
      await platform.close();
    });

    const stop = () => {
      stopped = true;
      return adapter.stop();
    };
    const post = async (text: string, buttons?: { label: string; data: string }[]) => {
      const { id } = await adapter.post(platform.group.id, buttons ? { text, buttons: [buttons] } : { text });
      return id ?? (await platform.shown()).at(-1)!.id;
    };
    const lastShown = async () => (await platform.shown()).at(-1);

    test("has the name and the abilities that it was announced with", () => {
      expect(adapter.platform).toBe(name);
      expect(adapter.capabilities).toMatchObject(capabilities);
      expect(adapter.capabilities.maxText).toBeGreaterThan(100);
      expect(adapter.capabilities.editEveryMs).toBeGreaterThanOrEqual(0);
      expect(adapter.capabilities.graceMs).toBeGreaterThanOrEqual(0);
    });

    describe("what people do", () => {
      test("a message arrives once, with who said it, where and when", async () => {
        const before = Date.now();
        await platform.says(platform.people.lin, "+2 苹果 🍎\n谢谢").confirmed;

        const [heard] = inbox.events as readonly TextIn[];
        expect(inbox.events).toHaveLength(1);
        expect(heard).toMatchObject({
          type: "text",
          platform: name,
          chat: { id: platform.group.id, kind: "group" },
          sender: { id: platform.people.lin.id, name: platform.people.lin.name },
          text: "+2 苹果 🍎\n谢谢",
        });
        expect(heard!.id).not.toBe("");
        expect(Math.abs(heard!.sentAt.getTime() - before)).toBeLessThan(60_000);
      });

      test("messages arrive in the order in which they were said, and their positions rise", async () => {
        const { lin, mei } = platform.people;
        for (const [who, text] of [
          [lin, "one"],
          [mei, "two"],
          [lin, "three"],
        ] as const) {
          await platform.says(who, text).confirmed;
        }

        const heard = inbox.events as readonly TextIn[];
        expect(heard.map(({ text }) => text)).toEqual(["one", "two", "three"]);
        expect(new Set(heard.map(({ id }) => id)).size).toBe(3);
        expect(heard[1]!.position).toBeGreaterThan(heard[0]!.position);
        expect(heard[2]!.position).toBeGreaterThan(heard[1]!.position);
      });

      test("a reply tells what it replies to", async () => {
        const asked = await post("Which apples?");

        await platform.says(platform.people.lin, "the red ones", asked).confirmed;

        expect(inbox.events).toMatchObject([{ text: "the red ones", replyTo: { id: asked } }]);
      });

      when(capabilities.edit)("an edit arrives as the same message with its new words", async () => {
        await platform.says(platform.people.lin, "+2 apples").confirmed;
        const [said] = inbox.events as readonly TextIn[];

        await platform.edits(platform.people.lin, said!.id, "+3 apples").confirmed;

        const edit = inbox.events[1] as EditIn;
        expect(edit).toMatchObject({ type: "edit", id: said!.id, position: said!.position, text: "+3 apples" });
        expect(edit.sentAt).toEqual(said!.sentAt);
        expect(edit.editedAt.getTime()).toBeGreaterThanOrEqual(said!.sentAt.getTime());
      });

      when(capabilities.recall)("a message taken back arrives as its id", async () => {
        await platform.says(platform.people.lin, "+2 apples").confirmed;
        const [said] = inbox.events as readonly TextIn[];

        await platform.recalls!(platform.people.lin, said!.id).confirmed;

        expect(inbox.events[1]).toMatchObject({ type: "recall", id: said!.id, chat: { id: platform.group.id } });
      });

      when(capabilities.buttons)("a pressed button brings its data, and its waiting can be ended", async () => {
        const message = await post("Open this buy?", [
          { label: "Open", data: "open:7" },
          { label: "Cancel", data: "cancel:7" },
        ]);

        await platform.presses!(platform.people.mei, message, "Cancel").confirmed;

        const press = inbox.events[0] as ButtonIn;
        expect(press).toMatchObject({
          type: "button",
          chat: { id: platform.group.id },
          sender: { id: platform.people.mei.id },
          message,
          data: "cancel:7",
        });
        expect(await platform.answerTo(press.id)).toBeUndefined();
        await adapter.answerPress(press.id, "Cancelled.");
        expect(await platform.answerTo(press.id)).toBe("Cancelled.");
      });

      when(capabilities.buttons)("pressing twice is two presses of one message", async () => {
        const message = await post("One more?", [{ label: "+1", data: "+1" }]);

        await platform.presses!(platform.people.lin, message, "+1").confirmed;
        await platform.presses!(platform.people.lin, message, "+1").confirmed;

        const presses = inbox.events as readonly ButtonIn[];
        expect(presses.map((press) => press.message)).toEqual([message, message]);
        expect(presses[0]!.id).not.toBe(presses[1]!.id);
      });
    });

    describe("confirming", () => {
      test("waits until the bot has stored the event", async () => {
        inbox.hold();
        const said = watch(platform.says(platform.people.lin, "+2 apples"));
        await inbox.offered(1);
        await platform.settle();
        expect(said.state).toBe("waiting");

        inbox.release();

        await said.done;
        expect(said.state).toBe("confirmed");
      });

      test("an event that could not be stored comes again, or its speaker is told", async () => {
        inbox.failOnce();
        const said = watch(platform.says(platform.people.lin, "+2 apples"));
        await said.done;

        if (said.state === "confirmed") expect(inbox.events).toMatchObject([{ text: "+2 apples" }]);
        else expect(inbox.events).toEqual([]);
      });

      test("what comes again is the same in every word and number", async () => {
        inbox.failOnce();
        const said = watch(platform.says(platform.people.lin, "+2 apples"));
        await said.done;

        const [first, ...rest] = inbox.offers.flat();
        expect(rest).toEqual(said.state === "confirmed" ? [first] : []);
      });
    });

    describe("stopping", () => {
      test("waits for the event that is being stored, and confirms it", async () => {
        inbox.hold();
        const said = watch(platform.says(platform.people.lin, "+2 apples"));
        await inbox.offered(1);

        const end = watch({ confirmed: stop() });
        await platform.settle();
        expect(end.state).toBe("waiting");
        inbox.release();

        await Promise.all([end.done, said.done]);
        expect([end.state, said.state]).toEqual(["confirmed", "confirmed"]);
        expect(inbox.events).toMatchObject([{ text: "+2 apples" }]);
      });

      test("takes nothing more afterwards", async () => {
        await platform.says(platform.people.lin, "+2 apples").confirmed;
        await stop();

        const late = watch(platform.says(platform.people.lin, "+3 apples"));
        await platform.settle();

        expect(late.state).not.toBe("confirmed");
        expect(inbox.offers.flat()).toMatchObject([{ text: "+2 apples" }]);
      });

      test("a second stop does no harm", async () => {
        await stop();
        await expect(adapter.stop()).resolves.toBeUndefined();
      });
    });

    describe("what the bot says", () => {
      test("a post is shown as it was written", async () => {
        const { id } = await adapter.post(platform.group.id, { text: "苹果 <5> & *pears* 🍐\n_two_ lines" });

        const shown = await lastShown();
        expect(shown?.text).toBe("苹果 <5> & *pears* 🍐\n_two_ lines");
        if (id !== undefined) expect(shown?.id).toBe(id);
      });

      test("a code to scan does its text no harm", async () => {
        const content = { text: "To pay: S$25.50, PayNow +65 9123 4567", qr: "00020101021126" };
        await adapter.post(platform.group.id, content);

        expect((await lastShown())?.text).toContain(content.text);
      });

      test("a post may answer a message", async () => {
        await platform.says(platform.people.lin, "which apples are there?").confirmed;
        const [asked] = inbox.events as readonly TextIn[];

        await adapter.post(platform.group.id, { text: "Fuji, 5 kg." }, { replyTo: asked!.id });

        expect((await lastShown())?.text).toBe("Fuji, 5 kg.");
      });

      test("a post as long as allowed is taken", async () => {
        const text = "苹".repeat(adapter.capabilities.maxText);
        await adapter.post(platform.group.id, { text });

        expect((await lastShown())?.text).toBe(text);
      });

      test("buttons are shown where there are any, and do no harm elsewhere", async () => {
        await post("Open?", [{ label: "Open", data: "open" }]);

        expect((await lastShown())?.buttons).toEqual(capabilities.buttons ? ["Open"] : []);
      });

      when(capabilities.edit)("an edit replaces text and buttons of the same message", async () => {
        const message = await post("0 of 10 kg", [{ label: "+1", data: "+1" }]);

        await adapter.edit(platform.group.id, message, { text: "2 of 10 kg" });

        expect(await platform.shown()).toEqual([{ id: message, text: "2 of 10 kg", buttons: [] }]);
      });

      when(capabilities.edit)("an edit to what is there already is no fault", async () => {
        const message = await post("0 of 10 kg");

        await adapter.edit(platform.group.id, message, { text: "0 of 10 kg" });

        expect(await platform.shown()).toEqual([{ id: message, text: "0 of 10 kg", buttons: [] }]);
      });

      when(capabilities.react)("every mark can be put on a message, and looks unlike the others", async () => {
        await platform.says(platform.people.lin, "+2 apples").confirmed;
        const [said] = inbox.events as readonly TextIn[];

        const looks = new Set<string>();
        for (const mark of ["booked", "changed", "waitlisted", "unclear", "late"] as const) {
          await adapter.react(platform.group.id, said!.id, mark);
          const marks = await platform.marksOn(said!.id);
          expect(marks).toHaveLength(1);
          looks.add(marks[0]!);
        }

        expect(looks.size).toBe(5);
      });

      test("a private word reaches its person, and nobody else where that can be", async () => {
        const { lin, mei } = platform.people;
        await platform.says(lin, "/my").confirmed;
        const [asked] = inbox.events as readonly TextIn[];

        await adapter.whisper(
          { chat: platform.group.id, to: lin.id, replyTo: asked!.id },
          { text: "Your order: 2 apples" },
        );

        const everybody = (await platform.shown()).map(({ text }) => text);
        expect([...everybody, ...(await platform.shownOnlyTo(lin))].join("\n")).toContain("Your order: 2 apples");
        expect((await platform.shownOnlyTo(mei)).join("\n")).not.toContain("Your order");
        if (capabilities.ephemeral) expect(everybody.join("\n")).not.toContain("Your order");
      });

      when(capabilities.pin)("a message can be pinned", async () => {
        const message = await post("Apples until 20:00");

        await adapter.pin(platform.group.id, message);

        expect(await platform.pinned()).toBe(message);
      });

      test("an ordinary person does not run the chat", async () => {
        expect(await adapter.isAdministrator(platform.group.id, platform.people.lin.id)).toBe(false);
      });
    });

    describe("what cannot be done is said in a way to decide by", () => {
      const faultOf = (call: Promise<unknown>) =>
        call.then(
          () => expect.unreachable("the call should have failed"),
          (error: unknown) => {
            expect(error).toBeInstanceOf(SendFault);
            return error as SendFault;
          },
        );

      test("a text that is too long is refused, and nothing of it is shown", async () => {
        const fault = await faultOf(
          adapter.post(platform.group.id, { text: "a".repeat(adapter.capabilities.maxText + 1) }),
        );

        expect(fault.outcome).toBe("refused");
        expect(await platform.shown()).toEqual([]);
      });

      when(capabilities.edit)("a message that is not there is gone", async () => {
        const fault = await faultOf(adapter.edit(platform.group.id, "987654", { text: "2 of 10 kg" }));

        expect(fault.outcome).toBe("gone");
      });

      for (const fault of faults) {
        const { outcome, why } = outcomes[fault];

        test(`${fault}: ${outcome} (${why})`, async () => {
          const inject = platform.faults?.[fault];
          if (!inject) expect.unreachable(`${name} announced the fault ${fault}, and cannot make it`);
          await inject!();
          const text = "Closed: 12 kg of apples";

          const thrown = await faultOf(adapter.post(platform.group.id, { text }));

          expect(thrown.outcome).toBe(outcome);
          if (fault === "busy") expect(thrown.retryAfterMs).toBeGreaterThan(0);
          expect(`${thrown.message} ${thrown.stack} ${JSON.stringify(thrown.cause)}`).not.toContain(text);
        });
      }
    });
  });
}

/** The bot's side: keeps what it was handed, and can be slow or fail. */
class Inbox {
  /** Every batch that was offered, stored or not. */
  readonly offers: (readonly Incoming[])[] = [];
  /** What was stored. */
  readonly events: Incoming[] = [];
  private held: Promise<void> = Promise.resolve();
  private failures = 0;
  private letGo = () => {};
  private readonly waiting = new Map<number, () => void>();

  readonly deliver: Deliver = async (incoming) => {
    this.offers.push(incoming);
    this.waiting.get(this.offers.length)?.();
    if (this.failures > 0) {
      this.failures--;
      throw new Error("the database is away");
    }
    await this.held;
    this.events.push(...incoming);
  };

  /** From now on nothing is stored until `release`. */
  hold(): void {
    this.held = new Promise((resolve) => {
      this.letGo = resolve;
    });
  }

  release(): void {
    this.letGo();
  }

  failOnce(): void {
    this.failures++;
  }

  /** Resolves when the n-th batch was offered. */
  offered(n: number): Promise<void> {
    if (this.offers.length >= n) return Promise.resolve();
    return new Promise((resolve) => this.waiting.set(n, resolve));
  }
}

/** The test, where the platform can do what it is about. */
const when = (can: boolean): ((title: string, run: () => Promise<void>) => void) => (can ? test : () => {});

/** A promise that can be looked at without waiting for it. */
function watch({ confirmed }: Said): { state: "waiting" | "confirmed" | "refused"; done: Promise<void> } {
  const watched = { state: "waiting" as "waiting" | "confirmed" | "refused", done: Promise.resolve() };
  watched.done = confirmed.then(
    () => {
      watched.state = "confirmed";
    },
    () => {
      watched.state = "refused";
    },
  );
  return watched;
}
