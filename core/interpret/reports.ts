import type { Folded } from "../text/fold.ts";
import { is, type Token } from "./tokens.ts";

/** Those one shares a table with, besides what the words of relations hold. */
const HOUSEHOLD =
  /^(?:我家|我们家|俺家|咱家|家里|屋企|my )?(?:那位|那口子|那个|领导|老大|主子|猫|狗|猫咪|狗狗|毛孩子|奶奶|爷爷|外婆|外公|婆婆|公公|老板娘|小朋友|小的|大的|孩子|小孩|娃|娃娃|宝宝|女儿|儿子|闺女|家里人?|屋企人?|老人|老人家|太太|先生|媳妇|阿女|阿仔|囡囡|仔仔|wife|husband|hubby|kids?|boys?|girls?|missus|missis|other half|better half|partner|mum|mom|mother|dad|father|son|daughter|family)$/;

const SAYS =
  /^(?:说|讲|话|说了|说是|说还|说想|说她|说他|说我们|叫我|让我|喊我|要我|嘱咐我|吩咐我|says?|says to|said|said to|told me to|asked me to|wants me to|tells me to|reminded me to)$/;

/** Words from the household to the wish. */
const REACH = 6;

/** 我家那位说再拿一盆, "hubby says get 2 trays": what the household says is the sender's own wish. */
export function withoutReports(tokens: readonly Token[], folded: Folded): readonly Token[] {
  if (!tokens.some(({ text }) => SAYS.test(text))) return tokens;
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const starts = at === 0 || tokens[at - 1]!.kind === "break" || is(tokens[at - 1], "polite", "please");
    const wish = starts ? reportedWish(tokens, at, folded) : at;
    if (wish > at) at = wish - 1;
    else out.push(tokens[at]!);
  }
  return out;
}

/** Where the wish begins that is reported at `at`; `at` where none is. */
function reportedWish(tokens: readonly Token[], at: number, { text }: Folded): number {
  let says = at + 1;
  while (says - at < REACH && says < tokens.length && !SAYS.test(tokens[says]!.text)) says++;
  if (!SAYS.test(tokens[says]?.text ?? "")) return at;
  const who = text.slice(tokens[at]!.start, tokens[says - 1]!.end);
  if (!HOUSEHOLD.test(who) && !(says === at + 1 && is(tokens[at], "relation") && HOUSEHOLD_RELATION.test(who)))
    return at;
  let wish = says + 1;
  while (
    wish - says < REACH &&
    /^(?:to|we|i|you|also|还|也|她|他|佢|帮|帮她|帮他|给她|给他|the|can|我|我们)$/.test(tokens[wish]?.text ?? "")
  )
    wish++;
  if (tokens[wish]?.kind === "item" && is(tokens[wish + 1], "wish", "add", "verb")) return wish; // 女儿说草莓要大的两盒
  const wishes = is(tokens[wish], "wish", "head", "add", "verb") && !is(tokens[wish], "ask", "cancel");
  const counted = tokens[wish + 1]?.kind === "item" ? tokens[wish + 2] : tokens[wish + 1];
  return wishes && counted?.kind === "amount" ? wish : at;
}

const HOUSEHOLD_RELATION =
  /[妈爸公婆爷奶姥老豆母弟妹姐哥儿女媳]|^(?:my )?(?:mum|mom|mummy|mother|dad|daddy|father|wife|husband|hubby|son|daughter)$/;
