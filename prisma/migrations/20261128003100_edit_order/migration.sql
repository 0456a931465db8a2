-- AlterTable
ALTER TABLE "statement_edit" ADD COLUMN     "order" BIGINT NOT NULL DEFAULT 0;
