import { ONE } from "../quantity.ts";
import { finding } from "./finding.ts";
import type { Recogniser } from "./message.ts";
import { ownItems } from "./resolve.ts";
import { is } from "./tokens.ts";

/** Commands of the chat that ask for something read here; the others are the bot's. */
export const readCommand: Recogniser = (message) => {
  const command = /^\s*\/([a-z]{2,12}|\S{1,4})(?:@\S*)?\s*$/.exec(message.folded.text)?.[1];
  if (command === "my" || command === "我的") return finding(message, { kind: "mine" }, "command");
  if (command === "tally" || command === "list" || command === "统计" || command === "名单")
    return finding(message, { kind: "tally" }, "command");
  return message.folded.text.startsWith("/") ? finding(message, { kind: "none" }, "command") : undefined;
};

/** In a reply to the buy's post a bare wish is an order: 算我一个, "count me in", or only the item's name. */
export const readBareWish: Recogniser = (message) => {
  const { clauses, context } = message;
  if (!context.reply) return undefined;
  const joins = clauses.some(
    ({ tokens, asked }) =>
      !asked &&
      tokens.some((token) => is(token, "join", "wish", "head")) &&
      tokens.every(
        (token) =>
          token.kind === "decor" ||
          token.kind === "sign" ||
          (token.kind === "amount" && !token.amount!.fault) ||
          is(token, "join", "wish", "head", "polite", "please", "filler", "me", "also", "add"),
      ),
  );
  if (!joins) return undefined;
  if (context.catalog.items.length > 1) return finding(message, { kind: "unclear", reason: "item" }, "bare wish");
  const has = ownItems(context).length > 0;
  return finding(
    message,
    { kind: "order", lines: [{ item: 1, op: has ? "add" : "set", quantity: has ? 0 : ONE }] },
    "bare wish",
  );
};
