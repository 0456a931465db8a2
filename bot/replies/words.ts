import type { EntryKind } from "../../core/accounts.ts";
import type { Doubt } from "../../core/paste/plan-paste.ts";
import type { Scheme } from "../../core/pay/ways.ts";
import type { ShareDoubt } from "../../core/read-shares.ts";
import type { MoneyIn, MoneyOut } from "../../core/settlement.ts";
import type { AllotRule } from "../../core/shortage.ts";
import type { AuditVerb } from "../audit.ts";
import type { CommandGroup } from "../commands.ts";
import type { Person, PurchaseState } from "../store.ts";

/** The sentences of one language. What stands in `{}` is a fact that the layout fills in. */
export interface Words {
  /** For `Intl`: how days and times are written. */
  readonly locale: string;
  /** Between the parts of a list of alternatives and of a list of things. */
  readonly or: string;
  readonly comma: string;
  readonly colon: string;
  /** Between two instants. */
  readonly to: string;
  readonly each: string;

  readonly greeting: string;
  readonly greetingBlind: string;
  readonly hearsAll: string;
  readonly greetingLink: string;
  readonly welcome: string;
  readonly welcomeLink: string;
  readonly guessed: string;
  /** Above the commands that belong together. */
  readonly helpGroups: Readonly<Record<CommandGroup, string>>;
  /** Before those that may be meant, with what they do. */
  readonly commandUnknown: string;
  readonly helpForLeaders: string;
  readonly helpForResidents: string;

  readonly draftHead: string;
  readonly draftQuestion: string;
  readonly stepItems: string;
  readonly stepPrice: string;
  readonly stepCloses: string;
  readonly stepNoPrice: string;
  readonly stepNoClosing: string;
  readonly draftDropped: string;
  readonly draftGone: string;
  readonly draftLate: string;
  readonly open: string;
  readonly drop: string;
  readonly closes: string;
  readonly closesNever: string;
  readonly minimum: string;
  readonly minimumQuantity: string;
  readonly minimumPeople: string;
  /** What is missing to the minimum, or that nothing is: goes on after it. */
  readonly minimumLacks: string;
  readonly minimumReached: string;
  readonly pieces: string;
  readonly persons: (count: number) => string;
  readonly pickup: string;
  readonly inAll: string;
  readonly mostEach: string;
  readonly tier: string;
  readonly problems: Readonly<Record<"items" | "price" | "closesAt" | "pickup" | "other", string>>;

  readonly live: Readonly<Record<"open" | "openUntil" | "closed" | "failed" | "cancelled", string>>;
  readonly waits: string;
  readonly nextTier: string;
  readonly people: (count: number) => string;
  readonly howTo: string;
  readonly myOrderButton: string;
  readonly helpButton: string;
  readonly list: string;
  readonly listFailed: string;
  readonly byItem: string;
  readonly byPerson: string;
  readonly nobody: string;
  readonly total: string;
  readonly unresolved: string;
  readonly closing: string;
  readonly cancelled: string;

