-- AlterEnum
ALTER TYPE "RoleName" ADD VALUE 'resident';
