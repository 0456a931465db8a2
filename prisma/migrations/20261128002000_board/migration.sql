-- CreateTable
CREATE TABLE "board_link" (
    "hash" TEXT NOT NULL,
    "communityId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "board_link_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "board_session" (
    "hash" TEXT NOT NULL,
    "communityId" UUID NOT NULL,
    "chatId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "board_session_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "pack_tick" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "for" TEXT NOT NULL DEFAULT '',
    "itemNo" INTEGER NOT NULL,
    "option" TEXT NOT NULL DEFAULT '',
    "quantity" BIGINT NOT NULL,
    "tickedBy" UUID NOT NULL,
    "tickedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pack_tick_pkey" PRIMARY KEY ("communityId","buyId","personId","for","itemNo","option")
);

-- CreateIndex
CREATE INDEX "board_link_communityId_personId_idx" ON "board_link"("communityId", "personId");

-- CreateIndex
CREATE INDEX "board_session_communityId_personId_idx" ON "board_session"("communityId", "personId");

-- What Prisma cannot say.
ALTER TABLE "pack_tick"
    ADD CONSTRAINT "pack_tick_quantity_range" CHECK ("quantity" > 0);
