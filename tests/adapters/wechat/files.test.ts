import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Content } from "../../../bot/ports.ts";
import { FakeWeChat } from "./fake-wechat.ts";
import { Opened, storeFor } from "./opened.ts";

const document = { name: "名单.xlsx", data: Uint8Array.of(80, 75, 3, 4), caption: "苹果（第 1 团）" };

/** A room in which a friend of the account and a stranger have spoken. */
async function opened() {
  const fake = new FakeWeChat();
  const [lin, mei] = [fake.person("wang", "王姐", { friend: true }), fake.person("alex", "Alex")];
  const room = fake.room("green@chatroom", "快乐小区", lin, mei);
  const store = storeFor(randomUUID());
  await store.bind({ room: "", sessionId: room.id, knownId: room.id, name: "快乐小区", leaders: [] });
  const open = await Opened.start(fake, {}, store);
  fake.says(lin, room, "你好");
  fake.says(mei, room, "大家好");
  await open.text(2);
  const give = (to: { readonly id: string }) => open.wechat.giveDocument!({ chat: room.id, to: to.id }, document);
  const tell = (to: { readonly id: string }, content: Content) =>
    open.wechat.whisper({ chat: room.id, to: to.id }, content);
  return { fake, lin, mei, room, give, tell };
}

test("a friend gets a file in private, with its words behind it", async () => {
  const { fake, lin, room, give } = await opened();

  await give(lin);

  expect(fake.files).toEqual([{ to: lin.id, name: document.name, data: Buffer.from(document.data) }]);
  expect(fake.heardIn(lin).map(({ text }) => text)).toEqual([document.caption]);
  expect(fake.heardIn(room)).toEqual([]);
});

test("a file for anybody else is not sent: the room is for everybody", async () => {
  const { fake, mei, give } = await opened();

  await expect(give(mei)).rejects.toMatchObject({ outcome: "blocked" });

  expect(fake.files).toEqual([]);
});

test("a puppet that sends no files says so, and the friend hears how else", async () => {
  const { fake, lin, give } = await opened();
  fake.failNext = "no-files";

  await expect(give(lin)).rejects.toMatchObject({ outcome: "refused" });
});

test("a friend gets the code to pay with as a picture behind the words, a puppet without pictures the words alone", async () => {
  const { fake, lin, mei, room, tell } = await opened();
  const content = { text: "付给团长 ¥12", qr: "upi://pay?pa=lin@okbank" };

  await tell(lin, content);
  await tell(mei, content);
  fake.sendsNoFiles = true;
  await tell(lin, content);

  expect(fake.files.map(({ to, name }) => [to, name])).toEqual([[lin.id, "code.png"]]);
  expect(String.fromCharCode(...fake.files[0]!.data.subarray(1, 4))).toBe("PNG");
  expect(fake.heardIn(lin).map(({ text }) => text)).toEqual([content.text, content.text]);
  expect(fake.heardIn(room)).toHaveLength(1);
});
