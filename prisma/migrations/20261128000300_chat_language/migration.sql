-- AlterTable
ALTER TABLE "chat" ADD COLUMN     "language" TEXT;
