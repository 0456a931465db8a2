-- CreateEnum
CREATE TYPE "PayKind" AS ENUM ('text', 'picture', 'paynow', 'epc', 'upi');

-- AlterTable
ALTER TABLE "buy" ADD COLUMN     "commissionEach" INTEGER,
ADD COLUMN     "commissionPercent" INTEGER;

ALTER TABLE "buy"
    ADD CONSTRAINT "buy_commission" CHECK (
        "commissionPercent" BETWEEN 0 AND 10000 AND "commissionEach" IS NULL
        OR "commissionEach" >= 0 AND "commissionPercent" IS NULL
        OR "commissionPercent" IS NULL AND "commissionEach" IS NULL
    );

-- CreateTable
CREATE TABLE "pay_way" (
    "communityId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "kind" "PayKind" NOT NULL,
    "account" TEXT NOT NULL,
    "holder" TEXT NOT NULL DEFAULT '',
    "platform" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pay_way_pkey" PRIMARY KEY ("communityId","personId","kind")
);

-- CreateIndex
CREATE INDEX "entry_communityId_kind_idx" ON "entry"("communityId", "kind");
