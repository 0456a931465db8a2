/**
 * What asks for one's own order or for the state of the buy, in sentences too free for lists of phrases. Each pattern is
 * held against the folded text of one clause; its parts are bounded, so that reading stays linear.
 *
 * @source message language, 1.5 (what is left to pay and whether one's order went through; how many are left or missing)
 */
const UNIT_OR_HEADS = "(?:公斤|千克|[斤份盒箱袋瓶包个件只条板串杯罐桶套人户单家位块打篮筐提把])?";

/** 我一共要转多少, 我订的几篮, 我order了什么: how much one owes or has ordered. */
const OWN_SUM =
  /^(?:请问|团长|群主)?(?:这样)?我们?家?(?:这样)?(?:(?:还|仲|总共|一共)*(?:差|欠|争)(?:住|低)?(?:你|您|团长)?(?:多少|几多?|几块)|(?:一共|总共|合共|合计|总计|到底|现在)*(?:还|要|该|应该|应|需要|得|需)+(?:付|转|给|交|补|俾|畀|过|找|入|汇|打)(?:返|翻)?(?:你|您|团长)?(?:多少|几多?)|(?:一共|总共|都|到底|刚才|之前|前面|昨天|昨晚|今天|早上|上午|下午)?(?:订|定|买|报|点|下单|要|拿|落|叫|嗌|book|order)(?:咗?单|了单)?(?:了|的|过|咗|左)(?:是|啲)?(?:几|多少|什么|啥|哪|咩|乜))/;

/** 我的单子登记上了没, 有没有记上我: whether one is on the list. */
const OWN_LISTED =
  /我(?:们|家)?(?:刚才|刚刚|之前|昨天|早上)?[的嘅]?(?:这|那)?(?:张?单子?|订单|order|名字|那?份|接龙|号|楼)?[\u3400-\u9fff]{0,3}(?:登记|登|记|录|订|报|接|下单|落单|排|加|写|算|统计|入|in|confirm|through)(?:上去|上|好|到|成功|进去|进|入|低|埋)*(?:了|咗|左)?(?:吗|没有|没|么|未|冇)$/;

/** 我的接龙成功没, 我是不是还没付钱, 我还欠你钱吗, 查一下我订的, 漏了我的没. */
const OWN_ASKED: readonly RegExp[] = [
  /^(?:团长|群主|请问)?我(?:刚才|刚刚|之前|前面|昨天|昨晚|今天|早上)?(?:订|定|报|点|下|接|要|买)(?:了|的)[a-z\u3400-\u9fff\d]{1,12}(?:进去|加上|加进去|记上|记到|记下|算上|登记|录上|录到|录进去|收到单)(?:了|咗)?(?:吗|没|没有|么|未)$/,
  /^(?:团长|群主|请问)?我(?:的|嘅)?(?:那份|单子|单|订单|order|接龙)?(?:有没有|有冇|是不是)(?:已经|都)?(?:记|登记|登|录|入|算|加|排|写)(?:到|上|好|进去|进|下来|低|咗)+(?:了|呀|啊|呢)?$/,
  /^(?:团长|请|麻烦|唔该|help me|帮我|帮手|帮忙)+(?:check|查|看|睇)(?:一?下)?(?:我(?:的|嘅))?(?:order|订单)(?:吧|呗|呀|thx|thanks|谢谢)*$/,
  /^(?:help me|帮我|帮忙)?(?:check|查|看)?(?:一?下)?我(?:的|嘅)?(?:有没有|有冇|有)?order(?:到|进去|进|成功|上)*(?:了|咗)?(?:吗|没|未)$/,
  /^(?:唔该|团长|请问)?(?:计埋)?我(?:嗰|呢|那|这|的|嘅)?(?:份|单|张单|份嘢|啲嘢)?(?:一共|总共|要|应该|系|是)*(?:俾|畀|付|给)?(?:几多?|多少)(?:钱|蚊)?(?:呀|啊|呢)*$/,
  /^我(?:的|嘅|张|啲|份|嘢|单|订单){0,3}(?:落|入|下|记|订|收)(?:到|咗|左|了|上|好){1,2}(?:单|订单|数)?(?:未|没|吗)(?:呀|啊|呢)?$/,
  /^(?:团长|群主|请问|麻烦|唔该|我?想|请|帮忙|可以|可唔可以|可不可以|能不能|能|help me|can|pls|帮我|帮手)*(?:check|查|看|睇)(?:一?下|看|返|翻|睇)?(?:我|自己)(?:的|嘅)?(?:订单|单|order)?(?:到底|总共|一共|之前|之前的)?(?:(?:订|定|买|报|点|下|落|叫|要|拿|嗌|book|order)(?:咗单|咗|了单|了|左|的|嘅)?啲?(?:什么|啥|咩|乜嘢?|几多|多少|边啲|哪些|几.)?|)(?:吗|呀|啊|呢|谢谢|唔该|thanks|thx)*$/,
  /^(?:团长|群主|请问)?我还?欠(?:你|您|团长)?(?:的)?钱(?:吗|么|不)$/,
  /^(?:团长|麻烦|请|帮忙|帮我)*(?:查|查一下|查下|看|看一下|看下|看看|报一下|念一下|发一下)我(?:订|下|买|报|要|定|点)(?:的|了(?:些)?(?:啥|什么|多少|几))(?:单|东西|货)?(?:呗|吧|呢)?$/,
  /^我(?:下|订|报|接)的?(?:单|龙|团)?(?:还)?在(?:吗|不|没|么)$/,
];

