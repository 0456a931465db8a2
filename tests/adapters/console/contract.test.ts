import { adapterContract, type Platform, type Said } from "../contract.ts";
import { TestTerminal } from "./terminal.ts";

adapterContract({
  platform: "console",
  capabilities: { edit: true, react: true, buttons: true, pin: true, recall: true, ephemeral: true, direct: false },
  faults: [],
  open: async () => platformOf(new TestTerminal({ prompts: true })),
});

/** Plays people at the keyboard, and reads what they read. A line is confirmed when the prompt is back. */
function platformOf(terminal: TestTerminal): Platform {
  const lin = { id: "wang", name: "王姐" };
  const mei = { id: "alex", name: "Alex" };
  const posted = new Map<string, string>(); // number on the screen → id
  const { console } = terminal;
  const numberOf = (id: string): string => id.split("-").at(-1)!;

  /** What the screen shows from here on, up to the next prompt. */
  const typed = (line: string): Said => {
    const before = terminal.screen.length;
    terminal.types(...line.split("\n").map((part, index, parts) => (index < parts.length - 1 ? `${part}\\` : part)));
    const confirmed = terminal.shows(/> $/, before).then((screen) => {
      if (screen.includes("could not be stored")) throw new Error("the speaker was told to write it again");
    });
    return { confirmed };
  };
  const asked = async (line: string): Promise<string> => {
    const before = terminal.screen.length;
    await typed(line).confirmed;
    return terminal.screen.slice(before);
  };

  return {
    adapter: {
      ...console,
      async post(...words) {
        const { id } = await console.post(...words);
        posted.set(numberOf(id!), id!);
        return { id: id! };
      },
    },
    group: { id: "console" },
    people: { lin, mei },
    says: (who, text, replyTo) =>
      typed(`${who.id}: ${replyTo === undefined ? "" : `:reply ${numberOf(replyTo)} `}${text}`),
    edits: (who, message, text) => typed(`${who.id}: :edit ${numberOf(message)} ${text}`),
    recalls: (who, message) => typed(`${who.id}: :recall ${numberOf(message)}`),
    presses: (who, message, label) => typed(`${who.id}: :press ${numberOf(message)} ${label}`),

    async shown() {
      const screen = await asked(":show");
      const messages = screen.matchAll(/\[(\d+)\](?: ↩ \d+)? Plusone: (.*?)\n(?=\[|-- |\S+> $)/gs);
      return [...messages].map(([, number, body]) => {
        const lines = body!.split("\n").map((line) => line.replace(/^ {6}/, ""));
        const buttons = lines.at(-1)!.startsWith("buttons: ")
          ? lines.pop()!.slice("buttons: ".length).split(" | ")
          : [];
        return {
          id: posted.get(number!) ?? "",
          text: lines.map((line) => line.trimEnd()).join("\n"),
          buttons: buttons.map((label) => label.replace(/^\d+ /, "")),
        };
      });
    },
    async shownOnlyTo(who) {
      const screen = await asked(":show");
      const words = screen.matchAll(/Plusone \(only (.*?) sees this\): (.*)/g);
      return [...words].filter(([, name]) => name === who.name).map(([, , text]) => text!.trimEnd());
    },
    async marksOn(message) {
      const marks = [...terminal.screen.matchAll(/^\r? {6}(\S .*) \[(\d+)\] *$/gm)];
      return marks
        .filter(([, , number]) => number === numberOf(message))
        .map(([, mark]) => mark!)
        .slice(-1);
    },
    async pinned() {
      const number = /\[(\d+)\] is pinned/.exec(terminal.screen)?.[1];
      return number && posted.get(number);
    },
    async answerTo() {
      return / {6}to .*?: (.*)/.exec(terminal.screen)?.[1]?.trimEnd();
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    close: async () => {
      terminal.input.end();
    },
  };
}
