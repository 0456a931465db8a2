-- AlterTable
ALTER TABLE "order" ADD COLUMN     "comesAt" TIMESTAMPTZ(3),
ADD COLUMN     "comesSaid" TEXT;
