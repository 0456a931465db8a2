import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { closedBuy } from "../support/memory-buy.ts";

const ORDERS = { Ada: "2 kg apples, 3 dumplings pork, 2 dumplings leek", Ben: "1 kg apples", Lin2: "1 kg apples" };
const ANNOUNCEMENT = "Apples $5/kg\nDumplings (pork / leek) $4/box";

describe("a problem with what somebody got", () => {
  test("is bound to the line that the words name, keeps its picture, and is refunded with a way back", async () => {
    const { chat, lin, person, town, buy } = await closedBuy(ANNOUNCEMENT, ORDERS);
    const ada = person("Ada");

    const event = { ...ada.saying("/issue dumplings leek, 1 was broken"), photo: "file-1" };
    await chat.deliver(event);
    await ada.hears(/noted for Dumplings/);
    const told = await lin.hears(/🛠 #1 Ada about Dumplings \(leek\).*“dumplings leek, 1 was broken” 📷/);
    const about = await buy();
    const [kept] = await town.store.look((tx) => tx.problemsOf(about));
    expect(kept).toMatchObject({ option: "leek", quantity: 1000, photo: "file-1", for: "" });

    await lin.presses(told, /Refund \$4/);
    await lin.hears(/Refunded: \$4\. Ada will hear it\. \/undo takes it back/);
    await ada.hears(/Ada, \$4 goes back to you/);
    await ada.says("/my");
    await ada.hears(/Refund −\$4/);
  });

  test("is open again where its decision is taken back, with money, a word to the person, and a settlement that follows", async () => {
    const { chat, lin, person, town, buy } = await closedBuy("Eggs $4/box", { Ada: "2 eggs", Ben: "3 eggs" });
    const [ada, ben] = [person("Ada"), person("Ben")];
    await lin.says("/settle");
    await lin.presses(await lin.hears(/📒/), /Settle/);
    await chat.posted(/To pay in all: \$20/);
    await ben.says("/issue 1 egg broken");
    await lin.presses(await lin.hears(/#1 Ben about Eggs 1 box/i), /Replace/);
    await ben.hears(/will be replaced/);
    await lin.presses(await lin.hears(/Noted; Ben will hear it/), /Undo/);
    await lin.presses(await lin.hears(/decided on a problem: replaced, Ben[\s\S]*open again/), /Take it back/);
    await ben.hears(/answer to “1 egg broken” .* is taken back/);
    expect(ben.heard(/do not go back/)).toBe(0);

    await lin.says("/issue 1 refund");
    await lin.presses(await lin.hears(/\$4 would go back to Ben/), /Refund \$4/);
    await chat.posted(/Corrected[\s\S]*To pay in all: \$16/);
    await lin.presses(await lin.hears(/Refunded: \$4/), /Undo/);
    const asked = await lin.hears(/refunded \$4, Ben[\s\S]*open again[\s\S]*corrected settlement is posted/);
    await lin.presses(asked, /Take it back/);
    await ben.hears(/is taken back[\s\S]*\$4 do not go back to you/);
    await eventually(
      "the settlement is as it was",
      () => chat.posts.filter(({ text }) => /Corrected[\s\S]*To pay in all: \$20/.test(text)).length === 1,
    );
    await lin.says("/issue 1 refund");
    await lin.presses(await lin.hears(/\$4 would go back to Ben/), /Refund \$4/);
    await ben.hears(/\$4 goes back to you/);
    const about = await buy();
    expect((await town.store.entriesOf(about.community, about.id)).map(({ amount }) => amount)).toEqual([
      -400, 400, -400,
    ]);

    await lin.says("/refund Ada 1 late");
    await lin.presses(await lin.hears(/to pay \$7/), /Change/);
    await chat.posted(/Corrected[\s\S]*To pay in all: \$15/);
    await lin.says("/undo");
    await lin.presses(await lin.hears(/Refund[\s\S]*opposite amounts[\s\S]*corrected settlement/), /Take it back/);
    await ada.hears(/Refund \+\$1/);
    await eventually(
      "the settlement follows",
      () => chat.posts.filter(({ text }) => /Corrected[\s\S]*To pay in all: \$16/.test(text)).length === 3,
    );
    expect((await buy()).status).toBe("settled");
  });

  test("is declined with a reason: one of a few, an answer to the question, or behind its number", async () => {
    const { lin, person } = await closedBuy(ANNOUNCEMENT, ORDERS);
    const [ada, ben] = [person("Ada"), person("Ben")];
    await ben.says("/issue 1 was sour");
    const first = await lin.hears(/#1 Ben about Apples/);
    await ada.says("/issue apples were small");
    const second = await lin.hears(/#2 Ada about Apples/);

    await lin.presses(first, /Decline/);
    const why = await lin.hears(/🛠❓ #1 [\s\S]*Why not\?/);
    expect(ben.heard(/cannot refund/)).toBe(0);
    await lin.presses(why, /announced/);
    await ben.hears(/cannot refund or replace it\.\nThe reason: It is as it was announced/);
    await lin.presses(second, /Decline/);
    const asked = await lin.hears(/🛠❓ #2/);
    await lin.says("2 kg was what the photo showed", { replyTo: asked });
    await ada.hears(/The reason: 2 kg was what the photo showed/);
    await lin.presses(second, /Refund/);
    await lin.hears(/decided before/);

    await person("Lin2").says("/issue apples: all rotten");
    await lin.hears(/#3 Lin2/);
    await lin.says("/issue 3 decline");
    await lin.hears(/🛠❓ #3/);
    await lin.says("/issue 3 decline nobody else had that");
    await person("Lin2").hears(/The reason: nobody else had that/);
    await lin.says("/issue 9 refund");
    await lin.hears(/no problem number 9/);
  });

  test("may shorten a name as people do, where only one of the goods is called so", async () => {
    const orders = { Ada: "2 kg Fuji apples, 1 box Hami melons, 1 box water melons" };
    const { lin, person } = await closedBuy(
      "Fuji apples 红富士苹果 $5/kg\nHami melons $4/box\nwater melons $3/box",
      orders,
    );
    const ada = person("Ada");

    await ada.says("/issue apples, 1 was bad");
    await lin.hears(/#1 Ada about Fuji apples.* 1 kg/);
    await ada.says("/issue 苹果坏了1个");
    await lin.hears(/#1 Ada about Fuji apples.* 1 kg.*1 was bad \/ 苹果坏了1个/);
    await ada.says("/issue melons were green");
    await ada.hears(/can't tell which of your goods “melons were green”/);
  });

  test("is reported in plain words, as an answer to the pickup notice; other words there are none", async () => {
    const { lin, person } = await closedBuy(ANNOUNCEMENT, ORDERS);
    const ben = person("Ben");
    await lin.says("/pickup at 302");
    await lin.presses(await lin.hears(/3 people will be told/), /Send/);
    const notice = await ben.hears(/is ready/);

    await ben.says("what a nice day, they broke the lift");
    await ben.says("苹果坏了1斤", { replyTo: notice });

    await ben.hears(/已记下/);
    await lin.hears(/#1 Ben about Apples.*“苹果坏了1斤”/);
    expect(lin.heard(/🛠/)).toBe(1);
  });

  test("is listed with its number for the leader, and for the supplier by goods, without names", async () => {
    const { lin, person } = await closedBuy(ANNOUNCEMENT, ORDERS);
    await lin.says("/issue list");
    await lin.hears(/Nobody has reported/);
    await lin.says("/po sent");
    await lin.hears(/revision 1/);
    await lin.says("/item apples price 3");
    await lin.hears(/is not open, so its items stay/);
    await lin.says("/item apples cost 3");
    await lin.presses(await lin.hears(/costs us/), /Change/);
    await person("Ben").says("/issue apples: 1 kg rotten");
    await lin.hears(/#1 Ben/);
    await person("Ada").says("/issue apples 0.5 kg bruised");
    await lin.hears(/#2 Ada/);
    await person("Lin2").says("/issue apples were late");
    await lin.presses(await lin.hears(/#3 Lin2/), /Decline/);
    await lin.presses(await lin.hears(/🛠❓ #3/), /too late/);
    await person("Lin2").hears(/cannot refund/);

    await lin.says("/issue list");
    const list = await lin.hears(
      /#1 Ben[\s\S]*– open\n🛠 #2 Ada[\s\S]*– open\n🛠 #3 Lin2[\s\S]*– declined: It was reported too late/,
    );
    await lin.presses(list, /Replace/);
    await person("Ben").hears(/will be replaced/);
    await lin.says("/issue claim");
    const claim = await lin.hears(/Claim for/);
    expect(claim.text).toMatch(
      /\n1\. Apples 1\.5 kg\n {3}1 kg: “apples: 1 kg rotten”\n {3}0\.5 kg: “apples 0\.5 kg bruised”\n\nAt our cost: \$4\.50$/i,
    );
    expect(claim.text).not.toMatch(/Ada|Ben|late/);
  });

  test("of one line is refunded once, however often it is reported, and never beyond what the line costs", async () => {
    const { lin, person, town, buy } = await closedBuy("Eggs $4/box\nBread $3", {
      Ada: "2 eggs, 1 bread",
      Ben: "3 eggs",
    });
    const ada = person("Ada");
    await ada.says("/issue 2 eggs broken");
    await lin.hears(/#1 Ada about Eggs 2 box/i);
    await ada.says("/issue 2 eggs broken");
    await ada.hears(/Added to what you said of Eggs before/);
    const told = await lin.hears(/#1 Ada about Eggs 2 box/i);
    expect(lin.heard(/#2 Ada/)).toBe(0);
    await lin.presses(told, /Refund \$8/);
    await ada.hears(/\$8 goes back to you/);

    await ada.says("/issue 2 eggs broken");
    const again = await lin.hears(/#2 Ada about Eggs 2 box[\s\S]*Refunded for the same goods before: \$8/i);
    expect(again.buttons.map(({ label }) => label)).toEqual(["Replace", "Decline"]);
    await lin.says("/issue 2 refund");
    await lin.hears(/Nothing of it is left to go back to Ada/);
    const about = await buy();
    expect((await town.store.entriesOf(about.community, about.id)).map(({ amount }) => amount)).toEqual([-800]);

    // Nothing was paid, so nothing can be kept.
    await lin.says("/settle");
    await lin.presses(await lin.hears(/📒/), /Settle/);
    await lin.hears(/is settled/);
    expect(ada.heard(/more than was due/)).toBe(0);
    await ada.says("/pay keep");
    await ada.hears(/nothing of yours to keep/);
  });

  test("is refunded in part by an amount behind its number, which is shown first; too much is refused", async () => {
    const { lin, person, town, buy } = await closedBuy(
      "苹果 5元/斤",
      { 王姐: "苹果5斤", 阿明: "苹果1斤" },
      undefined,
      "zh-hans",
    );
    const wang = person("王姐");
    await wang.says("/issue 苹果坏了两斤");
    await lin.hears(/#1 王姐 反映苹果 2斤/);
    await lin.says("/issue 1 退款 30");
    await lin.hears(/最多还可退给王姐 ¥25/);
    await lin.says("/issue 1 退款 只退5元");
    const preview = await lin.hears(/将退给王姐 ¥5/);
    expect(wang.heard(/退给您/)).toBe(0);
    await lin.presses(preview, /退¥5/);
    await wang.hears(/退给您¥5/);
    const about = await buy();
    expect((await town.store.entriesOf(about.community, about.id)).map(({ amount }) => amount)).toEqual([-500]);
  });

  test("without a quantity asks who has it how much, and the leader is offered no refund of everything", async () => {
    const { lin, person, town, buy } = await closedBuy(
      "苹果 5元/斤",
      { 王姐: "苹果5斤", 阿明: "苹果1斤" },
      undefined,
      "zh-hans",
    );
    const wang = person("王姐");
    await wang.says("/issue 3栋501的苹果坏了两个");
    const question = await wang.hears(/您的苹果（5斤）坏了多少/);
    const told = await lin.hears(/#1 王姐 反映苹果（/);
    expect(told.buttons.map(({ label }) => label)).toEqual(["退款…", "补发", "不处理"]);
    await lin.presses(told, /退款…/);
    const how = await lin.hears(/退给王姐多少？/);
    expect(how.buttons.map(({ label }) => label)).toEqual(["退¥25"]);

    await wang.presses(question, /^2斤$/);
    const more = await lin.hears(/#1 王姐 反映苹果 2斤/);
    await lin.presses(how, /退¥25/); // said before the quantity was known
    await lin.hears(/将退给王姐 ¥25/);
    await lin.presses(more, /退¥10/);
    await wang.hears(/退给您¥10/);
    const about = await buy();
    expect((await town.store.entriesOf(about.community, about.id)).map(({ amount }) => amount)).toEqual([-1000]);
  });

  test("is reported, decided and refunded after the settlement too, whose sums follow", async () => {
    const { chat, lin, person, town, buy } = await closedBuy("Eggs $4/box", { Ada: "2 eggs", Ben: "3 eggs" });
    const ada = person("Ada");
    await lin.says("/pickup at 302");
    await lin.presses(await lin.hears(/2 people will be told/), /Send/);
    await ada.hears(/is ready/);
    await lin.says("/paid Ada");
    await lin.says("/settle");
    await lin.presses(await lin.hears(/Goods: \$20[\s\S]*can still report problems until/), /Settle/);
    await chat.posted(/To pay in all: \$20/);

    await ada.says("/issue 1 eggs broken");
    await lin.presses(await lin.hears(/#1 Ada about Eggs 1 box/i), /Refund \$4/);
    await ada.hears(/\$4 goes back to you/);
    const corrected = await chat.posted(/Corrected[\s\S]*Refund: −\$4[\s\S]*To pay in all: \$16/);
    expect(corrected.text).not.toContain("Ada");
    await eventually("Ada is asked whether to keep it", () => ada.heard(/paid \$4 more than was due/) === 1);
    await lin.says("/refund Ben 2 small ones");
    await lin.presses(await lin.hears(/Ben: −\$2/), /Change/);
    await chat.posted(/Corrected[\s\S]*Refund: −\$6[\s\S]*To pay in all: \$14/);
    await ada.says("/picked");
    await ada.hears(/Ada has collected/);
    await lin.says("/pickup list");
    await lin.hears(/1 of 2 have collected/);
    const about = await buy();
    expect(about.status).toBe("settled");

    await town.later(4 * 24 * 3_600_000);
    await ada.says("/issue 1 eggs broken", { at: new Date(Date.now() + 4 * 24 * 3_600_000) });
    await ada.hears(/time to report problems with .* ended/);
  });

  test("that cannot be told from the words is asked back with what there is", async () => {
    const { person, town } = await closedBuy(ANNOUNCEMENT, ORDERS);
    const ada = person("Ada");

    await ada.says("/issue it was bad");
    await ada.hears(
      /can't tell which of your goods “it was bad” is about[\s\S]*like: \/issue Apples, 2 were bad\. Yours are: Apples, Dumplings/i,
    );
    await ada.says("/issue");
    await ada.hears(/^Write what is wrong/);
    await ada.says("/issue list");
    await ada.hears(/can't tell which/);
    await town.later(4 * 24 * 3_600_000);
    await eventually("the time for problems has ended", async () => {
      await ada.says("/issue apples bad", { at: new Date(Date.now() + 4 * 24 * 3_600_000) });
      return ada.heard(/time to report problems/) > 0;
    });
  });
});
