import { tallyOf } from "../../core/tally.ts";
import { fileName } from "../files/copy.ts";
import { drawPoster, type Poster } from "../files/picture.ts";
import { type Doer, give, type Parts, whisper } from "../parts.ts";
import type { Document } from "../ports.ts";
import { pickupPoster, tallyPoster } from "../replies/posters.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy } from "../store.ts";
import { buyFacts } from "./buy-facts.ts";
import { noWay } from "./export-buy.ts";
import { checkMay } from "./may-lead.ts";
import { pickBuy, pickEnded, SHOWN, UNDER_WAY } from "./pick-buy.ts";

const PICTURE = /^(?:pictures?|image|photo|png|图|图片|照片|圖|圖片)$/i;

/** Whether what stands behind a command asks for a picture. */
export const asksForPicture = (text: string): boolean => PICTURE.test(text);

/** `/tally picture`: what all have ordered, to be passed on. For leaders and helpers: drawing takes its time. */
export async function showTallyPicture(parts: Parts, doer: Doer, command: string): Promise<void> {
  if (!(await checkMay(parts, doer, "helper", command))) return;
  const buy = await pickBuy(parts, doer, command, SHOWN);
  if (!buy) return;
  const { items, people } = await parts.store.sumsOf(buy.community, buy.id);
  const tally = tallyOf(buy.terms, items);
  const { zone } = doer.place.community;
  // In the buy's language, since it is for others.
  await draw(
    parts,
    doer,
    command,
    buy,
    tallyPoster(buy, tally, people, await parts.store.now(), zone, wordsOf(buy.language)),
  );
}

/** `/pickup picture`: who gets what, in walking order, to be ticked. */
export async function showPickupPicture(parts: Parts, doer: Doer, command: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  const facts = await parts.store.look((tx) => buyFacts(tx, buy));
  if (facts.bags.length === 0) {
    return whisper(parts, doer, { text: say(wordsOf(doer.language).pickupNobody, { title: buy.terms.title }) });
  }
  const { zone } = doer.place.community;
  await draw(parts, doer, command, buy, pickupPoster(facts, await parts.store.now(), zone, wordsOf(buy.language)));
}

async function draw(parts: Parts, doer: Doer, command: string, buy: Buy, poster: Poster): Promise<void> {
  const words = wordsOf(doer.language);
  const { title } = buy.terms;
  const drawn = await drawPoster(poster, buy.language);
  if ("none" in drawn) {
    const why = { "not-installed": words.pictureMissing, "too-long": words.pictureTooLong }[drawn.none];
    return whisper(parts, doer, { text: say(why, { title }) });
  }
  const pictures = drawn.map((data, index): Document => {
    const page = drawn.length > 1 && index + 1;
    return {
      ...{ name: fileName([title, buy.no, page], "png"), data, isPicture: true },
      ...(index === 0 && { caption: say(words.exportDone, { title, no: buy.no }) }),
    };
  });
  give(parts, doer, pictures, noWay(parts, doer, command, buy));
}
