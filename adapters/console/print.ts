import type { Content, Mark } from "../../bot/ports.ts";

/** A message of the chat in the terminal. */
export interface Message {
  /** As printed before it, and by which commands name it. */
  readonly number: number;
  /** The id that the bot knows. */
  readonly id: string;
  /** Who said it, by name. */
  readonly from: string;
  readonly text: string;
  /** Name of the one person whom it is for. */
  readonly to?: string;
  /** Number of the message that it answers. */
  readonly replyTo?: number;
  readonly buttons: readonly { readonly label: string; readonly data: string }[];
}

const MARKS: Readonly<Record<Mark, string>> = {
  booked: "✓ ordered",
  changed: "✓ changed",
  waitlisted: "⏳ on the waiting list",
  unclear: "? Plusone asks back",
  late: "✗ too late",
};

const INDENT = "      ";

/** A message in full. */
export function messageLines(message: Message): string[] {
  const [first = "", ...rest] = safe(message.text).split("\n");
  const only = message.to === undefined ? "" : ` (only ${message.to} sees this)`;
  const answers = message.replyTo === undefined ? "" : ` ↩ ${message.replyTo}`;
  return [
    `[${message.number}]${answers} ${safe(message.from)}${only}: ${first}`,
    ...rest.map((line) => (line === "" ? "" : INDENT + line)),
    ...buttonLines(message),
  ];
}

/** What an edit changed: the lines that were not there before, and the buttons if they are others. */
export function editLines(before: Message, after: Message): string[] {
  const known = new Set(before.text.split("\n"));
  const fresh = after.text.split("\n").filter((line) => line.trim() !== "" && !known.has(line));
  const labels = ({ buttons }: Message) => buttons.map(({ label }) => label).join("\n");
  return [
    `[${after.number}] ${safe(after.from)} changed it${fresh.length > 0 ? ":" : "."}`,
    ...fresh.map((line) => INDENT + safe(line)),
    ...(labels(before) === labels(after) ? [] : buttonLines(after)),
  ];
}

/** The mark that a message got. */
export function markLine({ number }: Message, mark: Mark): string {
  return `${INDENT}${MARKS[mark]} [${number}]`;
}

/** The word that ended the waiting of a press. */
export function answerLine(person: string, text: string): string {
  return `${INDENT}to ${safe(person)}: ${safe(text).replaceAll("\n", " ")}`;
}

/** A word of the console itself. */
export const noteLine = (text: string): string => `-- ${safe(text)}`;

/** Buttons of a message in one list, as they are numbered for `:press`. */
export const buttonsOf = ({ buttons = [] }: Content): Message["buttons"] => buttons.flat();

function buttonLines({ buttons }: Message): string[] {
  if (buttons.length === 0) return [];
  return [`${INDENT}buttons: ${buttons.map(({ label }, index) => `${index + 1} ${safe(label)}`).join(" | ")}`];
}

/** Without what would move the cursor, ring or colour: whoever writes a message writes no commands to the terminal. */
function safe(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, " ");
}
