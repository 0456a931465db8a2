import { type Capabilities, type Content, type Rates, SendFault } from "../../bot/ports.ts";

/** Longest text of a message. @source Bot API, sendMessage (counted in UTF-16 units here, the stricter reading) */
export const maxText = 4096;
/** Longest text under a picture. @source Bot API, sendPhoto */
export const maxCaption = 1024;
/** A new post that is shorter stands under its picture: there is room for what is ordered. */
export const roomyCaption = 800;
/** Largest file that a bot may upload. @source Bot API, sendDocument */
export const maxDocumentBytes = 50_000_000;
/** Bytes of UTF-8 that a button can carry. @source Bot API, InlineKeyboardButton */
const maxButtonData = 64;
/** Longest word to somebody who pressed a button. @source Bot API, answerCallbackQuery */
export const maxPressAnswer = 200;

/**
 * Three in three seconds is one a second that lets an answer follow a post. Edits are said to be counted apart, which nobody
 * has measured: twelve a minute leave room for the rest. The minute has a second to spare, since some calls take longer to
 * arrive than others. @source Bots FAQ, "My bot is hitting limits"
 */
const rates: Rates = {
  direct: [{ most: 3, perMs: 3_000 }],
  group: [
    { most: 3, perMs: 3_000 },
    { most: 20, perMs: 61_000 },
  ],
  edits: [{ most: 2, perMs: 10_000 }],
  inAll: [{ most: 30, perMs: 1_000 }],
};

/** What Telegram can do. */
export const capabilities: Capabilities = {
  edit: true,
  react: true,
  buttons: true,
  pin: true,
  ephemeral: true,
  direct: true,
  recall: false, // bots in groups are not told that a message was deleted
  resends: true,
  adminList: true,
  files: true,
  maxText,
  editEveryMs: 3_000,
  rates,
  graceMs: 10_000,
};

/** @throws SendFault for what Telegram would never take */
export function checkContent({ text, buttons = [] }: Content): void {
  if (text.trim() === "") throw new SendFault("refused", "The text of a message must not be empty.");
  if (text.length > maxText) {
    throw new SendFault("refused", `A message takes ${maxText} characters, this one has ${text.length}.`);
  }
  for (const { data, label } of buttons.flat()) {
    const bytes = Buffer.byteLength(data);
    if (bytes === 0 || bytes > maxButtonData) {
      throw new SendFault("refused", `A button carries 1 to ${maxButtonData} bytes, one of these has ${bytes}.`);
    }
    if (label.trim() === "") throw new SendFault("refused", "The label of a button must not be empty.");
  }
}
