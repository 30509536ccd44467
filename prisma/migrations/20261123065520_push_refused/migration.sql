-- AlterTable
ALTER TABLE "suppliers" ADD COLUMN     "push_refusals" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "push_refused_at" TIMESTAMPTZ(3),
ADD COLUMN     "push_refused_why" TEXT;
