/** What a word does in a message about a buy. */
export type Tag =
  // around an order
  | "polite" // greetings, thanks, whom one speaks to: never changes what is meant
  | "please" // politeness that asks for something
  | "filler" // small words that carry nothing here
  | "me" // the sender
  | "also" // 也, "too"
  | "and"
  // what is done with the goods
  | "wish" // 要, "I'd like"
  | "head" // a wish that nothing else can mean: what stands before it is no longer part of the order
  | "verb" // 带 订 留: a wish only beside goods or a quantity
  | "join" // 算我一个, "count me in": a wish without goods
  | "can" // may I, could you
  | "add"
  | "less"
  | "more-after" // "2 more": adds the quantity before it
  | "less-after" // "one less"
  | "set"
  | "from" // "from 2 to 3": the next quantity is the old one
  | "swap" // 换成, "swap for"
  | "instead"
  | "cancel"
  | "refuse" // says that one does not buy
  | "unwant" // 不要, "don't want": cancels what follows
  | "mine-word" // "my order", 我的订单: what is cancelled or asked about
  | "each"
  | "all" // every item of the buy
  | "both"
  // for whom
  | "help" // 帮 替 代
  | "give" // 给
  | "for"
  | "relation" // 我妈, "my mum"
  | "title" // "Mrs", "auntie": a name follows
  | "label" // 订单：, "Order:"
  | "note-mark" // 备注, "note:"
  | "descriptor" // ripe, large: how the goods should be
  // what is no order
  | "ask" // 吗, "or not": makes a question
  | "which" // 多少, "when": asks for a fact
  | "may" // 还能, "still": asks whether one may
  | "price"
  | "past"
  | "later"
  | "condition"
  | "no-stock" // 没货, "out of stock": a condition that only says what to do then
  | "if-ok" // "if possible": a condition in name only
  | "talk" // anything that is said about goods or people
  | "others" // he, 他, 大家: somebody else is spoken of
  | "agree"
  | "maybe"
  | "state" // 现在, "so far": how the buy stands
  | "time"
  // whole requests
  | "ask-mine"
  | "ask-tally"
  | "paid"
  | "unpaid"
  | "received"
  | "not-received";

/** Words by what they do; phrases separated by `|`. */
export type Words = Partial<Readonly<Record<Tag, string>>>;
