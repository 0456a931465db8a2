import { sum } from "../../core/sum.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Allotment, Asked, Buy, ChangeTx } from "../store.ts";
import { carryOut, preview } from "./confirm.ts";
import { entryOf } from "./cuts.ts";
import { suppliedLines } from "./handed-lines.ts";
import { isNoticed } from "./shortage.ts";

/** `/short undo`: shows how many get what they ordered again, and pay it. */
export async function proposeUnsharing(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const { refusal, cut } = await parts.store.look(async (tx) => ({
    refusal: await whySharingStays({ tx, doer, buy }),
    cut: (await tx.allotmentsOf(buy)).filter(({ kind }) => kind === "short"),
  }));
  if (refusal) return whisper(parts, doer, { text: refusal });
  const amount = money(sum(cut.map(({ refund }) => refund)), buy.terms.currency);
  const people = words.persons(new Set(cut.map(({ person }) => person)).size);
  const text = say(words.shortUndoPreview, { title: buy.terms.title, people, amount });
  await preview(parts, doer, "unshare", { buy: buy.id }, text, words.undoButton);
}

/** The leader's yes. */
export async function undoSharing(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const words = wordsOf(doer.language);
  const { buy: id } = asked.data as { readonly buy: string };
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
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
