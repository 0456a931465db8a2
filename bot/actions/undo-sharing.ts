import { type Doer, type Parts, sourceOf } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Allotment, Buy, ChangeTx } from "../store.ts";
import { actOnce } from "./act-once.ts";
import { entryOf } from "./cuts.ts";
import { suppliedLines } from "./handed-lines.ts";
import { isNoticed } from "./shortage.ts";

/** `/short undo`, told to the doer. */
export async function undoSharing(parts: Parts, doer: Doer, { id }: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  await actOnce(parts, doer, id, async (tx, buy) => {
    const refusal = await whySharingStays({ tx, doer, buy });
    if (refusal) return refusal;
    const cut = await takeBackSharing(tx, doer, buy);
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "sharing-undone", buy: buy.id },
      ...{ source: sourceOf(doer), before: { allotted: cut } },
    });
    return words.shortUndone;
  });
}

/** Why what was shared out stays so. */
export async function whySharingStays({ tx, doer, buy }: { tx: ChangeTx; doer: Doer; buy: Buy }) {
  const words = wordsOf(doer.language);
  const supplied = await suppliedLines(tx, buy);
  if (!supplied.some(({ allotted }) => allotted.short)) return words.shortNothingDone;
  if (await isNoticed(tx, buy)) return say(words.shortTooLate, { title: buy.terms.title });
  return supplied.some(({ allotted }) => allotted.short && allotted.weighed) ? words.shortWeighed : undefined;
}

/** Everybody gets what they ordered again, and pays it. What had been cut. */
export async function takeBackSharing(tx: ChangeTx, doer: Doer, buy: Buy): Promise<readonly Allotment[]> {
  const cut = (await tx.allotmentsOf(buy)).filter(({ kind }) => kind === "short");
  await tx.forgetAllotments(buy, "short");
  const given = cut.filter(({ refund }) => refund > 0);
  const { takenBack } = wordsOf(buy.language);
  await tx.addEntries(
    buy,
    given.map((each) => entryOf(buy, doer, { ...each, wanted: 0 }, each.refund, takenBack)),
  );
  return cut;
}
