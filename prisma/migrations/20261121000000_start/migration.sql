-- CreateEnum
CREATE TYPE "ChatKind" AS ENUM ('group', 'direct');

-- CreateEnum
CREATE TYPE "RoleName" AS ENUM ('owner', 'leader', 'helper');

-- CreateEnum
CREATE TYPE "BuyStatus" AS ENUM ('draft', 'open', 'closed', 'failed', 'cancelled', 'purchased', 'arrived', 'settled');

-- CreateEnum
CREATE TYPE "MinimumKind" AS ENUM ('quantity', 'people', 'amount');

-- CreateEnum
CREATE TYPE "PostKind" AS ENUM ('announcement', 'preview', 'live', 'list');

-- CreateEnum
CREATE TYPE "TimerState" AS ENUM ('pending', 'done', 'cancelled', 'parked');

-- CreateEnum
CREATE TYPE "OutgoingState" AS ENUM ('pending', 'sending', 'sent', 'maybe', 'undeliverable', 'cancelled');

-- CreateEnum
CREATE TYPE "EntryKind" AS ENUM ('price', 'refund', 'delivery', 'discount', 'correction', 'carried', 'commission');

-- CreateEnum
CREATE TYPE "PaymentKind" AS ENUM ('claim', 'mark');

-- CreateEnum
CREATE TYPE "ProblemState" AS ENUM ('open', 'refunded', 'replaced', 'declined');

-- CreateEnum
CREATE TYPE "PurchaseState" AS ENUM ('drafted', 'sent', 'confirmed', 'short', 'late', 'delivered');

-- CreateTable
CREATE TABLE "community" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "quietFrom" INTEGER,
    "quietUntil" INTEGER,
    "shadow" BOOLEAN NOT NULL DEFAULT false,
    "lastBuyNo" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "community_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "address" (
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "communityId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "current" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "address_pkey" PRIMARY KEY ("platform","externalId")
);

-- CreateTable
CREATE TABLE "chat" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "kind" "ChatKind" NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "personId" UUID,
    "leftAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chat_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "person" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "flat" TEXT,
    "language" TEXT,
    "forgottenAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "identity" (
    "communityId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "stable" BOOLEAN NOT NULL DEFAULT true,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("communityId","platform","externalId")
);

-- CreateTable
CREATE TABLE "role" (
    "communityId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "name" "RoleName" NOT NULL,
    "grantedBy" UUID,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_pkey" PRIMARY KEY ("communityId","personId")
);

-- CreateTable
CREATE TABLE "buy" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "status" "BuyStatus" NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "leaderId" UUID NOT NULL,
    "draftedAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),
    "closesAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "minimumKind" "MinimumKind",
    "minimum" BIGINT,
    "pickupFrom" TIMESTAMPTZ(3),
    "pickupUntil" TIMESTAMPTZ(3),
    "pickupPlace" TEXT,
    "coupled" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "againOf" UUID,

    CONSTRAINT "buy_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "buy_chat" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "chatId" UUID NOT NULL,

    CONSTRAINT "buy_chat_pkey" PRIMARY KEY ("communityId","buyId","chatId")
);

-- CreateTable
CREATE TABLE "post" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "messageId" TEXT NOT NULL,
    "kind" "PostKind" NOT NULL,
    "shown" TEXT,
    "shownAt" TIMESTAMPTZ(3),

    CONSTRAINT "post_pkey" PRIMARY KEY ("communityId","buyId","chatId","messageId")
);

-- CreateTable
CREATE TABLE "item" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT,
    "aliases" TEXT[],
    "options" TEXT[],
    "price" INTEGER,
    "cost" INTEGER,
    "stock" INTEGER,
    "perPerson" INTEGER,
    "boxSize" INTEGER,
    "supplierId" UUID,

    CONSTRAINT "item_pkey" PRIMARY KEY ("communityId","buyId","no")
);

-- CreateTable
CREATE TABLE "tier" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "itemNo" INTEGER NOT NULL,
    "from" INTEGER NOT NULL,
    "price" INTEGER NOT NULL,

    CONSTRAINT "tier_pkey" PRIMARY KEY ("communityId","buyId","itemNo","from")
);

-- CreateTable
CREATE TABLE "statement" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "messageId" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "personId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "saidAt" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT,
    "reply" BOOLEAN NOT NULL DEFAULT false,
    "leader" BOOLEAN NOT NULL DEFAULT false,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("communityId","buyId","chatId","messageId")
);

-- CreateTable
CREATE TABLE "statement_edit" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "messageId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "statement_edit_pkey" PRIMARY KEY ("communityId","buyId","chatId","messageId","at")
);

