/**
 * What asks for one's own order or for the state of the buy, in sentences too free for lists of phrases. Each pattern is
 * held against the folded text of one clause; its parts are bounded, so that reading stays linear.
 *
 * @source message language, 1.5 (what is left to pay and whether one's order went through; how many are left or missing)
 */
const UNIT_OR_HEADS = "(?:公斤|千克|[斤份盒箱袋瓶包个件只条板串杯罐桶套人户单家位块打篮筐提把])?";

/** 我一共要转多少, 我订的几篮, 我order了什么: how much one owes or has ordered. */
const OWN_SUM =
  /^(?:请问|团长|群主)?我们?家?(?:(?:还|仲)?(?:差|欠)(?:你|您|团长)?(?:多少|几多|几块)|(?:一共|总共|合共|合计|总计|到底|现在)*(?:还|要|该|应该|应|需要|得|需)+(?:付|转|给|交|补|俾|畀)(?:你|您|团长)?(?:多少|几多)|(?:一共|总共|都|到底|刚才|之前)?(?:订|定|买|报|点|下单|要|拿|落|叫|order)(?:咗?单|了单)?(?:了|的|过|咗|左)(?:是)?(?:几|多少|什么|啥|哪|咩|乜))/;

/** 我的单子登记上了没, 有没有记上我: whether one is on the list. */
const OWN_LISTED =
  /我(?:们|家)?(?:刚才|刚刚|之前|昨天|早上)?[的嘅]?(?:这|那)?(?:张?单子?|订单|order|名字|那?份|接龙|号|楼)?[\u3400-\u9fff]{0,3}(?:登记|登|记|录|订|报|接|下单|落单|排|加|写|算|统计|入|in|confirm|through)(?:上去|上|好|到|成功|进去|进|入|低|埋)*(?:了|咗|左)?(?:吗|没有|没|么|未|冇)$/;

const OWN_ENGLISH: readonly RegExp[] = [
  // what (did) I order, what I'm down for, how much do I owe
  /(?:what|which|how (?:much|many))(?: [a-z']+){0,3} (?:did i|have i|i've|i have|had i|i) (?:already |now |actually |just )?(?:ordered|order|put down|put in|sign up for|signed up for|booked|book|bought|requested|asked for|said|owe|wrote down)(?![a-z])/,
  /(?:what|how (?:much|many))(?: [a-z']+){0,3} (?:am i|i'm|im|i am) (?:down for|getting|paying|owing|having|in for|on the hook for)(?![a-z])/,
  /how much (?:is|was|will|would|are) (?:my|mine|our)(?: [a-z']+){0,3}(?: cost| come to| be| total| in total| altogether)?$/,
  /how much (?:do|should|must|shall|will) (?:i|we) (?:still |need to |have to |got to )*(?:owe|pay|transfer|send|paynow)(?: you)?(?![a-z]| per)/,
  /^(?:so )?what(?:'s| is|s)? (?:my|our) (?:current |latest |final |full )?(?:order|total|bill|balance|damage|share|list)(?: now| so far| again| please| pls| come to)?$/,
  // did my order go through, am I on the list
  /^(?:hi |hey |sorry |just checking |can you (?:check|see|confirm) (?:if|that|whether) )*(?:is|are|was|were|has|have|did|does|am|if|whether)(?: [a-z'\d]+){0,3}? (?:my|mine|i)(?: [a-z'\d]+){0,5}? (?:go(?:ne)? through|went through|gone in|went in|recorded|registered|noted|counted|confirmed|on (?:the|your) list|added|included|captured|placed|logged|saved|booked|down|on it|in)(?: ok| okay| yet| already| alr| please| pls| or not)?$/,
  /(?:^| )(?:check|see|show|confirm|remind me(?: of)?|tell me|look up|view) (?:me )?(?:what )?my (?:order|orders|total|list|bill|balance)(?: please| pls| again| so far)?$/,
];

/** 满10份了吗, 而家總共有幾多份, 到几盒了. */
const STATE_CHINESE: readonly RegExp[] = [
  /(?:满|够|到|达到|凑够|凑满|有)\s?\d{1,4}\s?[\u3400-\u9fff]?(?:了|咗)?(?:吗|没|么|没有|未)$/,
  new RegExp(
    `^(?:请问|团长|群主|咁)?(?:现在|目前|而家|依家|家阵|宜家|到现在|到目前为止|一共|总共|合共|合计|总|大家|我们|已经|已|都)+(?:有|订|定|报|接|卖|买|团|落|到|凑|凑到|系|是)?(?:了|咗|左|到)?(?:几多?|多少)${UNIT_OR_HEADS}(?:了|啦|喇|咗|呀|啊|呢|订|报|参加|报名)*$`,
  ),
  new RegExp(
    `^(?:还|仲)?(?:差|缺|剩|剩下|剩余|余|有)(?:低|下)?(?:几多?|多少)${UNIT_OR_HEADS}(?:才|先)?(?:成团|开团|够|满|起送|能成|可以成团)?(?:了|呀|啊|呢)*$`,
  ),
];

const STATE_ENGLISH: readonly RegExp[] = [
  /^(?:so )?how (?:many|much)(?: [a-z']+){0,3} (?:(?:have|has) (?:we got|been ordered|been taken|gone|sold)(?: so far)?|so far|in total|altogether|left|remaining|to go|do we have|have we got|have been ordered|ordered|needed|do we need|do we still need|are missing|are left|is left|are we at|are we on|are we up to|have we sold|are we short|short)(?: now| yet| then)?$/,
  /^(?:and |so )?(?:are|have) we (?:at|on|near|nearly at|close to|over|past|reached|hit|met|made|got to|got)(?: the| our)?(?: [a-z]+)? ?(?:minimum|min|target|threshold|moq|number|numbers|quota|\d{1,4}(?: [a-z]+)?)(?: yet| now| already)?$/,
  /^(?:what(?:'s| is|s)? (?:the|our) )?(?:current|latest|running|updated|present)(?: order)? (?:tally|count|total|totals|numbers?|list|status|figures?)(?: so far| now| please| pls)?$/,
  /^what are we (?:up to|at|on)(?: now| so far)?$/,
  /^how (?:close|far|near) are we(?: to the (?:minimum|target|min)| off| from (?:the )?(?:minimum|target|min))?(?: now)?$/,
];

/** Whether a clause asks for the sender's own order. */
export function asksOwn(said: string): boolean {
  const joined = said.replaceAll(" ", "");
  return OWN_SUM.test(joined) || OWN_LISTED.test(joined) || OWN_ENGLISH.some((pattern) => pattern.test(said));
}

/** Whether a clause asks for the state of the buy. */
export function asksState(said: string): boolean {
  return STATE_CHINESE.some((pattern) => pattern.test(said)) || STATE_ENGLISH.some((pattern) => pattern.test(said));
}
