-- AlterTable
ALTER TABLE "buy_chat" ADD COLUMN     "topic" TEXT;
