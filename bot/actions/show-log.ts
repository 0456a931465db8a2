import { lateOrdersOf } from "../late.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { lateText } from "../replies/late-text.ts";
import { logLine, namedIn } from "../replies/log-text.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { BuyStatus } from "../store.ts";
import { askAgain } from "./choices.ts";
import { pickBuy, pickEnded, SHOWN } from "./pick-buy.ts";
import { resend } from "./resend.ts";

/** Entries on a page: with the longest of them it is one message. */
const PAGE = 15;

const LOGGED: readonly BuyStatus[] = [...SHOWN, "cancelled"];

const ALL = /^(?:all|community|全部|社区|社區|社群)(?:\s+([1-9]\d{0,3}))?$/iu;

/** What has a message sent again that may not have arrived, by what its id begins with. */
const SEND = /^(?:send|again|重发|再发|重發|再發)\s+([0-9a-f]{8})$/iu;

/**
 * `/log`: who did what when to a buy, the newest first; with a number an older page. `all`: what concerns no buy but the
 * community. `send`: once more what may not have arrived. Below the newest: what came too late for the list and waits for a leader. For leaders' eyes only.
 */
export async function readLog(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const [isAll, page = 1] = ALL.exec(rest) ?? [];
  if (isAll !== undefined) return showLog(parts, doer, doer.place.community.id, Number(page));
  const [, unsent] = SEND.exec(rest) ?? [];
  if (unsent !== undefined) return resend(parts, doer, unsent.toLowerCase());
  if (rest !== "" && !/^[1-9]\d{0,3}$/.test(rest)) {
    const choices = [
      { label: words.choices.newest, rest: [] },
      { label: words.choices.whole, rest: ["all"] },
    ];
    return askAgain(parts, doer, say(words.logHow, { command }), { choices });
  }
  const buys = await parts.store.buysOf(doer.place);
  const pick = buys.some(({ status }) => status === "open") ? pickBuy : pickEnded;
  const buy = await pick(parts, doer, command, LOGGED);
  if (buy) await showLog(parts, doer, buy.id, Number(rest || 1));
}

/** @param about  a buy's id, or the community's for what concerns no buy */
export async function showLog(parts: Parts, doer: Doer, about: string, page: number): Promise<void> {
  const { community } = doer.place;
  const buy = about === community.id ? undefined : await parts.store.findBuy(community.id, about);
  if (about !== community.id && !buy) return;
  const words = wordsOf(doer.language);
  const window = { most: PAGE + 1, skip: (page - 1) * PAGE };
  const { entries, names, late } = await parts.store.look(async (tx) => {
    const found = await tx.logOf(community.id, { buy: buy?.id ?? null, ...window });
    const waiting = buy && page === 1 ? await lateOrdersOf(parts, tx, buy) : [];
    const people = [...new Set([...found.flatMap(namedIn), ...waiting.map(({ person }) => person)])];
    const named = await tx.namesOf(people.map((person) => ({ community: community.id, person })));
    return { entries: found, names: named, late: lateText(waiting, named, words) };
  });
  const shown = entries.slice(0, PAGE);
  const title = buy?.terms.title ?? community.name;
  const written = (no: number) =>
    ["/log", buy ? "" : "all", no === 1 ? "" : no].filter((part) => part !== "").join(" ");
  if (shown.length === 0) {
    const text = page > 1 ? words.logEnd : say(words.logEmpty, { title });
    const newest = page > 1 ? [[{ label: words.choices.newest, data: `log:${about}:1`, words: written(1) }]] : [];
    return whisper(parts, doer, { text, publicly: words.notPublicly, buttons: newest });
  }
  const facts = { buy, names, zone: community.zone };
  const text = [
    say(words.logHead, { title, page }),
    ...shown.map((entry) => `• ${logLine(entry, facts, words)}`),
    ...late,
  ];
  const older = [[{ label: words.logOlder, data: `log:${about}:${page + 1}`, words: written(page + 1) }]];
  whisper(parts, doer, {
    ...{ text: text.join("\n"), publicly: words.notPublicly },
    ...(entries.length > PAGE && { buttons: older }),
  });
}
