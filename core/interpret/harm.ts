import type { Clause } from "./clauses.ts";
import { saidIn } from "./finding.ts";
import type { Message } from "./message.ts";
import { is } from "./tokens.ts";

/** 坏了, 不新鲜, 发错了, 没收到: goods that came, or did not come. */
const HARM_CHINESE =
  /(?:坏|烂|臭|馊|霉|碎|破|裂|蔫|瘪|死|酸)(?:了|掉|得|死|的$|咗)|(?:不|唔)(?:新鲜|熟)|(?:发|送|给|拿|装|寄|搞|弄|称)(?:错|少|漏)|(?:没|未|还没|冇)(?:有)?(?:收到|拿到|送到|到货)|(?:少|漏|缺|差)了|退(?:货|款)|缺斤/;

const HARM_ENGLISH =
  /(?:^| )(?:rotten|mou?ldy|stale|bruised|cracked|broken|damaged|smashed|squashed|leaking|leaked|expired|spoil(?:t|ed)|(?:gone|went) off|(?:was|were|are|is|all|some|half) (?:\w+ )?bad|never (?:came|arrived|received)|(?:didn't|did not|hasn't|haven't|not) (?:come|arrive|arrived|received?|delivered)|wrong (?:size|one|ones|item|colou?r|flavou?r|kind|type)|(?:one|some|two|three|\d) missing|missing$)(?: |$)/;

/** Wished away, feared, or of other goods: 不要坏的, 上次烂了几个, "no cracked ones", "mine went off". */
const NOT_OF_THESE =
  /不要|唔要|别|挑|选|怕|免得|上次|上回|以前|之前|昨|前天|家里|屋企|我家|自家|超市|的都|买的|如果|要是|吗|(?:^| )(?:no|not (?:the|too|any)|don't|dont|avoid|without|if|hope|last|mine|my|ours|our|old|please|pls|cos|because|since|supermarket|shop|any)(?: |$)/;

/**
 * Whether a message tells of harm to goods beside naming them: 鸡蛋一板，碎了三个 and "1 loaf, stale" complain, though the
 * first half alone would order. @source message language, 1.5
 */
export function tellsOfHarm(message: Message): boolean {
  if (message.clauses.length < 2) return false; // within one clause the harm is talk beside the line
  return message.clauses.some((clause) => !clause.asked && isHarm(clause, saidIn(message, clause)));
}

function isHarm({ tokens }: Clause, said: string): boolean {
  if (NOT_OF_THESE.test(said)) return false;
  if (tokens.some((token) => is(token, "wish", "head", "condition", "later"))) return false;
  return HARM_CHINESE.test(said.replaceAll(" ", "")) || HARM_ENGLISH.test(said);
}
