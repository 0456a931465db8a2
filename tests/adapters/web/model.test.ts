import { describe, expect, test } from "vitest";
import {
  applyEvent,
  emptyModel,
  hasUnseen,
  lastOwn,
  type Model,
  speakAs,
  visibleMessages,
} from "../../../adapters/web/page/model.ts";
import { opensFor, triesFor } from "../../../adapters/web/page/tries.ts";
import type { ChatEvent, ShownMessage } from "../../../adapters/web/page/wire.ts";

const people = [
  { id: "p1", name: "Lin", leader: true },
  { id: "p2", name: "王姐", leader: false },
];
const said = (id: string, more: Partial<ShownMessage> = {}): ShownMessage => ({
  ...{ id, from: "p2", text: "+2", at: "2026-11-21T20:00:00.000Z" },
  ...more,
});
const chat = (...messages: ShownMessage[]): ChatEvent => ({ type: "chat", people, messages, maxText: 4096 });

function modelWith(...messages: ShownMessage[]): Model {
  const model = emptyModel("en");
  applyEvent(model, chat(...messages));
  return model;
}

describe("what the page knows", () => {
  test("messages stand in the order of their numbers, not of their arrival", () => {
    const model = modelWith(said("9"), said("10"));
    applyEvent(model, { type: "message", message: said("2") });

    expect(visibleMessages(model).map(({ id }) => id)).toEqual(["2", "9", "10"]);
  });

  test("a private word is seen by its person alone, and waits for them", () => {
    const model = modelWith(said("1"));
    applyEvent(model, { type: "message", message: said("2", { from: "bot", to: "p2" }) });

    expect(visibleMessages(model).map(({ id }) => id)).toEqual(["1"]);
    expect(hasUnseen(model, "p2")).toBe(true);
    speakAs(model, "p2");
    expect(visibleMessages(model).map(({ id }) => id)).toEqual(["1", "2"]);
    speakAs(model, "p1");
    expect(hasUnseen(model, "p2")).toBe(false);
  });

  test("private words of an earlier visit do not wait", () => {
    expect(hasUnseen(modelWith(said("2", { from: "bot", to: "p2" })), "p2")).toBe(false);
  });

  test("those that came while the connection was lost do", () => {
    const model = modelWith(said("1"));
    applyEvent(model, chat(said("1"), said("2", { from: "bot", to: "p2" })));

    expect(hasUnseen(model, "p2")).toBe(true);
  });

  test("what was sent is forgotten once the chat shows it", () => {
    const model = modelWith();
    const say = { key: "k1", person: "p2", text: "+2", language: "en" } as const;
    model.unsent = [
      { say, at: "2026-11-21T20:00:00.000Z" },
      { say: { ...say, key: "k2" }, at: "2026-11-21T20:00:01.000Z" },
    ];

    applyEvent(model, { type: "message", message: said("1", { key: "k1", waiting: true }) });

    expect(model.unsent.map(({ say: { key } }) => key)).toEqual(["k2"]);
  });

  test("who speaks stays across a reconnection, and changes what was being edited", () => {
    const model = modelWith(said("1"));
    speakAs(model, "p2");
    model.writing = { as: "edit", message: "1" };
    applyEvent(model, chat(said("1")));

    expect(model.speaker).toBe("p2");
    speakAs(model, "p1");
    expect(model.writing).toEqual({ as: "new" });
  });

  test("the last message of one's own is the last that was not taken back", () => {
    const model = modelWith(
      said("1"),
      said("2", { text: "", recalledAt: "2026-11-21T20:01:00.000Z" }),
      said("3", { from: "p1" }),
    );
    speakAs(model, "p2");

    expect(lastOwn(model)?.id).toBe("1");
  });
});

describe("messages to try", () => {
  const rows = [
    { page: "en", post: undefined, first: "2 apples please", why: "the page's own language" },
    { page: "en", post: "红富士苹果 5元/斤\n1. Alex 2", first: "苹果+2", why: "the goods have a Chinese name" },
    { page: "zh-hant", post: "紅富士蘋果", first: "蘋果+2", why: "as the page writes Chinese" },
    {
      page: "zh-hans",
      post: "Fuji apples\n1. 王姐 2",
      first: "2 apples please",
      why: "a neighbour's name says nothing about the goods",
    },
  ] as const;
  for (const { page, post, first, why } of rows) {
    test(`a resident reading ${page} is offered ${first} (${why})`, () => {
      expect(triesFor(false, page, post)[1]).toBe(first);
    });
  }

  test("the leader is offered announcements in two languages, the page's own first", () => {
    expect(triesFor(true, "zh-hans", undefined).slice(0, 2)).toEqual(opensFor("zh-hans"));
    expect(opensFor("zh-hans").map((text) => /\p{Script=Han}/u.test(text))).toEqual([true, false]);
  });
});