-- CreateTable
CREATE TABLE "recall" (
    "communityId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "messageId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recall_pkey" PRIMARY KEY ("communityId","chatId","messageId")
);

-- CreateTable
CREATE TABLE "order" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "code" TEXT,
    "noticedAt" TIMESTAMPTZ(3),
    "seenAt" TIMESTAMPTZ(3),
    "noShowAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_pkey" PRIMARY KEY ("communityId","buyId","personId")
);

-- CreateTable
CREATE TABLE "line" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "forWhom" TEXT NOT NULL DEFAULT '',
    "itemNo" INTEGER NOT NULL,
    "option" TEXT NOT NULL DEFAULT '',
    "quantity" INTEGER NOT NULL,
    "waitlisted" INTEGER NOT NULL DEFAULT 0,
    "note" TEXT,

    CONSTRAINT "line_pkey" PRIMARY KEY ("communityId","buyId","personId","forWhom","itemNo","option")
);

-- CreateTable
CREATE TABLE "tally" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "itemNo" INTEGER NOT NULL,
    "booked" BIGINT NOT NULL DEFAULT 0,
    "waitlisted" BIGINT NOT NULL DEFAULT 0,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tally_pkey" PRIMARY KEY ("communityId","buyId","itemNo")
);

-- CreateTable
CREATE TABLE "chain" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "printedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chain_pkey" PRIMARY KEY ("communityId","buyId","chatId")
);

-- CreateTable
CREATE TABLE "dialogue" (
    "communityId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dialogue_pkey" PRIMARY KEY ("communityId","chatId","personId")
);

-- CreateTable
CREATE TABLE "action" (
    "communityId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "action_pkey" PRIMARY KEY ("communityId","key")
);

-- CreateTable
CREATE TABLE "timer" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "buyId" UUID,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL DEFAULT '',
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "state" "TimerState" NOT NULL DEFAULT 'pending',
    "data" JSONB NOT NULL DEFAULT '{}',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "timer_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "outgoing" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "personId" UUID,
    "buyId" UUID,
    "kind" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "part" INTEGER NOT NULL DEFAULT 1,
    "content" JSONB NOT NULL,
    "state" "OutgoingState" NOT NULL DEFAULT 'pending',
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "token" INTEGER NOT NULL DEFAULT 0,
    "messageId" TEXT,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "outgoing_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "parked" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "event" JSONB NOT NULL,
    "error" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "parked_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "entry" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID,
    "itemNo" INTEGER,
    "kind" "EntryKind" NOT NULL,
    "amount" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "problemId" UUID,
    "authorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "payment" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "kind" "PaymentKind" NOT NULL,
    "amount" BIGINT,
    "method" TEXT,
    "evidence" TEXT,
    "authorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "payment_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "handover" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "itemNo" INTEGER,
    "quantity" INTEGER,
    "authorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "handover_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "problem" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "itemNo" INTEGER NOT NULL,
    "quantity" INTEGER,
    "text" TEXT NOT NULL,
    "photo" TEXT,
    "state" "ProblemState" NOT NULL DEFAULT 'open',
    "reason" TEXT,
    "decidedBy" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "problem_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "supplier" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT,

    CONSTRAINT "supplier_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "purchase_order" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "supplierId" UUID,
    "state" "PurchaseState" NOT NULL DEFAULT 'drafted',
    "stateAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stateBy" UUID NOT NULL,

    CONSTRAINT "purchase_order_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "purchase_revision" (
    "communityId" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "authorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "purchase_revision_pkey" PRIMARY KEY ("communityId","orderId","no")
);

-- CreateTable
CREATE TABLE "purchase_line" (
    "communityId" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "itemNo" INTEGER NOT NULL,
    "option" TEXT NOT NULL DEFAULT '',
    "quantity" BIGINT NOT NULL,
    "boxes" INTEGER,
    "cost" INTEGER,

    CONSTRAINT "purchase_line_pkey" PRIMARY KEY ("communityId","orderId","revision","itemNo","option")
);

-- CreateTable
CREATE TABLE "arrival" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "itemNo" INTEGER NOT NULL,
    "option" TEXT NOT NULL DEFAULT '',
    "counted" BIGINT NOT NULL,
    "authorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "arrival_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "plan" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(3),
    "skipUntil" TIMESTAMPTZ(3),
    "authorId" UUID NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "plan_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateTable
CREATE TABLE "audit" (
    "communityId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" UUID,
    "verb" TEXT NOT NULL,
    "buyId" UUID,
    "source" TEXT,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("communityId","id")
);

