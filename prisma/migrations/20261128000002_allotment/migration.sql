-- CreateTable
CREATE TABLE "allotment" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "forWhom" TEXT NOT NULL DEFAULT '',
    "itemNo" INTEGER NOT NULL,
    "option" TEXT NOT NULL DEFAULT '',
    "quantity" INTEGER NOT NULL,
    "refund" BIGINT NOT NULL,
    "authorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "allotment_pkey" PRIMARY KEY ("communityId","buyId","personId","forWhom","itemNo","option")
);

ALTER TABLE "allotment"
    ADD CONSTRAINT "allotment_not_negative" CHECK ("quantity" >= 0 AND "refund" >= 0);