  readonly myOrder: string;
  readonly forWhom: string;
  readonly due: string;
  readonly noOrder: string;
  readonly noBuy: string;
  /** In private: of which of one's own orders something was said. */
  readonly whichOwn: string;
  readonly whichGroup: string;
  readonly whichBuy: string;
  /** {title}, {command} */
  readonly notClosed: string;
  readonly closeHow: string;
  readonly cancelHow: string;
  readonly cancelPreview: string;
  readonly untilOrdered: string;
  readonly reopenPreview: string;
  readonly extendPickup: string;
  readonly myHow: string;
  readonly tallyHow: string;
  readonly paidWrite: string;
  readonly namedLike: string;
  readonly shortUndoPreview: string;
  readonly weighUndoPreview: string;
  /** What a press does that was offered. */
  readonly choices: Readonly<
    Record<
      | "undo"
      | "reopen"
      | "again"
      | "callOff"
      | "closing"
      | "both"
      | "pickup"
      | "halfHour"
      | "hour"
      | "noTime"
      | "allCame"
      | "allOfIt"
      | "bags"
      | "items"
      | "table"
      | "labels"
      | "whoCame"
      | "keepOff"
      | "list"
      | "newest"
      | "whole"
      | "kept"
      | "code"
      | "tally"
      | "picture"
      | "past"
      | "noCommission"
      | "weekly"
      | "daily",
      string
    >
  >;
  readonly leadersOnly: string;
  readonly roleNames: Readonly<Record<Person["role"], string>>;
  /** Whom a command means. */
  readonly named: Readonly<Record<"nobody" | "unknown" | "several", string>>;
  /** `/leader`. */
  readonly roles: Readonly<
    Record<
      | "administrators"
      | "how"
      | "leadsAlready"
      | "asked"
      | "offer"
      | "yes"
      | "no"
      | "accepted"
      | "same"
      | "owns"
      | "last"
      | "done",
      string
    >
  > & { readonly told: Readonly<Record<"leader" | "helper" | "resident", string>> };
  /** `/handover`. */
  readonly handover: Readonly<
    Record<
      | "how"
      | "none"
      | "which"
      | "leadsAlready"
      | "asked"
      | "offer"
      | "offerAll"
      | "take"
      | "leave"
      | "takeover"
      | "done"
      | "told"
      | "absent"
      | "absentAlone",
      string
    >
  >;
  /** `/log`: what was done, after who did it. */
  /** `/board`; `alone`: where the link could not be kept from others. */
  readonly board: Readonly<Record<"link" | "closed" | "anonymous" | "alone", string>>;
  readonly logHow: string;
  readonly logHead: string;
  readonly logEmpty: string;
  readonly logEnd: string;
  readonly logOlder: string;
  readonly log: Readonly<Record<AuditVerb, string>>;
  readonly logPurchase: Readonly<Record<PurchaseState, string>>;
  readonly logProblem: Readonly<Record<"refunded" | "replaced" | "declined", string>>;
  /** `/undo`. */
  readonly undoHow: string;
  readonly undoNothing: string;
  readonly undoPreview: string;
  readonly undoButton: string;
  readonly undone: string;
  readonly undoLate: string;
  readonly undoOtherwise: string;
  readonly undoPast: string;
  readonly unsaid: string;
  readonly unsettled: string;
  readonly undoCounted: string;
  /** Said beforehand of what cannot be undone. */
  readonly noWayBack: string;
  readonly undoEffects: Readonly<
    Record<
      "shared" | "reopens" | "closing" | "told" | "list" | "orders" | "entries" | "corrected" | "decided" | "person",
      string
    >
  >;
  /** Why it cannot be taken back, and what to do instead. */
  readonly undoNot: Readonly<
    Record<
      | "again"
      | "cancel"
      | "open"
      | "close"
      | "itself"
      | "told"
      | "paste"
      | "short"
      | "unweigh"
      | "arrive"
      | "pick"
      | "pay"
      | "order"
      | "leader"
      | "refund"
      | "handover"
      | "plan"
      | "forever",
      string
    >
  >;
  /** `/forget`. */
  readonly forgetHow: string;
  readonly forgetKept: string;
  readonly forgetPreview: string;
  readonly forgetButton: string;
  readonly forgetName: string;
  readonly forgetOpen: string;
  readonly forgetBalance: string;
  readonly forgetLeads: string;
  readonly forgotten: string;
  readonly forgottenChains: (buys: number) => string;
  /** What former buys say. */
  readonly past: Readonly<
    Record<
      "head" | "people" | "failed" | "late" | "short" | "missed" | "items" | "item" | "nothing" | "last" | "expected",
      string
    >
  >;
  readonly helpersOnly: string;
  readonly leadersUnknown: string;
  readonly nobodyOrders: string;
  readonly late: string;
  readonly arrivedLate: string;
  readonly toldLate: string;
  readonly toldLateRecall: string;
  readonly unclear: Readonly<
    Record<"unknown-item" | "item" | "itemNone" | "unit" | "quantity" | "option" | "limit" | "not-yours", string>
  >;
  readonly waitlistedSome: string;
  readonly waitlistedAll: string;
  /** To those who waited, and to those who wait again. */
  readonly movedUp: string;
  readonly movedBack: string;
  readonly change: string;
  readonly leave: string;
  readonly changed: string;
  readonly left: string;
  readonly changeGone: string;
  readonly changeQuestion: string;
  /** What is written instead of pressing a button that says yes or no, leaves a question out, or drops all. */
  readonly sayYes: string;
  readonly sayNo: string;
  readonly saySkip: string;
  readonly sayStop: string;
  /** `/item`: how it is written, what it would do, and what people hear. */
  readonly itemHow: string;
  readonly itemFinal: string;
  readonly itemUnit: string;
  readonly itemSame: string;
  readonly itemRename: string;
  readonly itemPrice: string;
  readonly itemStock: string;
  readonly itemStockNone: string;
  readonly itemName: string;
  readonly itemTiersGone: string;
  readonly effectOrders: (orders: number) => string;
  readonly effectLess: string;
  readonly effectMore: string;
  readonly effectUp: string;
  readonly effectBack: string;
  readonly priceUp: string;
  readonly keep: string;
  readonly cancelMine: string;
  /** `/refund`, `/delivery`, `/discount`. */
  readonly entryHows: Readonly<Record<"refund" | "delivery" | "discount", string>>;
  /** Before how it is written: what could not be understood. */
  readonly unread: string;
  readonly moreOf: string;
  readonly entryNobody: string;
  readonly entryOpen: string;
  readonly entryPreview: string;
  readonly entryShared: string;
  readonly entryOver: string;
  readonly entryNotice: string;
  readonly entryBooked: string;
  readonly entryKinds: Readonly<Record<EntryKind, string>>;
  readonly entryLine: string;
  readonly others: string;
  /** `/order`. */
  readonly orderElsewhere: string;
  readonly orderHow: string;
  readonly orderBooked: string;
  /** The words behind a number. */
  readonly importHow: string;
  readonly importAlready: string;
  readonly importClosed: string;
  readonly importHead: string;
  readonly importNew: string;
  readonly importChanged: string;
  readonly importSame: (count: number) => string;
  readonly importLook: string;
  readonly importDoubts: Readonly<Record<Doubt["type"], string>>;
  readonly importUnclear: string;
  readonly importNamesake: string;
  readonly importAlike: string;
  readonly importTwofold: string;
  readonly importNothing: string;
  readonly importBooked: string;
  readonly importMoved: string;
  readonly importCut: string;
  readonly importChain: string;
  readonly bookButton: string;
  readonly why: string;
  readonly whyHead: string;
  readonly whyEdited: string;
  readonly whyRecalled: string;
  readonly whyNothing: string;
  readonly whyLate: string;
  readonly whyUnclear: string;
  readonly whyChange: string;
  readonly whyEntry: string;
  readonly whyWaits: string;
  readonly whyNone: string;
  readonly parked: string;
  readonly maybe: string;
  readonly undeliverable: string;
  /** {title} */
  readonly topicGone: string;
  /** What an outgoing message is, by its kind. */
  readonly kinds: Readonly<
    Record<
      | "role"
      | "handover"
      | "absent"
      | "live-post"
      | "repost"
      | "final-list"
      | "cancelled"
      | "greeting"
      | "last-call"
      | "reopened"
      | "pickup-reminder"
      | "short"
      | "supplier"
      | "review"
      | "ratings"
      | "problem"
      | "problem-open"
      | "late"
      | "pickup-notice"
      | "pickup-silent"
      | "no-show"
      | "settlement"
      | "settlement-accounts"
      | "over"
      | "payment-reminder"
      | "payments-open"
      | "plan"
      | "sold-out"
      | "waiting-list"
      | "account"
      | "price",
      string
    >
  >;

