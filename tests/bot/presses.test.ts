import { expect, test } from "vitest";
import type { ButtonIn } from "../../bot/ports.ts";
import { FakeChat, type FakePerson, type Shown } from "../support/fake-chat.ts";
import { type MemoryTown, memoryTown } from "../support/memory-town.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** No platform dates a press: it comes with a date that is more or less right, and must do no harm where it is wrong. */
const WRONG = [-MINUTE, -SECOND, 0, SECOND, MINUTE];

for (const wrong of WRONG) {
  test(`"make it 3", then +1 by a button that is dated ${wrong} ms wrong: 4`, async () => {
    const { ada, post, town } = await opened();

    await ada.says("make it 3 apples");
    await presses(ada, post, "more", wrong);

    expect(await booked(town)).toEqual(["Ada 4000"]);
  });

  test(`+1 by a button that is dated ${wrong} ms wrong, as soon as the buy is open: 1`, async () => {
    const { ada, post, town } = await opened();

    await presses(ada, post, "more", wrong);

    expect(await booked(town)).toEqual(["Ada 1000"]);
  });

  test(`closed by a button that is dated ${wrong} ms wrong: what was booked stays booked`, async () => {
    const { lin, ada, chat, post, town } = await opened();
    await ada.says("+2 apples");
    const order = await ada.says("+2 apples");
    await ada.edits(order, "+3 apples");

    await presses(lin, post, "close", wrong);
    await town.later(10 * SECOND);

    expect((await chat.posted(/final list/)).text).toMatch(/Ada: Apples 5 kg/);
    expect(ada.heard(/late/)).toBe(0);
  });
}

test("presses within a second count in the order in which they come, and before what is said later in it", async () => {
  const { ada, post, town } = await opened();
  const second = new Date(Math.ceil(Date.now() / SECOND) * SECOND);
  const pressed = async (verb: "more" | "less" | "close") => {
    await ada.chat.deliver({ ...pressing(ada, post, verb), pressedAt: second });
  };

  await pressed("less"); // nothing is there yet
  await pressed("more");
  expect(await booked(town)).toEqual(["Ada 1000"]);
  await ada.says("make it 5 apples", { at: second });
  expect(await booked(town)).toEqual(["Ada 5000"]);
  await pressed("more");
  expect(await booked(town)).toEqual(["Ada 6000"]);
});

test("a press that is delivered twice counts once, at its first time", async () => {
  const { ada, post, town } = await opened();
  const press = pressing(ada, post, "more");
  await ada.chat.deliver(press);
  await ada.says("make it 3 apples");

  await ada.chat.deliver(press);

  expect(await booked(town)).toEqual(["Ada 3000"]);
});

async function opened() {
  const chat = new FakeChat();
  const town = await memoryTown([chat]);
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const post = await lin.opens("Apples $5/kg");
  return { chat, town, lin, ada, post };
}

async function presses(person: FakePerson, post: Shown, verb: "more" | "less" | "close", wrong: number): Promise<void> {
  const press = pressing(person, post, verb);
  await person.chat.deliver({ ...press, pressedAt: new Date(press.pressedAt.getTime() + wrong) });
}

/** The press of a button about the post's buy and its item; "close" stands under what helpers hear, not under the post. */
function pressing(person: FakePerson, post: Shown, verb: "more" | "less" | "close"): ButtonIn {
  const press = person.pressing(post, /\+1/);
  return { ...press, data: press.data.replace(/^more:([^:]+):1$/, verb === "close" ? "close:$1" : `${verb}:$1:1`) };
}

async function booked({ store }: MemoryTown): Promise<readonly string[]> {
  const [buy] = await store.buysAfter(undefined, 1);
  const lines = await store.linesOf(buy!.community, buy!.id);
  const names = await store.namesOf(
    buy!.community,
    lines.map(({ person }) => person),
  );
  return lines.map(({ person, quantity }) => `${names.get(person)} ${quantity}`);
}
