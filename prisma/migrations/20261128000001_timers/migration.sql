-- AlterTable
ALTER TABLE "community" ADD COLUMN     "lastCallMinutes" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "remindPayment" BOOLEAN NOT NULL DEFAULT true,
ALTER COLUMN "quietFrom" SET DEFAULT 1320,
ALTER COLUMN "quietUntil" SET DEFAULT 480;

-- AlterTable
ALTER TABLE "statement" ADD COLUMN     "acceptedAt" TIMESTAMPTZ(3);

ALTER TABLE "community"
    ADD CONSTRAINT "community_last_call" CHECK ("lastCallMinutes" BETWEEN 0 AND 10080);

-- Nobody could choose quiet hours so far: they are the usual ones until somebody does.
UPDATE "community" SET "quietFrom" = 1320, "quietUntil" = 480;
