import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
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
  return { fake, lin, mei, room, give };
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
