import { findPerson, type Person } from "./people.ts";

/** What a line asks for. */
export type Command =
  | { readonly do: "say"; readonly text: string; readonly replyTo?: number }
  | { readonly do: "edit"; readonly message: number; readonly text: string }
  | { readonly do: "recall"; readonly message: number }
  /** Without a message: the newest that has such a button. */
  | { readonly do: "press"; readonly button: string; readonly message?: number }
  | { readonly do: "be"; readonly name: string }
  | { readonly do: "show"; readonly message?: number }
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "help" }
  | { readonly do: "quit" }
  | { readonly do: "nothing" }
  /** A command that is not written as it must be. */
  | { readonly do: "ask"; readonly about: string };

/** A line with who speaks it, where it says so. */
export interface Line {
  readonly speaker?: Person;
  readonly command: Command;
}

/** How each command is written: shown by `:help`, and tried from top to bottom. */
const FORMS: readonly {
  readonly form: string;
  readonly help: string;
  readonly pattern: RegExp;
  readonly read: (parts: Readonly<Record<string, string>>) => Command;
}[] = [
  {
    form: ":reply 3 for two",
    help: "answer message 3",
    pattern: /^:reply\s+#?(?<n>\d{1,9})\s+(?<text>.+)$/s,
    read: ({ n, text }) => ({ do: "say", text: text!, replyTo: Number(n) }),
  },
  {
    form: ":edit 3 +3 apples",
    help: "change what message 3 says",
    pattern: /^:edit\s+#?(?<n>\d{1,9})\s+(?<text>.+)$/s,
    read: ({ n, text }) => ({ do: "edit", message: Number(n), text: text! }),
  },
  {
    form: ":recall 3",
    help: "take message 3 back",
    pattern: /^:recall\s+#?(?<n>\d{1,9})$/,
    read: ({ n }) => ({ do: "recall", message: Number(n) }),
  },
  {
    form: ":press 5 Open",
    help: "press a button of message 5, by its label or number; `:press Open` takes the newest one and waits for it",
    pattern: /^:press(?:\s+#?(?<n>\d{1,9}))?\s+(?<button>\S.*)$/s,
    read: ({ n, button }) => ({ do: "press", button: button!, ...(n !== undefined && { message: Number(n) }) }),
  },
  {
    form: ":show 5",
    help: "show message 5 as it stands; without a number all that Plusone has said",
    pattern: /^:show(?:\s+#?(?<n>\d{1,9}))?$/,
    read: ({ n }) => ({ do: "show", ...(n !== undefined && { message: Number(n) }) }),
  },
  {
    form: ":wait 5",
    help: "wait 5 seconds before the next line is read: for scripts",
    pattern: /^:wait\s+(?<n>\d{1,5}(?:\.\d{1,3})?)s?$/,
    read: ({ n }) => ({ do: "wait", seconds: Number(n) }),
  },
  { form: ":help", help: "this list", pattern: /^:help$/, read: () => ({ do: "help" }) },
  { form: ":quit", help: "leave, as the end of the input does", pattern: /^:quit$/, read: () => ({ do: "quit" }) },
];

/** Reads one line of input. Anything that is no command is said. */
export function readLine(line: string, people: Iterable<Person>): Line {
  const name = /^(?<name>[^\s:：][^:：]{0,30})[:：]\s*(?<rest>.*)$/s.exec(line.trim())?.groups;
  const speaker = name && findPerson(people, name["name"] ?? "");
  if (speaker) return { speaker, command: readCommand(name["rest"] ?? "") };
  return { command: readCommand(line.trim()) };
}

function readCommand(text: string): Command {
  if (text === "") return { do: "nothing" };
  const as = /^\/as\s+(?<name>\S.{0,40})$/.exec(text)?.groups;
  if (as) return { do: "be", name: as["name"]!.trim() };

  for (const { pattern, read } of FORMS) {
    const parts = pattern.exec(text)?.groups;
    if (parts) return read(parts as Record<string, string>);
    if (pattern.test(text)) return read({});
  }
  const command = /^:(?:reply|edit|recall|press|show|wait|help|quit)\b/.exec(text) ?? /^\/as\b/.exec(text);
  return command ? { do: "ask", about: command[0] } : { do: "say", text };
}

/** What can be written, a line each. */
export function helpLines(people: Iterable<Person>): string[] {
  const names = [...people].map(({ id, name }) => (id === name.toLowerCase() ? name : `${name} (${id})`)).join(", ");
  const forms = [
    ["+2 apples", "say it as whoever speaks"],
    ["wang: +2 apples", "say it as 王姐"],
    ["/as Wang", "from now on 王姐 speaks; a new name brings somebody new"],
    ...FORMS.map(({ form, help }) => [form, help]),
  ] as const;
  const width = Math.max(...forms.map(([form]) => form!.length));
  return [
    `In this chat: ${names}. Lin runs it.`,
    ...forms.map(([form, help]) => `  ${form!.padEnd(width)}  ${help}`),
    "  A line that ends in \\ goes on in the next one.",
  ];
}

/** How the command that was meant is written. */
export function formOf(about: string): string | undefined {
  return about === "/as" ? "/as Wang" : FORMS.find(({ form }) => form.split(" ")[0] === about)?.form;
}
