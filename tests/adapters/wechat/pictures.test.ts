import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { MOST_PICTURE } from "../../../adapters/wechat/pictures.ts";
import type { PuppetSettings } from "../../../adapters/wechat/puppet.ts";
import { openPuppet } from "../../../adapters/wechat/puppet.ts";
import { qrPicture } from "../../../bot/qr-picture.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeWeChat } from "./fake-wechat.ts";
import { Gateway, TOKEN } from "./gateway.ts";
import { Opened, ownFolder, storeFor } from "./opened.ts";

/** A code to pay with, as its owner's phone shows it. */
const code = await qrPicture("wxp://f2f0");

async function community(fake = new FakeWeChat(), options: Parameters<typeof Opened.start>[1] = {}) {
  const wang = fake.person("wang", "王姐");
  const luo = fake.person("luo", "阿罗", { friend: true });
  const room = fake.room("green@chatroom", "快乐小区", wang, luo);
  const store = storeFor(randomUUID());
  await store.bind({ room: "", sessionId: room.id, knownId: room.id, name: "快乐小区", leaders: [] });
  return { fake, wang, luo, room, store, opened: await Opened.start(fake, options, store) };
}

describe("a picture", () => {
  const words = ["/pay set", "/开团 苹果 5元/斤", "已付", "转了58", "苹果坏了2个"];
  test.each(words)("belongs to the words that its sender writes next: %s", async (text) => {
    const { fake, wang, room, store, opened } = await community();
    fake.shows(wang, room, code);

    fake.says(wang, room, text);

    const said = await opened.text(1);
    expect(said.text).toBe(text);
    expect(Buffer.from((await store.picture(said.photo!))!)).toEqual(Buffer.from(code));
  });

  test("belongs to no talk, no order, and no words of others or of later; and to one message alone", async () => {
    let now = new Date();
    const { fake, wang, luo, room, opened } = await community(undefined, { now: () => now });
    fake.shows(wang, room, code);
    fake.says(wang, room, "哈哈");
    fake.says(wang, room, "苹果+2");
    fake.says(luo, room, "已付");
    fake.says(wang, room, "已付");
    fake.says(wang, room, "已付 20");
    fake.shows(wang, room, code);
    await opened.text(5);
    now = new Date(now.getTime() + 6 * 60_000);
    fake.says(wang, room, "/pay set");

    await opened.text(6);
    expect(opened.texts.map(({ photo }) => photo !== undefined)).toEqual([false, false, false, true, false, false]);
  });

  test("that somebody quotes is meant, whoever has shown it", async () => {
    const { fake, wang, luo, room, store, opened } = await community();
    const other = await qrPicture("other");
    fake.shows(luo, room, code);
    fake.shows(wang, room, other);

    fake.says(wang, room, "「阿罗：[图片]」\n- - - - - - - - - - - - - - -\n/pay set");

    const said = await opened.text(1);
    expect(said.text).toBe("/pay set");
    expect(Buffer.from((await store.picture(said.photo!))!)).toEqual(Buffer.from(code));
  });

  test("sent to the account alone comes at once, and with the words behind it", async () => {
    const { fake, luo, room, opened } = await community();
    fake.says(luo, room, "大家好");
    await opened.text(1);
    fake.shows(luo, fake.self, code);
    const bare = await opened.text(2);
    fake.says(luo, fake.self, "苹果坏了2个");
    const words = await opened.text(3);

    expect(bare).toMatchObject({ text: "", chat: { kind: "direct" }, photo: expect.any(String) });
    expect(words).toMatchObject({ text: "苹果坏了2个", photo: bare.photo });
  });

  const bad = [
    { data: new Uint8Array(MOST_PICTURE + 1).fill(0xff), heard: /超过5 MB/, why: "too big" },
    { data: undefined, heard: /没能读出来/, why: "the puppet cannot hand it over" },
    { data: Buffer.from("<html>"), heard: /没能读出来/, why: "it is none" },
  ];
  for (const { data, heard, why } of bad) {
    test(`that is not taken (${why}) is told, and the words count`, async () => {
      const { fake, wang, room, opened } = await community();
      fake.shows(wang, room, data);

      fake.says(wang, room, "已付");

      await opened.hears(room, heard);
      const said = await opened.text(1);
      expect([said.text, said.photo]).toEqual(["已付", undefined]);
    });
  }

  test("that is slow to come holds up the words behind it, and no list is final until they are read", async () => {
    const { fake, wang, luo, room, opened } = await community(undefined, { graceMs: 0 });
    await eventually("nothing is on its way", () => opened.wechat.isBehind === false);
    fake.hangs.add("messageFile");
    fake.shows(wang, room, code);
    fake.says(wang, room, "已付");
    fake.says(luo, room, "苹果+2");

    await eventually("they are on their way", () => opened.wechat.isBehind);
    expect(opened.texts).toEqual([]);
    fake.puppet!.letGo();

    await opened.text(2);
    await eventually("they are read", () => opened.wechat.isBehind === false);
  });

  test("is shown to a friend in private, and in a room once", async () => {
    const { fake, wang, luo, room, opened } = await community();
    fake.shows(wang, room, code);
    fake.says(wang, room, "/pay set");
    const { photo } = await opened.text(1);
    fake.says(luo, room, "大家好");
    await opened.text(2);
    const content = { text: "付给团长", photo: photo! };

    await opened.wechat.whisper({ chat: room.id, to: luo.id }, content);
    await opened.wechat.whisper({ chat: room.id, to: wang.id }, content);
    await opened.wechat.post(room.id, content);

    expect(fake.files.map(({ to, name }) => [to, name])).toEqual([
      [luo.id, "picture.png"],
      [room.id, "picture.png"],
    ]);
    expect(fake.files[0]!.data).toEqual(Buffer.from(code));
    expect(fake.heardIn(room).map(({ text }) => text)).toEqual(["@王姐\u2005付给团长", "付给团长"]);
  });

  test("comes and goes through a gateway as well", async () => {
    const gateway = await Gateway.start(false);
    const settings: PuppetSettings = {
      name: "wechaty-puppet-service",
      token: TOKEN,
      endpoint: gateway.endpoint,
      tls: false,
    };
    const { fake, luo, room, store, opened } = await community(gateway.fake, {
      open: () => openPuppet(settings, ownFolder()),
    });
    fake.shows(luo, room, code);

    let count = 0;
    // Through a gateway the picture may be told behind words that came right after it.
    const photo = await eventually("words have the picture", async () => {
      count += 1;
      fake.says(luo, room, `已付 ${count}`);
      return (await opened.text(count)).photo;
    });
    await opened.wechat.whisper({ chat: room.id, to: luo.id }, { text: "看", photo });

    expect(Buffer.from((await store.picture(photo))!)).toEqual(Buffer.from(code));
    expect(fake.files.map(({ data }) => data)).toEqual([Buffer.from(code)]);
  });
});