const OWN_ENGLISH: readonly RegExp[] = [
  /^(?:boss |so |eh )?(?:i|me) (?:order|ordered|owe|owed) (?:what|how much|how many)(?: ah| ar| leh| already| alr| liao)*$/,
  /^(?:so |total )?how much (?:do )?(?:i|we) (?:need to|must|have to|got to|should) (?:pay|paynow|transfer|send)(?: you| u)?(?: ah| ar| leh| in total)?$/,
  /^(?:need to |must |should i )?(?:paynow|pay|transfer) how much(?: ah| ar| leh)?$/,
  /^my order (?:got |did )?(?:go|went|goes) (?:thru|through|in)(?: already| alr| or not| anot| ah)?$/,
  // what (did) I order, what I'm down for, how much do I owe
  /(?:what|which|how (?:much|many))(?: [a-z']+){0,3} (?:did i|have i|i've|i have|had i|i) (?:already |now |actually |just )?(?:ordered|order|put down|put in|sign up|signed up|booked|book|bought|requested|asked for|said|owe|wrote down)(?![a-z])/,
  /(?:what|how (?:much|many))(?: [a-z']+){0,3} (?:am i|i'm|im|i am) (?:down for|getting|paying|owing|having|in for|on the hook for)(?![a-z])/,
  /how much (?:is|was|will|would|are) (?:my|mine|our)(?: [a-z']+){0,3}(?: cost| come to| be| total| in total| altogether)?$/,
  /how much (?:do|should|must|shall|will) (?:i|we) (?:still |need to |have to |got to )*(?:owe|pay|transfer|send|paynow)(?: you)?(?![a-z]| per)/,
  /^(?:so )?what(?:'s| is|s)? (?:my|our) (?:current |latest |final |full )?(?:order|total|bill|balance|damage|share|list)(?: now| so far| again| please| pls| come to)?$/,
  // did my order go through, am I on the list
  /^(?:hi |hey |sorry |just checking |can you (?:check|see|confirm) (?:if|that|whether) )*(?:is|are|was|were|has|have|did|does|am|if|whether)(?: [a-z'\d]+){0,3}? (?:my|mine|i)(?: [a-z'\d]+){0,5}? (?:go(?:ne)? through|went through|gone in|went in|recorded|registered|noted|counted|confirmed|on (?:the|your) list|added|included|captured|placed|logged|saved|booked|down|on it|in)(?: ok| okay| yet| already| alr| please| pls| or not)?$/,
  // what's the damage for me, how much to transfer, am I on your list for 2 loaves
  /^(?:so )?how much (?:is it|is that|does it come to|would it be)(?: in total| altogether)? for (?:me|mine|my order|us)$/,
  /^(?:so )?what(?:'s| is|s) the (?:damage|total|bill|amount)(?: due)? for (?:me|mine|us)$/,
  /^how much (?:to|should i|do i|shall i|must i) (?:transfer|paynow|pay|send|give)(?: you)?(?: ah| in total| altogether)?$/,
  /^(?:do i |so i )?(?:still )?owe (?:you|u) (?:anything|something|money|any)(?: still)?$/,
  /^am i (?:on|in|down on) (?:the|your|this) (?:list|order|sheet|buy)(?: for [a-z\d ]{1,30})?$/,
  /^(?:did|have) i (?:already |actually |even )?(?:order|ordered|put in|put down|book|booked)(?: for)?(?: [a-z\d']+){0,4}(?: already| yet)?$/,
  /(?:^| )(?:confirm|check|see) (?:if |that |whether )?(?:my|our) order (?:went|goes|gone|is|was|has) (?:thru|through|in|ok|okay|confirmed|noted|recorded|placed)(?: please| pls)?$/,
  /^how many(?: [a-z']+){0,2} (?:did|do|have) i (?:end up with|have down|put down|get in the end)$/,
  /(?:^| )(?:check|see|show|confirm|remind me(?: of)?|tell me|look up|view) (?:me )?(?:what )?my (?:order|orders|total|list|bill|balance)(?: please| pls| again| so far)?$/,
];

/** 满10份了吗, 而家總共有幾多份, 到几盒了. */
const STATE_CHINESE: readonly RegExp[] = [
  /(?:满|够|到|达到|凑够|凑满|有)\s?\d{1,4}\s?[\u3400-\u9fff]?(?:了|咗)?(?:吗|没|么|没有|未)$/,
  new RegExp(
    `^(?:请问|团长|群主|咁)?(?:现在|目前|而家|依家|家阵|宜家|到现在|到目前为止|一共|总共|合共|合计|总|大家|我们|已经|已|都)+(?:有|订|定|报|接|卖|买|团|落|到|凑|凑到|系|是)?(?:了|咗|左|到)?(?:几多?|多少)${UNIT_OR_HEADS}(?:了|啦|喇|咗|呀|啊|呢|订|报|参加|报名)*$`,
  ),
  /^(?:现在|目前|已经|已|有)*(?:多少|几|几多)(?:个)?(?:人|户|单|家)(?:接龙|接|报名|报|订|下单|参团|跟团|跟|买|要)(?:了|咗|啦)*$/,
  /^(?:这|这个|咱们?|我们)?团?(?:够|能|可以|会|成得了|开得了|成得成|开得成)(?:(?:起|成|开)[团人数]?|[团人数])(?:了|咗)?(?:没|吗|么|不|没有|否|未)$/,
  /^(?:现在|目前|这团|这个团)+是?(?:什么|啥|咩)情况[了呀啊]?$/,
  new RegExp(
    `^(?:还|仲)?(?:差|缺|剩|剩下|剩余|余|有)(?:低|下)?(?:几多?|多少)${UNIT_OR_HEADS}(?:才|先)?(?:成团|开团|够|满|起送|能成|可以成团)?(?:了|呀|啊|呢)*$`,
  ),
];

const STATE_ENGLISH: readonly RegExp[] = [
  /^(?:hit|reach|reached|meet|met|got)(?: the| our)? (?:min|minimum|target|moq|quota)(?: already| alr| liao| yet| anot| or not| ah)*$/,
  /^(?:got )?enough (?:pax|people|orders)(?: already| alr| liao| yet| anot| or not| ah)*$/,
  /^(?:so )?how (?:many|much)(?: [a-z']+){0,3} (?:(?:have|has) (?:we got|been ordered|been taken|gone|sold)(?: so far)?|so far|already|alr|liao|in total|altogether|left|remaining|to go|do we have|have we got|have been ordered|ordered|needed|do we need|do we still need|are missing|are left|is left|are we at|are we on|are we up to|have we sold|are we short|short)(?: now| yet| then)?$/,
  /^(?:and |so )?(?:are|have) we (?:at|on|near|nearly at|close to|over|past|reached|hit|met|made|got to|got)(?: the| our)?(?: [a-z]+)? ?(?:minimum|min|target|threshold|moq|number|numbers|quota|\d{1,4} ?[a-z]{0,8})(?: yet| now| already)?$/,
  /^(?:what(?:'s| is|s)? (?:the|our) )?(?:current|latest|running|updated|present)(?: order)? (?:tally|count|total|totals|numbers?|list|status|figures?)(?: so far| now| please| pls)?$/,
  /^(?:do|have) we (?:have |got |have got )?enough(?: orders?| people| interest| boxes| names)?(?: to (?:go ahead|proceed|order|make it))?(?: yet| now)?$/,
  /^(?:so )?(?:is|will) (?:this|the|it|our)(?: group)?(?: buy| order| deal)? (?:happening|going ahead|going through|go ahead|happen|on|a go|confirmed|still on)(?: or not| yet| then| now)?$/,
  /^(?:who|who's|whos|who has|who all)(?: else)?(?: has| have)? (?:ordered|in|joined|signed up|put names? down)(?: so far| already| yet)?$/,
  /^(?:can|could|may) (?:we|i|you|someone)(?: please| pls)? (?:see|have|get|show|post|share)(?: us| me)? (?:the|a) (?:list|tally|total|totals|count|summary|order list)(?: please| pls| so far)?$/,
  /^(?:any|are there any)(?: more)? (?:slots?|spots?|places?)(?: left| remaining)?$/,
  /^what are we (?:up to|at|on)(?: now| so far)?$/,
  /^how (?:close|far|near) are we(?: to the (?:minimum|target|min)| off| from (?:the )?(?:minimum|target|min))?(?: now)?$/,
];

/** Whether a clause asks for the sender's own order. */
export function asksOwn(clause: string): boolean {
  const said = withoutMark(clause);
  const joined = said.replaceAll(" ", "");
  return (
    OWN_SUM.test(joined) ||
    OWN_LISTED.test(joined) ||
    OWN_ASKED.some((pattern) => pattern.test(joined)) ||
    OWN_ENGLISH.some((pattern) => pattern.test(said))
  );
}

/** Whether a clause asks for the state of the buy. */
export function asksState(clause: string): boolean {
  const said = withoutMark(clause);
  if (/钱|没付|要付/.test(said)) return false;
  return STATE_CHINESE.some((pattern) => pattern.test(said)) || STATE_ENGLISH.some((pattern) => pattern.test(said));
}

/** 吗? is one word, with its mark. */
function withoutMark(clause: string): string {
  return clause.endsWith("?") ? clause.slice(0, -1) : clause;
}
