import { instantOf } from "../../../core/time/zone.ts";
import { commandOf } from "../../command-of.ts";
import type { Event, Speaker } from "./transcript.ts";

/** As in the file: everything may be missing or of another kind. */
interface Fields {
  readonly [name: string]: unknown;
}

/**
 * The events of a chat, or of several, that Telegram Desktop exported as JSON. The export tells neither who leads nor
 * what a text was before it was edited: the text counts as first said, and whoever opened a buy in a chat first leads
 * there, with those who are named in `leaders` (by id or name) or speak in the chat's own name.
 *
 * @param zone    IANA: of the export's own times, where it does not give them as seconds since 1970
 * @param leaders ids ("user12345") or names
 * @source        https://core.telegram.org/import-export
 * @returns       undefined where the file is no such export
 */
export function readTelegramExport(file: unknown, zone: string, leaders: ReadonlySet<string>): Event[] | undefined {
  if (!isFields(file)) return undefined;
  const list = isFields(file["chats"]) ? file["chats"]["list"] : undefined;
  const chats = Array.isArray(file["messages"]) ? [file] : Array.isArray(list) ? list.filter(isFields) : undefined;
  return chats?.flatMap((chat) => eventsOfChat(chat, zone, leaders));
}

function eventsOfChat(chat: Fields, zone: string, leaders: ReadonlySet<string>): Event[] {
  const messages = Array.isArray(chat["messages"]) ? chat["messages"].filter(isFields) : [];
  const bots = new Set(messages.flatMap((message) => (isOfBot(message) ? [textOf(message["from_id"])] : [])));
  const events = messages.flatMap((message) => eventOf(message, textOf(chat["id"]) ?? "chat", zone, bots));
  const isWho = ({ speaker }: { speaker?: Speaker }) => speaker === undefined || speaker === "chat";
  const first = events.find((event) => isWho(event) && commandOf(event.text)?.command.id === "open");
  return events.map((event) => ({
    ...event,
    leader: [
      event.from === first?.from,
      event.speaker === "chat",
      leaders.has(event.from),
      leaders.has(event.name),
    ].includes(true),
  }));
}

/** Only bots put buttons under what they write themselves. */
function isOfBot(message: Fields): boolean {
  return (
    message["inline_bot_buttons"] !== undefined && ["forwarded_from", "via_bot"].every((name) => !(name in message))
  );
}

/**
 * Words to a bot may begin with its name, which is no part of them. Names of bots end in "bot".
 *
 * @source https://core.telegram.org/bots/features#botfather
 */
const TO_BOT = /^@\w{2,29}bot[\s,，:：]+(?=\S)/i;

function eventOf(
  message: Fields,
  chat: string,
  zone: string,
  bots: ReadonlySet<string | undefined>,
): Extract<Event, { type: "message" }>[] {
  const text = plainText(message["text"]).replace(TO_BOT, "");
  const [id, name] = [textOf(message["id"]), textOf(message["from"])];
  const at = saidAt(message["date_unixtime"], message["date"], zone);
  if (message["type"] !== "message" || id === undefined || !at || text === "") return [];
  const from = textOf(message["from_id"]) ?? name;
  if (from === undefined) return [];
  // What is replied to may stand in another chat, under any number.
  const replyTo = "reply_to_peer_id" in message ? undefined : textOf(message["reply_to_message_id"]);
  const speaker = bots.has(from) ? "bot" : speakerOf(from, chat);
  return [
    {
      type: "message",
      at,
      chat,
      id,
      from,
      name: name ?? from,
      text,
      ...(replyTo !== undefined && { replyTo }),
      leader: false,
      ...(speaker && { speaker }),
    },
  ];
}

/** "user123" is a person; the chat speaks as "channel" with its own number. */
function speakerOf(from: string, chat: string): Speaker | undefined {
  const [, number] = /^(?:channel|chat)(\d+)$/.exec(from) ?? [];
  if (number === undefined) return undefined;
  return number === chat ? "chat" : "channel";
}

/** A text is a string, or pieces of which some are formatted. */
function plainText(text: unknown): string {
  if (typeof text === "string") return text;
  if (!Array.isArray(text)) return "";
  return text.map((piece: unknown) => (isFields(piece) ? plainText(piece["text"]) : plainText(piece))).join("");
}

function saidAt(seconds: unknown, date: unknown, zone: string): Date | undefined {
  if (typeof seconds === "string" && /^\d{1,12}$/.test(seconds)) return new Date(Number(seconds) * 1000);
  const match = typeof date === "string" && /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(date);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return instantOf({ year, month, day, hour, minute, second }, zone);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
