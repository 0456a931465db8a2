import type { Clause } from "./clauses.ts";
import { saidIn } from "./finding.ts";
import type { Message } from "./message.ts";
import { is } from "./tokens.ts";

/** 开玩笑的, 不是我的, 我没订, "not mine", "just kidding": no order, whatever was said before. */
const DENIED =
  /^(?:我|哈+|嘿+|嘻+|那|这|都)*(?:开个?玩笑|逗你|骗你|(?:说|讲)笑|不是我|唔系我|(?:没|冇|未)(?:有)?(?:订|定|要|买|点|报|下单)(?:过|的)?(?:这|这个|啊|呀|呢)*$|(?:记|搞|看|认|弄)错)|^(?:(?:only |just )?(?:kidding|joking)|jk|lol jk|not mine|(?:that'?s|they'?re|it'?s|is|are) not (?:mine|ours)|(?:i|we) (?:didn'?t|did not|never|haven'?t) order(?:ed)?(?: (?:that|those|any|it|them))?)$/;

/** 坏了, 不新鲜, 发错了, 没收到: goods that came, or did not come. */
const HARMED =
  /(?:坏|烂|臭|馊|霉|碎|破|裂|蔫|瘪|死|酸)(?:了|掉|得|死|的$|咗)|(?:不|唔)(?:新鲜|熟)|(?:发|送|给|拿|装|寄|搞|弄|称)(?:错|少|漏)|(?:没|未|还没|冇)(?:有)?(?:收到|拿到|送到|到货|发|送)|(?:少|漏|缺|差)了|退(?:货|款|一下|了|我|吧)|缺斤|怎么(?:才|只)|只(?:有|收到|拿到|给了)/;
const HARMED_ENGLISH =
  /(?:^| )(?:rotten|mou?ldy|stale|bruised|cracked|broken|damaged|smashed|squashed|leaking|leaked|expired|spoil(?:t|ed)|(?:gone|went) off|(?:was|were|are|is|all|some|half) (?:\w+ )?bad|never (?:came|arrived|received)|(?:didn't|did not|hasn't|haven't|not) (?:come|arrive|arrived|received?|delivered)|wrong (?:size|one|ones|item|colou?r|flavou?r|kind|type)|(?:one|some|two|three|\d) missing|missing$|still waiting|where (?:are|is) (?:they|it|mine)|only (?:got|received)|refund)(?: |$)/;

/** Wished away, feared, or of other goods: 不要坏的, 上次烂了几个, "no cracked ones", "mine went off". */
const NOT_OF_THESE =
  /不要|唔要|别|挑|选|怕|免得|上次|上回|以前|之前|昨|前天|家里|屋企|我家|自家|超市|的都|买的|如果|要是|吗|(?:^| )(?:no|not (?:the|too|any)|don't|dont|avoid|without|if|hope|last|mine (?!are|is)|my|ours|our|old|pls|cos|because|since|supermarket|shop|any)(?: |$)/;

/** 已取, 放门口了, "left at the door", "spare": goods that are there. */
const THERE =
  /^(?:我|都|东西|货|已经?|刚刚?|全部?)*(?:取|拿|领|提|收|攞|拎)(?:到|走|好|完)?(?:了|咗)$|^已(?:取|拿|领|提|收)|放(?:在|到)?.{1,6}了$|^(?:谁|有人|有没有人|哪位|边个)(?:还)?(?:要|想要|需要|接手)|^(?:转让?|让)给|^送给(?=大家|各位|有|谁|需要|邻居|你|想)|^(?:我|我们)?(?:上次|上回|昨天|前天|之前|上周|去年)(?:买|订|定|拿|要|下单)的$|够(?:不够|吗|么)$|^(?:货|东西|已经?|都|刚)*到(?:货|了|啦|咗)+$|^(?:有点|有些)?太多了?|^(?:我们?|都)?[吃喝用]不[完了]/;
const THERE_ENGLISH =
  /^(?:just |already |i've |have |all )*(?:collected|picked up|fetched|delivered)(?: thanks| thank you)?$|^(?:i )?(?:left|leaving|put) (?:it |them )?(?:at|by|in|on|outside) |^(?:going )?spare$|^ordered (?:on|last|since|yesterday|days?|weeks?|ages)(?: |$)|^(?:free to|anyone (?:want|need|fancy)|who wants|any takers)|(?:is|are|will) (?:that|they|it|this) (?:be )?enough/;

/**
 * Whether what follows a line takes back that it is an order: 鸡蛋一板，碎了三个 complains, 苹果两斤，谁要 offers,
 * "1 loaf, not mine" denies, though the first half alone would order. @source message language, 1.5
 *
 * @param signed  it was ordered with a sign: +2
 */
export function isUnsaid(message: Message, signed: boolean): boolean {
  const [first, ...following] = message.clauses;
  if (!first || following.length === 0) return false;
  const plain =
    !signed &&
    !first.tokens.some((token) =>
      is(token, "wish", "head", "please", "add", "less", "less-after", "set", "swap", "cancel", "join"),
    );
  return following.some((clause) => {
    const said = saidIn(message, clause);
    const joined = said.replaceAll(" ", "");
    if (DENIED.test(said) || DENIED.test(joined)) return true;
    return plain && (tellsOfHarm(clause, said, joined) || THERE.test(joined) || THERE_ENGLISH.test(said));
  });
}

function tellsOfHarm({ tokens, asked }: Clause, said: string, joined: string): boolean {
  if (NOT_OF_THESE.test(said) && !/(?:didn't|haven't|hasn't|not|never) |where /.test(said)) return false;
  if (tokens.some((token) => is(token, "wish", "head", "condition", "later"))) return false;
  if (/(?:^| )not (?:the|too|any) |不要|唔要|别/.test(said)) return false;
  return HARMED_ENGLISH.test(said) || (!asked && HARMED.test(joined));
}

const COOKING =
  /[大中小文武]火|[炒炖焖焯煎炸]|腌|勺|少许|适量|下锅|出锅|分钟|小时|切[丝片块丁]|(?<![a-z])(?:mash|bake|stir|simmer|fry|boil|roast|whisk|preheat|tbsp|tsp|tablespoons?|teaspoons?|mins?|minutes|handful|pinch|chopped|recipe|tip)(?![a-z])/g;

/** 土豆2斤切丝，醋一勺，大火快炒: what is cooked, and with how much. @source message language, 1.6 (recipes are none) */
export function isRecipe({ folded, tokens }: Message): boolean {
  if (tokens.some((token) => is(token, "head", "please", "add", "join", "mine-word"))) return false;
  return new Set(folded.text.match(COOKING) ?? []).size >= 3;
}
