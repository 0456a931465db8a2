-- What was changed or taken back is known since a certain time, like what was said: a final list holds what was known.
-- AlterTable
ALTER TABLE "statement_edit" ADD COLUMN     "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "recall" ADD COLUMN     "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

UPDATE "statement_edit" SET "receivedAt" = "at";
UPDATE "recall" SET "receivedAt" = "at";

-- How many persons have something booked, counted with an item 0 that stands for the buy.
-- AlterTable
ALTER TABLE "tally" ADD COLUMN     "people" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "tally" ADD CONSTRAINT "tally_people_range" CHECK ("people" >= 0 AND ("people" = 0 OR "itemNo" = 0));

INSERT INTO "tally" ("communityId", "buyId", "itemNo", "people")
SELECT b."communityId", b.id, 0,
       (SELECT count(DISTINCT l."personId") FROM "line" l
         WHERE l."communityId" = b."communityId" AND l."buyId" = b.id AND l.quantity > 0)
  FROM "buy" b;
