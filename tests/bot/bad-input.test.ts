import { describe, expect, test } from "vitest";
import { FakeChat } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";

/** What is said, and what the answer must hold: what was understood, and an example or the choices. */
interface Row {
  readonly says: string;
  readonly hears: RegExp;
  readonly buttons?: number;
}

const LANGUAGES: readonly {
  readonly language: "en" | "zh-hans" | "zh-hant";
  readonly announcement: string;
  readonly orders: Readonly<Record<string, string>>;
  readonly short: string;
  readonly rows: readonly Row[];
  readonly residents: readonly Row[];
}[] = [
  {
    language: "en",
    announcement: "Apples $5/kg, pears $6/kg",
    orders: { Ada: "2 kg apples, 1 kg pears", Ben: "1 kg apples" },
    short: "/arrive apples 2",
    rows: [
      {
        says: "/po maybe",
        hears: /“maybe” is nothing I can note[\s\S]*\/po 1 – Mark as sent[\s\S]*\/po 5 – It is here/,
      },
      {
        says: "/arrive",
        hears:
          /like: \/arrive apples 48\/50[\s\S]*\/arrive Apples (?:Ada 2kg|Ben 1kg)\nBooked: Apples 3 kg, pears 1 kg/i,
      },
      { says: "/arrive melons 3", hears: /“melons 3”: I can't tell[\s\S]*like: \/arrive/ },
      { says: "/short somehow", hears: /like: \/short Apples (?:Ada 2kg|Ben 1kg)\nShort: Apples/i, buttons: 3 },
      {
        says: "/short apples Zoe 1",
        hears: /“apples Zoe 1”: nobody[\s\S]*(?:Ada, Ben|Ben, Ada)[\s\S]*like: \/short/i,
        buttons: 3,
      },
      { says: "/pack boxes", hears: /“boxes”[\s\S]*\/pack items · \/pack table · \/pack labels/ },
      { says: "/pickup", hears: /like: \/pickup at 302[\s\S]*\/pickup list[\s\S]*\/pickup keep/ },
      { says: "/pickup at 302, yesterday 18:00-19:00", hears: /has passed[\s\S]*like: \/pickup/ },
      { says: "/pickup keep", hears: /like: \/pickup keep until 21:00[\s\S]*Now: –/ },
      { says: "/picked Zoe", hears: /Zoe has no order[\s\S]*like: \/picked/ },
      { says: "/picked Ada apples 7", hears: /not so much left for Ada[\s\S]*• Apples 2 kg/i },
      {
        says: "/refund Ada",
        buttons: 2,
        hears: /Ada: To pay: \$16[\s\S]*\/refund Ada 5 two were bad[\s\S]*have ordered: Ada, Ben/,
      },
      { says: "/delivery", hears: /\/delivery 20 – shared equally[\s\S]*\/delivery 20 by value/ },
      { says: "/discount much", hears: /read “much”[\s\S]*\/discount Ada 2 helped/ },
      { says: "/issue 7 refund", hears: /no problem number 7[\s\S]*\/issue list/ },
    ],
    residents: [
      { says: "/issue", hears: /like: \/issue Apples, 2 were bad\. Yours are: Apples, pears/i },
      { says: "/issue it was bad", hears: /“it was bad”[\s\S]*like: \/issue/ },
      { says: "/picked Ben", hears: /Only a leader/ },
      { says: "/po", hears: /Only a leader/ },
      { says: "/my yes", hears: /no open offer/ },
    ],
  },
  {
    language: "zh-hans",
    announcement: "苹果5元/斤，梨6元/斤",
    orders: { 王姐: "苹果2斤，梨1斤", 阿明: "苹果1斤" },
    short: "/arrive 苹果2",
    rows: [
      { says: "/po 随便", hears: /“随便”不是采购单能记的[\s\S]*\/po 1 – 已发给供应商[\s\S]*\/po 5 – 到了/ },
      {
        says: "/arrive",
        hears: /例如：\/arrive 苹果 48\/50[\s\S]*\/arrive 苹果 (?:王姐 2斤|阿明 1斤)\n已订：苹果 3斤，梨 1斤/,
      },
      { says: "/arrive 西瓜 3", hears: /“西瓜 3”：看不出[\s\S]*例如：\/arrive/ },
      { says: "/short 随便", hears: /例如：\/short 苹果 (?:王姐 2斤|阿明 1斤)\n缺货：苹果/, buttons: 3 },
      {
        says: "/short 苹果 小李 1",
        hears: /“苹果 小李 1”：没有这个名字[\s\S]*(?:王姐，阿明|阿明，王姐)[\s\S]*例如：\/short/,
        buttons: 3,
      },
      { says: "/pack 箱子", hears: /“箱子”[\s\S]*\/pack 商品 · \/pack 表 · \/pack 标签/ },
      { says: "/pickup", hears: /例如：\/pickup 302门口[\s\S]*名单[\s\S]*保留/ },
      { says: "/pickup 302门口，昨天18:00-19:00", hears: /已经过了[\s\S]*例如：\/pickup/ },
      { says: "/pickup 保留", hears: /例如：\/pickup 保留 到21:00[\s\S]*现在：–/ },
      { says: "/picked 小李", hears: /小李 在[\s\S]*没有订单[\s\S]*例如：\/picked/ },
      { says: "/picked 王姐 苹果7", hears: /王姐 没有这么多可取[\s\S]*• 苹果 2斤/ },
      { says: "/issue 7 退款", hears: /没有第7号[\s\S]*\/issue 名单/ },
    ],
    residents: [
      { says: "/issue", hears: /例如：\/issue 苹果坏了2个。您的有：苹果，梨/ },
      { says: "/issue 坏了", hears: /“坏了”[\s\S]*例如：\/issue/ },
      { says: "/picked 阿明", hears: /只有/ },
      { says: "/po", hears: /只有/ },
      { says: "/my 要", hears: /没有给您留的/ },
    ],
  },
  {
    language: "zh-hant",
    announcement: "蘋果60元/斤，梨子50元/斤",
    orders: { 王姐: "蘋果2斤，梨子1斤", 阿明: "蘋果1斤" },
    short: "/arrive 蘋果2",
    rows: [
      { says: "/po 隨便", hears: /「隨便」不是採購單能記的[\s\S]*\/po 1 [\s\S]*\/po 5 / },
      {
        says: "/arrive",
        hears: /例如：\/arrive 蘋果 48\/50[\s\S]*\/arrive 蘋果 (?:王姐 2斤|阿明 1斤)\n已訂：蘋果 3斤，梨子 1斤/,
      },
      { says: "/arrive 西瓜 3", hears: /「西瓜 3」：看不出[\s\S]*例如：\/arrive/ },
      { says: "/short 隨便", hears: /例如：\/short 蘋果 (?:王姐 2斤|阿明 1斤)\n缺貨：蘋果/, buttons: 3 },
      { says: "/short 蘋果 小李 1", hears: /「蘋果 小李 1」：沒有這個名字[\s\S]*例如：\/short/, buttons: 3 },
      { says: "/pack 箱子", hears: /「箱子」[\s\S]*\/pack 商品 · \/pack 表 · \/pack 標籤/ },
      { says: "/pickup", hears: /例如：\/pickup 302門口[\s\S]*名單[\s\S]*保留/ },
      { says: "/pickup 302門口，昨天18:00-19:00", hears: /已經過了[\s\S]*例如：\/pickup/ },
      { says: "/pickup 保留", hears: /例如：\/pickup 保留 到21:00/ },
      { says: "/picked 小李", hears: /小李 在[\s\S]*例如：\/picked/ },
      { says: "/picked 王姐 蘋果7", hears: /王姐 沒有這麼多可取[\s\S]*• 蘋果 2斤/ },
      { says: "/issue 7 退款", hears: /沒有第7號[\s\S]*\/issue 名單/ },
    ],
    residents: [
      { says: "/issue", hears: /例如：\/issue 蘋果壞了2個。您的有：蘋果，梨子/ },
      { says: "/issue 壞了", hears: /「壞了」[\s\S]*例如：\/issue/ },
      { says: "/picked 阿明", hears: /只有/ },
      { says: "/po", hears: /只有/ },
      { says: "/my 要", hears: /沒有給您留的/ },
    ],
  },
];

describe("a command that cannot be carried out as it is says what it understood, and what to write", () => {
  for (const { language, announcement, orders, short, rows, residents } of LANGUAGES) {
    test(language, async () => {
      const { lin, person } = await closedBuy(announcement, orders, new FakeChat(), language);
      await lin.says(short);
      await lin.presses(await lin.hears(/⚠️/), /Note|记下|記下/);
      await lin.hears(/came short|缺货|缺貨/);

      for (const { says, hears, buttons } of rows) {
        await lin.says(says);
        const answer = await lin.hears(hears);
        if (buttons !== undefined) expect(answer.buttons, says).toHaveLength(buttons);
      }
      const resident = person(Object.keys(orders)[0]!);
      for (const { says, hears } of residents) {
        await resident.says(says);
        await resident.hears(hears);
      }
    });
  }
});
