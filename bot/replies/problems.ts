import type { DraftProblem } from "../../core/announce/draft.ts";
import { say, time } from "./replies.ts";
import type { Words } from "./words.ts";

/** What a leader should say better in an announcement, as a sentence. */
export function problemText(problem: DraftProblem, zone: string, words: Words): string {
  const about = aboutOf(problem, zone, words);
  const { items, price, closesAt, pickup, other } = words.problems;
  const sentence = { items, price, closesAt, pickup }[problem.field as "items"] ?? other;
  return say(sentence, { about: about ? ` (${about})` : "" });
}

function aboutOf(problem: DraftProblem, zone: string, words: Words): string {
  if ("item" in problem) return problem.item;
  if ("closesAt" in problem) return time(problem.closesAt, zone, words);
  return "text" in problem ? problem.text : "";
}
