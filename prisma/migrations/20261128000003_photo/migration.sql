-- AlterTable
ALTER TABLE "buy" ADD COLUMN     "photo" TEXT;
