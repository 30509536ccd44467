-- Where orders that Keyhold doesn't pay itself are to be paid, sealed.
-- CreateTable
CREATE TABLE "payment_pages" (
    "order_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "blind_index" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_pages_pkey" PRIMARY KEY ("order_id")
);

-- AddForeignKey
ALTER TABLE "payment_pages" ADD CONSTRAINT "payment_pages_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "payment_pages"
  ADD CONSTRAINT "payment_pages_sealed" CHECK ("sealed" ~ '^v2\|[^|]+\|[^|]+\|[^|]*\|[^|]+$');
