import { describe, expect, test } from "vitest";
import { FakeChat } from "../support/fake-chat.ts";
import { memoryTown } from "../support/memory-town.ts";

/** Lin has booked apples for 302, who has no app, and pears for herself; all is closed. */
async function evening(others: Readonly<Record<string, string>> = {}) {
  const chat = new FakeChat();
  const town = await memoryTown([chat]);
  const lin = chat.person("Lin", { leader: true });
  await lin.opens("Apples $5/kg, pears $6/kg");
  await lin.says("/order 302 apples 2 kg");
  await lin.hears(/302/);
  await lin.says("1 kg pears");
  await chat.person("Ada").says("1 kg apples");
  for (const [name, order] of Object.entries(others)) await chat.person(name).says(order);
  await lin.says("/close");
  await chat.posted(/final list/);
  return { chat, town, lin };
}

describe("somebody for whom a leader has booked is named like anybody", () => {
  test("/paid 302 marks what 302 has to pay, and says on whose account", async () => {
    const { lin } = await evening();

    await lin.says("/paid 302");

    const answer = await lin.hears(/302 \(on Lin's account\)/);
    expect(answer.text).toMatch(/\$10/);
    expect(answer.text).not.toMatch(/302\.00|\$302/);
  });

  test("/paid 302 10 is 10 for 302", async () => {
    const { lin } = await evening();

    await lin.says("/paid 302 10");

    expect((await lin.hears(/302 \(on Lin's account\)/)).text).toMatch(/\$6/);
  });

  test("/picked 302 hands out what is 302's, and leaves what is Lin's own", async () => {
    const { lin } = await evening();

    await lin.says("/picked 302");

    const answer = await lin.hears(/302 \(on Lin's account\)/);
    expect(answer.text).toMatch(/pears 1 kg/i);
  });

  test("/picked 302 and /paid 302 once more take nothing of Lin's own", async () => {
    const { lin, town } = await evening();
    await lin.says("/picked 302 apples 1");
    await lin.hears(/Apples 1 kg[\s\S]*Still here/i);
    await lin.says("/picked 302");
    await lin.hears(/302 \(on Lin's account\)[\s\S]*pears 1 kg/i);
    await lin.says("/picked 302");
    expect((await lin.hears(/302 \(on Lin's account\) has collected already/)).buttons).toEqual([]);
    await lin.says("/pickup list");
    await lin.hears(/◐ Lin.*\n• pears 1 kg/i);

    await lin.says("/paid 302 4");
    await lin.hears(/302 \(on Lin's account\).*marked[\s\S]*\$4 of \$16/);
    await lin.says("/paid 302");
    await lin.hears(/302 \(on Lin's account\).*marked[\s\S]*\$10 of \$16/);
    await lin.says("/paid 302");
    await lin.hears(/noted before|already/i);
    await lin.says("/pay list");
    await lin.hears(/Lin: \$6/);
    await town.later(0);
  });

  test("where somebody is called 302, too, it is asked who is meant, and done for the one who is chosen", async () => {
    const { chat, lin } = await evening({ "302": "3 kg apples" });

    await lin.says("/picked 302");
    const asked = await lin.hears(/Several fit: 302, 302 \(Lin\)/);
    expect(asked.buttons.map(({ label, words }) => `${label} → ${words}`)).toEqual([
      "302 → /picked 302",
      "302 (Lin) → /picked Lin for 302",
    ]);
    await lin.presses(asked, /Lin/);
    await lin.hears(/302 \(on Lin's account\)/);
    await lin.presses(asked, /^302$/);
    await lin.hears(/✅ 302 has collected/);
    await lin.says("/paid Lin for 302 4");
    await lin.hears(/302 \(on Lin's account\)[\s\S]*\$4 of \$16/);
    expect(chat.posts.filter(({ text }) => /undefined/.test(text))).toEqual([]);
  });

  test("what was noted for 302 is not taken back together with Lin's own unasked", async () => {
    const { lin } = await evening();
    await lin.says("/picked 302");
    await lin.hears(/pears 1 kg/i);

    await lin.says("/picked 302 undo");
    expect((await lin.hears(/taken back together/)).text).toContain("/picked Lin undo");
    await lin.says("/unpaid 302");
    expect((await lin.hears(/taken back together/)).text).toContain("/unpaid Lin");
  });

  test("a number far over what is due is shown first", async () => {
    const { lin } = await evening();

    await lin.says("/paid Ada 502");
    const asked = await lin.hears(/\$502/);
    expect(asked.buttons.length).toBeGreaterThan(0);
    await lin.says("/paid 1502");

    await lin.hears(/\$1,?502/);
    await lin.says("/unpaid Ada");
    await lin.hears(/nothing|no payment|not/i);
  });
});

test("an /order that is edited to goods of another buy leaves the first", async () => {
  const chat = new FakeChat();
  await memoryTown([chat]);
  const lin = chat.person("Lin", { leader: true });
  await lin.opens("Apples $5/kg\nFigs $2/kg");
  await lin.opens("Pears $6/kg\nPlums $3/kg");
  const order = await lin.says("/order 302 apples 2 kg");
  await lin.hears(/Booked for 302:[\s\S]*Apples 2 kg/);

  await lin.edits(order, "/order 302 pears 1 kg");
  await lin.hears(/Booked for 302:[\s\S]*Pears 1 kg/);

  const posts = [/Apples/, /Pears/].map((title) => chat.posts.find(({ text }) => title.test(text))!);
  await lin.says("/list", { replyTo: posts[0]! });
  await lin.hears(/Nobody|nobody/);
  await lin.says("/list", { replyTo: posts[1]! });
  await lin.hears(/Pears 1 kg = \$6/);
});

describe("whoever a leader books for, it is booked for them", () => {
  for (const name of ["May", "Max", "Auntie May", "多多", "Cancel"]) {
    test(`/order ${name}`, async () => {
      const chat = new FakeChat();
      const town = await memoryTown([chat]);
      const lin = chat.person("Lin", { leader: true });
      await lin.opens("Apples $5/kg, pears $6/kg");

      await lin.says(`/order ${name}: apples 2 kg, pears 1 kg`);

      await lin.hears(new RegExp(`Booked for ${name}`));
      const [buy] = await town.store.buysAfter(undefined, 1);
      expect((await town.store.linesOf(buy!.community, buy!.id)).map(({ for: whom }) => whom)).toEqual([name, name]);
    });
  }
});
