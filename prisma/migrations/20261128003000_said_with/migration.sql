-- AlterTable
ALTER TABLE "outgoing" ADD COLUMN     "saidWith" UUID;
