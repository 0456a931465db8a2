-- AlterTable
ALTER TABLE "statement" ADD COLUMN     "textAt" TIMESTAMPTZ(3);

UPDATE "statement" SET "textAt" = "receivedAt" WHERE "text" IS NOT NULL;