  readonly lastCall: string;
  readonly comesLate: string;
  readonly extended: string;
  readonly extendClosed: string;
  readonly reopened: string;
  readonly reopenedUntil: string;
  readonly reopenedWith: string;
  readonly reopenNot: string;
  readonly reopenPurchased: string;
  readonly timeNone: string;
  readonly timeImpossible: string;
  readonly timePast: string;
  readonly timeFar: string;
  readonly toldAfter: string;
  readonly closingFails: string;
  readonly lateHead: string;
  readonly lateLine: string;
  readonly lateTaken: string;
  readonly acceptButton: string;
  readonly acceptHow: string;
  readonly acceptTooLate: string;
  readonly acceptCounts: string;
  readonly acceptUnchanged: string;
  readonly accepted: string;
  readonly acceptedOrdered: string;
  readonly acceptedEnding: string;
  readonly corrected: string;
  readonly pickupSoon: string;
  readonly pickupNow: string;
  readonly pickupEnds: string;
  readonly pickupMissing: string;
  readonly paymentDue: string;
  readonly paymentsOpen: string;
  readonly saysPaid: string;
  readonly paidButton: string;
  readonly paidClaimed: string;
  readonly paidMarked: string;
  readonly aloneOnlyOwn: string;
  /** Who has not paid, not come or not answered, and what is done about it. */
  readonly chase: Readonly<
    Record<
      | "nobodySilent"
      | "pickup"
      | "payment"
      | "nobodyOwes"
      | "goes"
      | "owing"
      | "silent"
      | "missing"
      | "early"
      | "rated"
      | "allCame"
      | "absent",
      string
    >
  >;
  readonly accountWhole: string;
  /** Somebody without the app, for whom {account} has booked. */
  /** Behind an account's name: only what stands on it for one person. */
  readonly namedFor: string;
  readonly onAccountOf: string;
  readonly paidOnlyOwn: string;
  readonly paidNobody: string;
  readonly paidWho: string;
  /** Of several at once. */
  readonly several: Readonly<
    Record<
      | "unknown"
      | "unclear"
      | "twice"
      | "amount"
      | "paid"
      | "paidBefore"
      | "nobodyOwes"
      | "marked"
      | "picked"
      | "pickedBefore"
      | "nobodyWaits"
      | "ticked"
      | "otherwise",
      string
    >
  >;
  readonly unpaid: string;
  readonly unpaidNothing: string;
  readonly settlement: string;
  readonly goods: string;
  readonly dueInAll: string;
  readonly paidInAll: string;
  readonly openInAll: string;
  readonly overInAll: string;
  readonly allPaid: string;
  readonly stillOpen: string;
  readonly toGiveBack: string;
  readonly settleQuestion: string;
  readonly settleEarly: string;
  readonly settleProblems: string;
  readonly settleHow: string;
  readonly settled: string;
  readonly settledAlready: string;
  readonly pickupHow: string;
  readonly pickupPast: string;
  readonly pickupTimes: string;
  readonly pickupUncounted: string;
  readonly pickupShort: string;
  readonly pickupUnseen: string;
  readonly pickupSilent: string;
  readonly seenWords: string;
  /** The same to say that it is collected. */
  readonly collectedWords: string;
  readonly collectedButton: string;
  /** Until when goods are kept. */
  readonly kept: string;
  readonly keepHow: string;
  readonly keepSet: string;
  readonly keepOff: string;
  readonly pickupNobody: string;
  readonly pickupPreview: string;
  readonly pickupAgain: string;
  readonly pickupOver: string;
  readonly pickupNotice: string;
  readonly pickupDue: string;
  readonly pickupCode: string;
  readonly seenButton: string;
  readonly pickupSeen: string;
  readonly pickupSent: string;
  readonly pickupList: string;
  readonly pickupSigns: string;
  readonly picked: string;
  readonly pickedAlready: string;
  readonly pickedPart: string;
  readonly pickedPartHow: string;
  readonly pickedTooMuch: string;
  readonly pickedBack: string;
  readonly pickedNot: string;
  /** Somebody has said when they come for their goods. */
  readonly coming: Readonly<Record<"noted" | "notedAt", string>>;
  readonly noShow: string;
  readonly noShowButton: string;
  readonly noShowNoted: string;
  readonly sendButton: string;
  readonly settleButton: string;
  readonly itemCost: string;
  readonly itemBox: string;
  readonly po: string;
  readonly poUnknown: string;
  readonly poBoxes: string;

