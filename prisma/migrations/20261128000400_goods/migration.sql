-- What became of goods after they came: weights, what came over and was offered, parts that were handed out, and what a
-- complaint is about.

-- CreateEnum
CREATE TYPE "AllotmentKind" AS ENUM ('short', 'surplus', 'weighed');

-- CreateEnum
CREATE TYPE "OfferState" AS ENUM ('open', 'taken', 'declined');

-- AlterEnum
ALTER TYPE "PostKind" ADD VALUE 'notice';

-- AlterTable
ALTER TABLE "buy" ADD COLUMN     "pickupKeep" TEXT;

-- AlterTable
ALTER TABLE "handover" ADD COLUMN     "option" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "problem" ADD COLUMN     "forWhom" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "option" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "allotment" DROP CONSTRAINT "allotment_pkey",
ADD COLUMN     "kind" "AllotmentKind" NOT NULL DEFAULT 'short',
ADD CONSTRAINT "allotment_pkey" PRIMARY KEY ("communityId", "buyId", "personId", "forWhom", "itemNo", "option", "kind");

-- CreateTable
CREATE TABLE "offer" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "forWhom" TEXT NOT NULL DEFAULT '',
    "itemNo" INTEGER NOT NULL,
    "option" TEXT NOT NULL DEFAULT '',
    "quantity" INTEGER NOT NULL,
    "state" "OfferState" NOT NULL DEFAULT 'open',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "offer_pkey" PRIMARY KEY ("communityId","buyId","personId","forWhom","itemNo","option")
);

-- CreateIndex
CREATE INDEX "order_communityId_personId_idx" ON "order"("communityId", "personId");

-- What a piece weighs may be more than was ordered: then more is to be paid.
ALTER TABLE "allotment"
    DROP CONSTRAINT "allotment_not_negative",
    ADD CONSTRAINT "allotment_quantity_range" CHECK ("quantity" >= 0);

ALTER TABLE "offer"
    ADD CONSTRAINT "offer_quantity_range" CHECK ("quantity" > 0);
