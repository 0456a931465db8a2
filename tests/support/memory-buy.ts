import { handedLines } from "../../bot/actions/handed-lines.ts";
import type { Buy } from "../../bot/store.ts";
import { FakeChat } from "./fake-chat.ts";
import { memoryTown } from "./memory-town.ts";

/** A closed buy in memory with these orders: by name, in words. Lin leads it. */
export async function closedBuy(
  announcement: string,
  orders: Readonly<Record<string, string>>,
  chat = new FakeChat(),
  language: "en" | "zh-hans" | "zh-hant" = "en",
) {
  const town = await memoryTown([chat], { language });
  const lin = chat.person("Lin", { leader: true });
  await lin.opens(announcement);
  const people = Object.keys(orders).map((name) => chat.person(name));
  for (const person of people) await person.says(orders[person.name]!);
  await lin.says("/close");
  await chat.posted(/final list|最终名单|最終名單/);
  const person = (name: string) => people.find((each) => each.name === name)!;
  const buy = async (): Promise<Buy> => {
    const place = await town.store.meetChat(chat.platform, chat.ref, { zone: "", language, currency: "" });
    return (await town.store.lastBuy(place))!;
  };
  /** What everybody gets, as "name item quantity". */
  const handed = async () => {
    const about = await buy();
    return town.store.look(async (tx) => {
      const lines = await handedLines(tx, about);
      const names = await tx.namesOf(lines.map((line) => ({ community: about.community, person: line.person })));
      return lines.map((line) => `${names.get(line.person)} ${line.item} ${line.quantity}`).sort();
    });
  };
  return { chat, town, lin, person, buy, handed };
}