  /** Copies of a buy: what stands with the file, and where there is no private way to the person. */
  readonly exportDone: string;
  readonly exportHow: string;
  readonly exportNone: string;
  readonly exportMasked: string;
  readonly exportCsv: string;
  readonly exportXlsx: string;
  readonly pictureMissing: string;
  readonly pictureTooLong: string;
  readonly fileWriteFirst: string;
  readonly fileNoWay: string;
  readonly sheets: {
    readonly names: Readonly<Record<"orders" | "items" | "bags" | "purchase" | "settlement", string>>;
    readonly columns: Readonly<
      Record<
        | (
            | "no"
            | "person"
            | "for"
            | "door"
            | "item"
            | "option"
            | "unit"
            | "quantity"
            | "handed"
            | "waiting"
            | "arrived"
          )
        | ("price" | "amount" | "note" | "collected" | "boxes" | "boxSize" | "surplus" | "cost" | "costs")
        | ("goods" | "due" | "paid" | "open" | "over" | "claimed" | "refunded"),
        string
      >
    >;
    readonly total: string;
    /** Before a sum that must be the one above it. */
    readonly proof: string;
    /** Before a difference that must be nothing. */
    readonly balance: string;
  };
  readonly poOverBooked: string;
  readonly poCost: string;
  readonly poChanged: string;
  readonly poSent: string;
  readonly poMarked: string;
  readonly poNoted: string;
  readonly poFirst: string;
  readonly poLate: string;
  /** Goods come after the pickup has begun. */
  readonly poLatePickup: string;
  readonly poLateAsk: string;
  readonly poLateTell: string;
  readonly poLateTold: string;
  readonly poThenArrive: string;
  readonly poOver: string;
  readonly poRemind: string;
  readonly arriveHow: string;
  readonly arriveUnread: string;
  readonly arriveNothing: string;
  readonly arrivePreview: string;
  readonly arriveExact: string;
  readonly arriveShort: string;
  readonly arriveOver: string;
  readonly noteButton: string;
  readonly arriveMore: string;
  readonly arriveNoted: string;
  readonly arriveAll: string;
  readonly shortWhich: string;
  readonly shortHow: string;
  readonly shortByHand: string;
  readonly shortOver: string;
  readonly shortStill: string;
  readonly shortWeighed: string;
  readonly shareDoubts: Readonly<Record<ShareDoubt, string>>;
  readonly shareTooMuch: string;
  readonly shareOverCount: string;
  readonly weighPreview: string;
  readonly weighLine: string;
  readonly weighNoted: string;
  readonly weighReason: string;
  readonly weighNotice: string;
  readonly weighBack: string;
  readonly weighUndone: string;
  readonly weighNone: string;
  readonly surplusAsk: string;
  readonly surplusButton: string;
  readonly surplusNone: string;
  readonly surplusOffered: string;
  readonly offerNotice: string;
  readonly offerTake: string;
  readonly offerPass: string;
  readonly offerTaken: string;
  readonly offerGone: string;
  readonly offerPassed: string;
  readonly offerTold: string;
  readonly offerReason: string;
  readonly shortNotYet: string;
  readonly shortNothing: string;
  readonly shortAlready: string;
  readonly shortTooLate: string;
  readonly shortOtherwise: string;
  readonly shortPreview: string;
  readonly shortItem: string;
  readonly shortCut: string;
  readonly shortRefunds: string;
  readonly shareButton: string;
  readonly shortDone: string;
  readonly shortNothingDone: string;
  readonly shortUndone: string;
  readonly shortBack: string;
  readonly takenBack: string;
  readonly shortReason: string;
  readonly shortNotice: string;
  readonly poStates: Readonly<Record<PurchaseState, string>>;
  readonly poButtons: Readonly<Record<Exclude<PurchaseState, "drafted" | "sent">, string>>;
  readonly shortRules: Readonly<Record<AllotRule, string>>;
  readonly packHeads: Readonly<Record<"bags" | "items" | "table" | "labels", string>>;
  readonly packUnknown: string;
  readonly packTooBig: string;
  readonly packHouse: string;
  /** Above the bags of those who have told no house. */
  readonly packElsewhere: string;
  readonly packHow: string;
  readonly packUncounted: string;
  readonly packTooMuch: string;
  readonly packLeft: string;
  readonly packEven: string;
  readonly problemHow: string;
  readonly problemWhich: string;
  readonly problemNothing: string;
  readonly problemLate: string;
  readonly problemNoted: string;
  readonly problemTold: string;
  readonly problemRefund: string;
  readonly problemJoined: string;
  readonly problemHowMuch: string;
  readonly problemAll: string;
  readonly problemBefore: string;
  readonly problemRefundPart: string;
  readonly problemAmountHow: string;
  readonly problemRefundPreview: string;
  readonly problemTooMuch: string;
  readonly problemNoneLeft: string;
  readonly problemReplace: string;
  readonly problemDecline: string;
  readonly problemDecided: string;
  readonly problemWhyNot: string;
  readonly declineReasons: readonly string[];
  readonly problemReason: string;
  readonly problemRefunded: string;
  readonly problemNo: string;
  readonly problemNone: string;
  readonly problemOpen: string;
  readonly problemsHow: string;
  readonly claim: string;
  readonly claimCost: string;
  /** Of a picture without a word: what it shows, and what is kept as the words of a complaint. */
  readonly pictureOfGoods: string;
  readonly pictureWrong: string;
  readonly pictureWrongButton: string;
  readonly pictureText: string;
  /** What is kept of a complaint that only says which of the goods it is about. */
  readonly problemPlain: string;
  readonly problemDone: string;
  /** To whom it is: an answer is taken back, and with it the money that was to go back. */
  readonly problemReopened: string;
  readonly problemNotBack: string;
  readonly problemAnswers: Readonly<Record<"refunded" | "replaced" | "declined", string>>;
  readonly rateHow: string;
  readonly rateNobody: string;
  readonly rateThanks: string;
  readonly rateNoted: string;
  readonly rateAsk: string;
  readonly ratings: string;
  readonly notPublicly: string;
  readonly againNone: string;
  readonly planHow: string;
  readonly planMade: string;
  readonly planOpened: string;
  readonly planMissed: string;
  readonly planEnded: string;
  readonly skipButton: string;
  readonly endButton: string;
  readonly soldOut: string;
  readonly closeButton: string;
  readonly settings: string;
  readonly linkHow: string;
  readonly linkUnknown: string;
  readonly linkSame: string;
  readonly linkPreview: string;
  readonly linkButton: string;
  readonly linkBusy: string;
  readonly linkDone: string;
  readonly linkTold: string;
  readonly ownLanguage: string;
  readonly settingChanged: string;
  readonly settingUnknown: string;
  readonly settingNotes: Readonly<Record<"quiet" | "lastcall" | "payments", string>>;
  readonly on: string;
  readonly off: string;
  readonly parkedTimer: string;
  readonly sendAgain: string;
  readonly tooLong: string;
  readonly failed: string;
  /** In private, where it is not kept. */
  readonly failedAlone: string;

