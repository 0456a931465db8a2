import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Adapter, type Capabilities, type Content, SendFault } from "../../bot/ports.ts";
import type { ConsoleChat } from "./chat.ts";
import { answerLine, buttonsOf, editLines, type Message, markLine, messageLines, noteLine } from "./print.ts";
import { CHAT } from "./receive.ts";

/** The half of an adapter that speaks. */
export type Sending = Omit<Adapter, "platform" | "capabilities" | "start" | "stop">;

/**
 * @param folder   for files
 * @param presses  waiting presses → name of who pressed
 */
export function sendingInto(
  chat: ConsoleChat,
  {
    capabilities,
    folder,
    presses,
    print,
  }: {
    capabilities: Capabilities;
    folder: string;
    presses: Map<string, string>;
    print: (lines: readonly string[]) => void;
  },
): Sending {
  function add(content: Content, more: Pick<Message, "to">, replyTo: string | undefined): Message {
    checkContent(content, capabilities);
    const answered = chat.byId(replyTo);
    const message = chat.keep({
      ...chat.number(),
      from: "Plusone",
      text: content.text,
      buttons: buttonsOf(content),
      ...more,
      ...(answered && { replyTo: answered.number }),
    });
    print(messageLines(message));
    return message;
  }

  return {
    async post(to, content, { replyTo } = {}) {
      checkChat(to);
      return { id: add(content, {}, replyTo).id };
    },

    async edit(to, id, content) {
      checkChat(to);
      checkContent(content, capabilities);
      const before = found(chat.byId(id));
      const after = chat.keep({ ...before, text: content.text, buttons: buttonsOf(content) });
      if (JSON.stringify(before) !== JSON.stringify(after)) print(editLines(before, after));
    },

    async react(to, id, mark) {
      checkChat(to);
      print([markLine(found(chat.byId(id)), mark)]);
    },

    async whisper({ chat: to, to: person, replyTo, press }, content) {
      checkChat(to);
      const listener = chat.people.find(({ id }) => id === person);
      if (!listener) throw new SendFault("gone", "nobody of this id is in the console's chat");
      add(content, { to: listener.name }, replyTo);
      if (press !== undefined) presses.delete(press);
    },

    async giveDocument({ chat: to, to: person, replyTo }, { name, data, caption }) {
      checkChat(to);
      const listener = chat.people.find(({ id }) => id === person);
      if (!listener) throw new SendFault("gone", "nobody of this id is in the console's chat");
      await mkdir(folder, { recursive: true });
      const file = join(folder, basename(name));
      await writeFile(file, data, { mode: 0o600 });
      add({ text: [caption, file].filter(Boolean).join("\n") }, { to: listener.name }, replyTo);
    },

    async answerPress(press, text) {
      const person = presses.get(press);
      if (person === undefined) throw new SendFault("gone", "no press waits under this id");
      presses.delete(press);
      if (text) print([answerLine(person, text)]);
    },

    async pin(to, id) {
      checkChat(to);
      print([noteLine(`[${found(chat.byId(id)).number}] is pinned`)]);
    },

    isAdministrator: async (to, person) =>
      to === CHAT.id && chat.people.some(({ id, leader }) => id === person && leader),
  };
}

function checkChat(chat: string): void {
  if (chat !== CHAT.id) throw new SendFault("gone", "the console has no such chat");
}

function found(message: Message | undefined): Message {
  if (!message) throw new SendFault("gone", "the console has no such message"); // or it is one of an earlier run
  return message;
}

function checkContent({ text }: Content, { maxText }: Capabilities): void {
  if (text.trim() === "") throw new SendFault("refused", "a message needs words");
  if (text.length > maxText) throw new SendFault("refused", `a text of ${text.length} units is longer than ${maxText}`);
}
