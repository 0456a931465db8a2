import type { CommandId } from "../commands.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import type { Button, Content } from "../ports.ts";
import { howTo, wordsOf } from "../replies/replies.ts";

/** Most choices under one answer: more would fill the screen, and the name is quicker to write. */
const MOST_CHOICES = 8;

/** Room for a command in the data of a button, in bytes. @source 64 bytes of Telegram, less "do:", a UUID and ":" */
const MOST_BYTES = 24;

/** Somebody or something that a command names. In a button's data they stand by number: names are long, and borne twice. */
export type Named =
  | { readonly person: string; readonly name: string }
  /** By its number, from 1. */
  | { readonly item: number; readonly name: string };

/** A command that may have been meant. A press carries it out; where there are no buttons, its words are shown. */
export interface Choice {
  readonly label: string;
  /** Left out: the one that could not be carried out. */
  readonly command?: CommandId;
  /** What stands behind it. */
  readonly rest: readonly (string | Named)[];
  /** The buy that it is about; left out: the one that is meant without a word. */
  readonly buy?: string;
  /** Nothing stands for it where there are no buttons: it cannot be written, or the text says how it is. */
  readonly isWordless?: boolean;
}

/**
 * What somebody hears whose command cannot be carried out as it stands: what was not understood, how it is written, and
 * what they may have meant.
 *
 * @param said  left out: what stands behind the command
 */
export function askAgain(
  parts: Parts,
  doer: Doer,
  how: string,
  {
    choices = [],
    said = doer.called?.rest ?? "",
  }: { readonly choices?: readonly Choice[]; readonly said?: string } = {},
): void {
  whisper(parts, doer, { text: howTo(said, how, wordsOf(doer.language)), ...choiceButtons(doer, choices) });
}

/** Choices below one another. What does not fit into a button is left out: the text says how it is written. */
export function choiceButtons(doer: Doer, choices: readonly Choice[]): Pick<Content, "buttons"> {
  const buttons = choices.flatMap((choice) => buttonOf(doer, choice));
  return buttons.length === 0 || choices.length > MOST_CHOICES ? {} : { buttons: buttons.map((button) => [button]) };
}

/** What takes back what was just done. */
export function undoing({ language }: Doer): Choice {
  return { label: wordsOf(language).choices.undo, command: "undo", rest: [] };
}

function buttonOf(
  { called, place, about }: Doer,
  { label, command = called?.command.id, rest, buy, isWordless = false }: Choice,
): Button[] {
  if (!command) return [];
  const parts = rest.filter((part) => part !== "");
  const written = [command, ...parts.map(shortened)].join(" ");
  if (Buffer.byteLength(written) > MOST_BYTES || /[\r\n]/.test(written)) return [];
  const word = command === called?.command.id ? called.word : `/${command}`;
  const names = parts.map((part) => (typeof part === "string" ? part : part.name));
  return [
    {
      label,
      data: `do:${buy ?? about?.buy ?? place.chat}:${written}`,
      ...(!isWordless && { words: [word, ...names].join(" ") }),
    },
  ];
}

function shortened(part: string | Named): string {
  if (typeof part === "string") return part;
  return "item" in part ? `#${part.item}` : `@${part.person.slice(0, 8)}`;
}

/**
 * A choice as it would have been said, and what it is about. Nothing where it names somebody or something that is not
 * there any more.
 */
export async function readChoice(
  parts: Parts,
  { place: { community, chat } }: Doer,
  id: string,
  written: string,
): Promise<{ readonly text: string; readonly about: NonNullable<Doer["about"]> } | undefined> {
  const buy = id === chat ? undefined : await parts.store.findBuy(community.id, id);
  if (id !== chat && !buy) return undefined;
  const person = / @([0-9a-f]{8})(?= |$)/.exec(written)?.[1];
  const members = person === undefined ? [] : await parts.store.membersOf(community.id);
  const meant = members.filter((member) => member.id.startsWith(person!));
  if (person !== undefined && meant.length !== 1) return undefined;
  const text = written
    .replace(/ @[0-9a-f]{8}(?= |$)/, "")
    .replace(/(?<= )#(\d{1,3})(?= |$)/g, (number, no: string) => buy?.terms.items[Number(no) - 1]?.name ?? number);
  return { text: `/${text}`, about: { ...(buy && { buy: buy.id }), ...(meant[0] && { person: meant[0].id }) } };
}

/** Who may have been meant by a name that nobody bears: who begins like it, else all. None where these are too many. */
export function alike<Each extends { readonly name: string }>(said: string, among: readonly Each[]): readonly Each[] {
  const begins = ({ name }: Each) => said !== "" && name.toLowerCase().startsWith([...said.toLowerCase()][0]!);
  const near = among.filter(begins);
  const meant = near.length > 0 ? near : among;
  return meant.length > MOST_CHOICES ? [] : meant;
}
