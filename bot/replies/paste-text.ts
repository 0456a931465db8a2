import type { Verdict } from "../../core/buy/ledger.ts";
import { question, questionOfOption } from "../actions/question.ts";
import { isEmpty, type SeenPaste } from "../paste.ts";
import type { Line } from "../store.ts";
import { lineText } from "./layout.ts";
import { quantity, say } from "./replies.ts";
import type { Words } from "./words.ts";

/** What a leader is shown of a paste: who would have what, and what to look at. */
export function pasteText(seen: SeenPaste, command: string, words: Words): string {
  const { buy, changes, unchanged, after, plan } = seen;
  const fresh = changes.filter(({ before }) => before.length === 0);
  const changed = changes.filter(({ before }) => before.length > 0);
  const sums = after.tally.items.flatMap(({ item, booked, waitlisted }) => {
    const { name, unit } = buy.terms.items[item - 1]!;
    const waiting = waitlisted > 0 ? ` ${say(words.waits, { quantity: quantity(waitlisted, unit) })}` : "";
    return booked + waitlisted > 0 ? [`• ${name} ${quantity(booked, unit)}${waiting}`] : [];
  });
  const doubts = doubtTexts(seen, command, words);
  return [
    say(words.importHead, { title: buy.terms.title }),
    ...section(
      words.importNew,
      fresh.map((each) => `+ ${each.name}${words.colon}${goods(seen, each.after, words)}`),
    ),
    ...section(
      words.importChanged,
      changed.map((each) => {
        return `± ${each.name}${words.colon}${goods(seen, each.before, words)} → ${goods(seen, each.after, words)}`;
      }),
    ),
    ...(unchanged > 0 ? ["", words.importSame(unchanged)] : []),
    ...section(words.importLook, doubts),
    ...(isEmpty(plan) ? ["", words.importNothing] : section(words.byItem, sums)),
  ].join("\n");
}

function section(head: string, rows: readonly string[]): string[] {
  return rows.length > 0 ? ["", head, ...rows] : [];
}

function goods({ buy }: SeenPaste, lines: readonly Line[], words: Words): string {
  return lines.length > 0 ? lines.map((line) => lineText(buy, line, words)).join(words.comma) : "–";
}

function doubtTexts(seen: SeenPaste, command: string, words: Words): string[] {
  const { plan, namesakes, alike, twofold, after } = seen;
  const planned = new Map([...plan.statements, ...plan.edits].map((each) => [each.id, each]));
  const verdicts = after.verdicts.filter(({ id }) => planned.has(id));
  return [
    ...plan.doubts.map((doubt) => say(words.importDoubts[doubt.type], { ...doubt, command })),
    ...verdicts.flatMap((verdict) => {
      const { name, text } = planned.get(verdict.id)!;
      const asked = questionTexts(seen, verdict, words);
      return asked.map((each) => say(words.importUnclear, { name, text: shortly(text), question: each }));
    }),
    ...namesakes.map((name) => say(words.importNamesake, { name })),
    ...alike.map(([name, other]) => say(words.importAlike, { name, other })),
    ...twofold.map((name) => say(words.importTwofold, { name })),
  ].map((text) => `⚠️ ${text}`);
}

/** What a person would be asked who had said it here. */
function questionTexts({ buy, plan }: SeenPaste, verdict: Verdict, words: Words): string[] {
  if (verdict.outcome === "unclear") {
    // Lines that cannot be read are among the doubts already.
    const isKnown = verdict.reason === "item" && plan.doubts.some(({ type }) => type === "unread");
    return isKnown && verdict.candidates === undefined ? [] : [question(buy, verdict, words, "").text];
  }
  if (!("optionMissing" in verdict)) return [];
  return verdict.optionMissing.map((item) => questionOfOption(buy, item, words, "").text);
}

/** A chain's last line, or the words. */
function shortly(text: string): string {
  const line = text.trim().split("\n").at(-1) ?? "";
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