  /** Payment and settlement. */
  readonly pay: Readonly<{
    /** What is paid, said to be paid, open, and too much. */
    readonly paidOf: string;
    readonly claimedOf: string;
    readonly openOf: string;
    readonly overOf: string;
    readonly paidAmount: string;
    readonly paidExample: string;
    readonly paidBefore: string;
    readonly paidShown: string;
    readonly paidShownThere: string;
    readonly paidConfirm: string;
    readonly pictureAsk: string;
    readonly backTooMuch: string;
    /** What a mark of another amount than what is due would do. */
    readonly markPreview: string;
    readonly markLess: string;
    readonly markMore: string;
    readonly markOtherwise: string;
    readonly backPreview: string;
    readonly markBack: string;
    /** How to pay. */
    readonly account: string;
    readonly picture: string;
    readonly short: string;
    readonly button: string;
    readonly mine: string;
    readonly later: string;
    readonly reference: string;
    readonly ask: string;
    readonly nothing: string;
    readonly done: string;
    /** How a leader says so. */
    readonly how: string;
    readonly setHow: string;
    readonly set: string;
    readonly setOther: string;
    readonly off: string;
    readonly offNothing: string;
    readonly long: string;
    readonly holder: string;
    /** What was paid too much, kept for the next buy or given back. */
    readonly overAsk: string;
    readonly keepButton: string;
    readonly backButton: string;
    readonly kept: string;
    readonly keptReason: string;
    readonly brought: string;
    readonly broughtReason: string;
    readonly unkeptReason: string;
    readonly back: string;
    readonly backTold: string;
    readonly overNone: string;
    /** A resident's receipt. */
    readonly receipt: string;
    readonly receiptOf: string;
    readonly receiptButton: string;
    readonly received: string;
    /** Money in and out. */
    readonly moneyIn: string;
    readonly moneyOut: string;
    readonly check: string;
    readonly commission: string;
    readonly commissionLess: string;
    readonly commissionSet: string;
    readonly commissionOff: string;
    readonly commissionHow: string;
    readonly costUnknown: string;
    readonly supplierUnknown: string;
    readonly archived: string;
    readonly each: string;
    /** What a scheme is called, and what is wrong with an account of it. */
    readonly schemes: Readonly<Record<Scheme, string>>;
    readonly wrong: Readonly<Record<Scheme, string>>;
    readonly in: Readonly<Record<MoneyIn, string>>;
    readonly out: Readonly<Record<MoneyOut, string>>;
  }>;

  /** To leaders, where the platform sends nothing again. */
  readonly dayFull: string;
  readonly wasAway: string;
  readonly isHeld: string;
  readonly tooManyHeld: string;
  readonly pictureTooBig: string;
  readonly pictureUnread: string;
  readonly pictureOfWhat: string;
  readonly isUnread: string;
  /** Orders acknowledged in words, and one that was taken back. */
  readonly noted: string;
  readonly notedGone: string;
  /** Where the platform's ids last no longer than a login. */
  readonly whichRoom: string;
  readonly roomFound: string;
  readonly roomClaimed: string;
  readonly aloneUnsure: string;
  readonly codeUnknown: string;
  readonly samePerson: string;
  readonly samePersonSeveral: string;
  readonly samePersonLeader: string;
  readonly samePersonYes: string;
  readonly samePersonNo: string;
  readonly saidTwice: string;
  readonly saidTwiceYes: string;
  readonly saidTwiceNo: string;
}
