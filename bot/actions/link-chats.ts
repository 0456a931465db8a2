import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Asked } from "../store.ts";
import { tellLeaders } from "../tell-leaders.ts";
import { askAgain } from "./choices.ts";
import { preview } from "./confirm.ts";

/** For how long other chats may join by a code. */
const CODE_MS = 60 * 60_000;

/**
 * `/link` shows a code; with it, in another chat, that chat joins the community in which the code was shown, after a
 * preview: both share buys, stock and leaders from then on.
 */
export async function linkChats(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community, chat } = doer.place;
  if (!text) {
    const id = parts.clock.newId();
    const code = id.replaceAll("-", "").slice(-10); // random, all of it
    const expiresAt = new Date(doer.at.getTime() + CODE_MS);
    await parts.store.change((tx) =>
      tx.ask(community.id, chat, doer.person.id, { id, kind: "link", data: { code }, askedAt: doer.at, expiresAt }),
    );
    return whisper(parts, doer, { text: say(words.linkHow, { command, code }) });
  }
  const code = text.trim().toLowerCase();
  const target = await parts.store.look((tx) => tx.linkOf(code, doer.at));
  if (!target) {
    const choices = [{ label: words.choices.code, rest: [] }];
    return askAgain(parts, doer, say(words.linkUnknown, { command }), { choices });
  }
  if (target.community.id === community.id) return whisper(parts, doer, { text: words.linkSame });
  const { name, zone, currency } = target.community;
  const shown = `${say(words.linkPreview, { name, zone, currency })}\n${words.noWayBack}`;
  await preview(parts, doer, "link", { code }, shown, words.linkButton);
}

/** The yes: the chat joins, unless something in it is not over, which would be lost. */
export async function joinLinked(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const words = wordsOf(doer.language);
  const { place, person } = doer;
  const { community, chat } = place;
  const { code } = asked.data as { readonly code: string };
  const target = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    if (!(await tx.takeAsked(community.id, chat, person.id, asked))) return "gone";
    const found = await tx.linkOf(code, doer.at);
    if (!found || found.community.id === community.id) return "gone";
    if (!(await tx.joinCommunity(place, found.community.id))) return "busy";
    for (const { id } of [community, found.community]) {
      await tx.audit({ community: id, actor: undefined, verb: "chat-linked", source: sourceOf(doer) });
    }
    return found;
  });
  if (!target) return;
  if (target === "gone" || target === "busy") {
    return whisper(parts, doer, { text: target === "gone" ? words.changeGone : words.linkBusy });
  }
  await leadThere(parts, doer);
  const { name } = target.community;
  whisper(parts, doer, { text: say(words.linkDone, { name }) });
  await tellLeaders(parts, target, (each) => ({ text: say(each.linkTold, { name: community.name }) }));
}

/** Who led the chat leads the community that it has joined. */
async function leadThere(parts: Parts, { place, person, anonymous }: Doer): Promise<void> {
  if (anonymous) return;
  const ref = { id: place.externalChat, kind: place.kind };
  const joined = await parts.store.meetChat(place.platform, ref, parts.defaults);
  const { id } = await parts.store.meetPerson(joined, { id: person.externalId, name: person.name });
  await parts.store.change((tx) => tx.grantRole(joined.community.id, id, "leader", undefined));
}
