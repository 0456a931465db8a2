-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "forWhom" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "handover" ADD COLUMN     "forWhom" TEXT NOT NULL DEFAULT '';
