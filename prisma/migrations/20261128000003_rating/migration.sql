-- CreateTable
CREATE TABLE "rating" (
    "communityId" UUID NOT NULL,
    "buyId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "grade" INTEGER,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rating_pkey" PRIMARY KEY ("communityId","buyId","personId")
);

ALTER TABLE "rating"
    ADD CONSTRAINT "rating_grade_range" CHECK ("grade" BETWEEN 1 AND 3);