-- CreateIndex
CREATE INDEX "address_communityId_chatId_idx" ON "address"("communityId", "chatId");

-- CreateIndex
CREATE INDEX "identity_communityId_personId_idx" ON "identity"("communityId", "personId");

-- CreateIndex
CREATE INDEX "buy_communityId_status_idx" ON "buy"("communityId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "buy_communityId_no_key" ON "buy"("communityId", "no");

-- CreateIndex
CREATE INDEX "buy_chat_communityId_chatId_idx" ON "buy_chat"("communityId", "chatId");

-- CreateIndex
CREATE INDEX "post_communityId_chatId_messageId_idx" ON "post"("communityId", "chatId", "messageId");

-- CreateIndex
CREATE INDEX "statement_communityId_buyId_personId_idx" ON "statement"("communityId", "buyId", "personId");

-- CreateIndex
CREATE INDEX "statement_communityId_chatId_messageId_idx" ON "statement"("communityId", "chatId", "messageId");

-- CreateIndex
CREATE UNIQUE INDEX "order_communityId_buyId_code_key" ON "order"("communityId", "buyId", "code");

-- CreateIndex
CREATE INDEX "timer_state_dueAt_idx" ON "timer"("state", "dueAt");

-- CreateIndex
CREATE INDEX "timer_communityId_buyId_kind_idx" ON "timer"("communityId", "buyId", "kind");

-- CreateIndex
CREATE INDEX "outgoing_state_dueAt_idx" ON "outgoing"("state", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "outgoing_communityId_cause_part_key" ON "outgoing"("communityId", "cause", "part");

-- CreateIndex
CREATE INDEX "entry_communityId_buyId_personId_idx" ON "entry"("communityId", "buyId", "personId");

-- CreateIndex
CREATE INDEX "payment_communityId_buyId_personId_idx" ON "payment"("communityId", "buyId", "personId");

-- CreateIndex
CREATE INDEX "handover_communityId_buyId_personId_idx" ON "handover"("communityId", "buyId", "personId");

-- CreateIndex
CREATE INDEX "problem_communityId_buyId_personId_idx" ON "problem"("communityId", "buyId", "personId");

-- CreateIndex
CREATE INDEX "purchase_order_communityId_buyId_idx" ON "purchase_order"("communityId", "buyId");

-- CreateIndex
CREATE INDEX "arrival_communityId_buyId_idx" ON "arrival"("communityId", "buyId");

-- CreateIndex
CREATE INDEX "audit_communityId_buyId_at_idx" ON "audit"("communityId", "buyId", "at");

-- AddForeignKey
ALTER TABLE "address" ADD CONSTRAINT "address_communityId_chatId_fkey" FOREIGN KEY ("communityId", "chatId") REFERENCES "chat"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_communityId_personId_fkey" FOREIGN KEY ("communityId", "personId") REFERENCES "person"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role" ADD CONSTRAINT "role_communityId_personId_fkey" FOREIGN KEY ("communityId", "personId") REFERENCES "person"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "buy" ADD CONSTRAINT "buy_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "buy_chat" ADD CONSTRAINT "buy_chat_communityId_buyId_fkey" FOREIGN KEY ("communityId", "buyId") REFERENCES "buy"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "buy_chat" ADD CONSTRAINT "buy_chat_communityId_chatId_fkey" FOREIGN KEY ("communityId", "chatId") REFERENCES "chat"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_communityId_buyId_fkey" FOREIGN KEY ("communityId", "buyId") REFERENCES "buy"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_communityId_buyId_fkey" FOREIGN KEY ("communityId", "buyId") REFERENCES "buy"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tier" ADD CONSTRAINT "tier_communityId_buyId_itemNo_fkey" FOREIGN KEY ("communityId", "buyId", "itemNo") REFERENCES "item"("communityId", "buyId", "no") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "purchase_revision" ADD CONSTRAINT "purchase_revision_communityId_orderId_fkey" FOREIGN KEY ("communityId", "orderId") REFERENCES "purchase_order"("communityId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "purchase_line" ADD CONSTRAINT "purchase_line_communityId_orderId_revision_fkey" FOREIGN KEY ("communityId", "orderId", "revision") REFERENCES "purchase_revision"("communityId", "orderId", "no") ON DELETE CASCADE ON UPDATE CASCADE;
-- What Prisma's schema cannot say: ranges, so that no mistake of ours can store a sum that cannot be.
-- Prices up to 10^9 minor units, quantities up to 999 units in thousandths (message language, 1.1) for a line as written;
-- the sum of several messages may be larger.
ALTER TABLE "community"
    ADD CONSTRAINT "community_language_known" CHECK ("language" IN ('en', 'zh-hans', 'zh-hant')),
    ADD CONSTRAINT "community_currency_code" CHECK ("currency" ~ '^[A-Z]{3}$'),
    ADD CONSTRAINT "community_quiet_minutes" CHECK ("quietFrom" BETWEEN 0 AND 1439 AND "quietUntil" BETWEEN 0 AND 1439);

ALTER TABLE "buy"
    ADD CONSTRAINT "buy_currency_code" CHECK ("currency" ~ '^[A-Z]{3}$'),
    ADD CONSTRAINT "buy_no_positive" CHECK ("no" > 0),
    ADD CONSTRAINT "buy_opened" CHECK ("status" IN ('draft', 'cancelled') OR "openedAt" IS NOT NULL),
    ADD CONSTRAINT "buy_closed" CHECK ("status" IN ('draft', 'open', 'cancelled') OR "closedAt" IS NOT NULL),
    ADD CONSTRAINT "buy_minimum_whole" CHECK (("minimum" IS NULL) = ("minimumKind" IS NULL) AND "minimum" > 0),
    ADD CONSTRAINT "buy_pickup_order" CHECK ("pickupUntil" >= "pickupFrom");

ALTER TABLE "item"
    ADD CONSTRAINT "item_no_positive" CHECK ("no" > 0),
    ADD CONSTRAINT "item_price_range" CHECK ("price" BETWEEN 0 AND 1000000000),
    ADD CONSTRAINT "item_cost_range" CHECK ("cost" BETWEEN 0 AND 1000000000),
    ADD CONSTRAINT "item_stock_range" CHECK ("stock" >= 0),
    ADD CONSTRAINT "item_per_person_range" CHECK ("perPerson" > 0),
    ADD CONSTRAINT "item_box_range" CHECK ("boxSize" > 0);

ALTER TABLE "tier"
    ADD CONSTRAINT "tier_from_range" CHECK ("from" > 0),
    ADD CONSTRAINT "tier_price_range" CHECK ("price" BETWEEN 0 AND 1000000000);

ALTER TABLE "order"
    ADD CONSTRAINT "order_code_digits" CHECK ("code" ~ '^[0-9]{4}$');

ALTER TABLE "line"
    ADD CONSTRAINT "line_quantity_range" CHECK ("quantity" >= 0),
    ADD CONSTRAINT "line_waitlisted_range" CHECK ("waitlisted" >= 0),
    ADD CONSTRAINT "line_not_empty" CHECK ("quantity" > 0 OR "waitlisted" > 0);

ALTER TABLE "tally"
    ADD CONSTRAINT "tally_booked_range" CHECK ("booked" >= 0),
    ADD CONSTRAINT "tally_waitlisted_range" CHECK ("waitlisted" >= 0);

ALTER TABLE "outgoing"
    ADD CONSTRAINT "outgoing_part_positive" CHECK ("part" > 0),
    ADD CONSTRAINT "outgoing_leased" CHECK ("state" <> 'sending' OR "leaseUntil" IS NOT NULL);

ALTER TABLE "payment"
    ADD CONSTRAINT "payment_amount_range" CHECK ("amount" BETWEEN 0 AND 1000000000000);

ALTER TABLE "entry"
    ADD CONSTRAINT "entry_amount_range" CHECK ("amount" BETWEEN -1000000000000 AND 1000000000000);

ALTER TABLE "handover"
    ADD CONSTRAINT "handover_quantity_range" CHECK ("quantity" > 0);

ALTER TABLE "problem"
    ADD CONSTRAINT "problem_quantity_range" CHECK ("quantity" > 0),
    ADD CONSTRAINT "problem_decided" CHECK ("state" = 'open' OR "decidedAt" IS NOT NULL);

ALTER TABLE "purchase_line"
    ADD CONSTRAINT "purchase_line_quantity_range" CHECK ("quantity" >= 0),
    ADD CONSTRAINT "purchase_line_boxes_range" CHECK ("boxes" >= 0),
    ADD CONSTRAINT "purchase_line_cost_range" CHECK ("cost" BETWEEN 0 AND 1000000000);

ALTER TABLE "arrival"
    ADD CONSTRAINT "arrival_counted_range" CHECK ("counted" >= 0);

-- The log and the accounts are only ever added to.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END $$;
CREATE TRIGGER "audit_append_only" BEFORE UPDATE ON "audit" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "entry_append_only" BEFORE UPDATE ON "entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
