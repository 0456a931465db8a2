import { describe, expect, test } from "vitest";
import { Recent } from "../../../adapters/wechat/recent.ts";
import { eventually } from "../../support/eventually.ts";
import { community, Opened } from "./opened.ts";

describe("what is heard", () => {
  test("is text alone: no pictures, no red envelopes, and nothing that we have said ourselves", async () => {
    const { fake, wang, room, opened } = await community();

    await opened.wechat.post(room.id, { text: "+1 苹果" });
    for (const type of [6, 2, 12, 14]) fake.repeats(fake.put(wang, room, "+1 苹果", { type }));
    fake.says(wang, room, "+2 苹果");

    await opened.text(1);
    expect(opened.texts.map(({ text }) => text)).toEqual(["+2 苹果"]);
  });

  test("loses the mention of us that it begins with", async () => {
    const { fake, wang, room, opened } = await community();

    fake.says(wang, room, "@Plusone\u2005+2 苹果");
    fake.says(wang, room, "@Plusonede +2 梨");

    await opened.text(2);
    expect(opened.texts.map(({ text }) => text)).toEqual(["+2 苹果", "@Plusonede +2 梨"]);
  });

  test("keeps chains whole: lines, emoji, thousands of characters", async () => {
    const { fake, wang, room, opened } = await community();
    const chain = `#接龙\n苹果团\n${Array.from({ length: 150 }, (_, no) => `${no + 1}. ${no}室🍎 苹果${no % 7}`).join("\n")}`;

    fake.says(wang, room, chain);

    expect((await opened.text(1)).text).toBe(chain);
  });

  test("of hundreds at once comes in order, each once", async () => {
    const { fake, wang, luo, room, opened } = await community();

    for (let no = 0; no < 300; no++) fake.says(no % 2 ? wang : luo, room, `+${no} 苹果`);

    await opened.text(300);
    expect(opened.texts.map(({ text }) => text)).toEqual(Array.from({ length: 300 }, (_, no) => `+${no} 苹果`));
    const positions = opened.texts.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(new Set(positions).size).toBe(300);
  });

  test("that the account was removed from a room is told", async () => {
    const { fake, wang, room, opened } = await community();

    room.remove(fake.self).by(wang);

    await eventually("the bot hears", () => opened.events.find(({ type }) => type === "membership"));
    expect(opened.events).toMatchObject([{ type: "membership", change: "removed", chat: { id: room.id } }]);
  });

  test("in a private chat is answered there", async () => {
    const { fake, wang, opened } = await community();

    fake.says(wang, fake.self, "你好");
    expect(await opened.text(1)).toMatchObject({ chat: { id: "wang", kind: "direct" }, text: "你好" });
    await opened.wechat.whisper({ chat: "wang", to: "wang" }, { text: "您好" });

    expect(fake.heardIn(wang)).toMatchObject([{ text: "您好" }]);
  });
});

describe("the same person, words and second with another id", () => {
  const at = new Date("2026-11-28T20:01:07+08:00");

  test("is asked about; a yes counts it again", async () => {
    const { fake, wang, room, opened } = await community();
    fake.says(wang, room, "+2 苹果", { at });
    fake.says(wang, room, "+2 苹果", { at });
    await opened.hears(room, /“\+2 苹果”我收到了两次。算两次吗/);
    expect(opened.texts).toHaveLength(1);

    fake.says(wang, room, "是");

    await opened.text(2);
    expect(opened.texts.map(({ text }) => text)).toEqual(["+2 苹果", "+2 苹果"]);
    expect(opened.texts[1]?.sentAt).toEqual(at);
  });

  test("a no leaves it at once", async () => {
    const { fake, wang, room, opened } = await community();
    fake.says(wang, room, "+2 苹果", { at });
    fake.says(wang, room, "+2 苹果", { at });
    await opened.hears(room, /算两次吗/);

    fake.says(wang, room, "不是");
    await opened.hears(room, /只算一次/);
    fake.says(wang, room, "+1 梨");

    await opened.text(2);
    expect(opened.texts.map(({ text }) => text)).toEqual(["+2 苹果", "+1 梨"]);
  });

  test("is taken where somebody else said it, or a second later, or it has nothing to count", async () => {
    const { fake, wang, luo, room, opened } = await community();
    fake.says(wang, room, "+2 苹果", { at });
    fake.says(luo, room, "+2 苹果", { at });
    fake.says(wang, room, "+2 苹果", { at: new Date(at.getTime() + 1_000) });
    fake.says(wang, room, "哈哈", { at });
    fake.says(wang, room, "哈哈", { at });

    await opened.text(5);
    expect(fake.heardIn(room)).toEqual([]);
  });

  test("taken back while it waits is gone", async () => {
    const { fake, wang, room, opened } = await community();
    fake.says(wang, room, "+2 苹果", { at });
    const again = fake.says(wang, room, "+2 苹果", { at });
    await opened.hears(room, /算两次吗/);

    fake.recalls(wang, room, again);
    fake.says(wang, room, "是");

    await eventually("the bot hears of the recall", () => opened.events.find(({ type }) => type === "recall"));
    expect((await opened.text(2)).text).toBe("是"); // no answer to anything any more
  });

  test("as old as what was heard before a pause is asked about too", async () => {
    const { fake, wang, luo, room, store, opened } = await community();
    fake.says(wang, room, "+2 苹果", { at: new Date(Date.now() - 60 * 60_000) });
    await opened.text(1);
    await opened.stop();

    const later = await Opened.start(fake, { now: () => new Date(Date.now() + 60 * 60_000) }, store);
    fake.says(wang, room, "+2 苹果", { at: new Date(Date.now() - 60 * 60_000) });

    await later.hears(room, /算两次吗/);
    fake.says(luo, room, "+1 梨", { at: new Date(Date.now() + 60 * 60_000) });
    await later.text(1);
    expect(later.texts.map(({ text }) => text)).toEqual(["+1 梨"]);
  });
});

describe("a quote", () => {
  const recent = new Recent();
  recent.add("room", { id: "1", text: "苹果 5元/斤，截单今晚8点，大家接龙" });
  recent.add("room", { id: "2", text: "+2" });
  recent.add("room", { id: "3", text: "+2" });
  const dashes = "- - - - - - - - - - - - - - -";
  const rows = [
    {
      said: `「团长：苹果 5元/斤，截单今晚8点，大家接龙」\n${dashes}\n+3`,
      text: "+3",
      id: "1",
      why: "the words lead back",
    },
    {
      said: `「团长：苹果 5元/斤，截单今...」\n${dashes}\n+3`,
      text: "+3",
      id: "1",
      why: "long words are quoted in part",
    },
    { said: `「王姐：+2」\n${dashes}\n要大的`, text: "要大的", id: "3", why: "of several it is the last" },
    {
      said: `「王姐：早就忘了的」\n${dashes}\n+3`,
      text: "+3",
      id: "quoted",
      why: "what is not known is told by its words",
    },
    { said: "「团长」说 +3", text: "「团长」说 +3", id: undefined, why: "that is no quote" },
  ];
  for (const { said, text, id, why } of rows) {
    test(`${JSON.stringify(said)} answers ${id} (${why})`, () => {
      const read = recent.readQuote("room", said);

      expect([read.text, read.replyTo?.id]).toEqual([text, id]);
    });
  }

  test("of any text takes no longer than the text is long", () => {
    const long = `「${"：".repeat(20_000)}${"-".repeat(20_000)}\n`;
    const read = recent.readQuote("room", long);
    expect(read.text).toBe(long);
  });
});
