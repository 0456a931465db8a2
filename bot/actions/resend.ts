import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { wordsOf } from "../replies/replies.ts";

/**
 * A leader has looked, and wants a message sent again that had not arrived for sure.
 *
 * @param outgoing  its id, or the first eight digits of that
 */
export async function resend(parts: Parts, doer: Doer, outgoing: string): Promise<void> {
  const { community } = doer.place;
  const outcome = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return "again";
    if (!(await tx.resend(community.id, outgoing))) return "gone";
    await tx.audit({
      community: community.id,
      actor: doer.person.id,
      verb: "message-sent-again",
      source: sourceOf(doer),
      after: { outgoing },
    });
    return "again";
  });
  if (outcome === "gone") whisper(parts, doer, { text: wordsOf(doer.language).draftGone });
  parts.wake();
}
