-- CreateTable
CREATE TABLE "order_searches" (
    "order_id" UUID NOT NULL,
    "cursor" TEXT NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "pages" INTEGER NOT NULL,

    CONSTRAINT "order_searches_pkey" PRIMARY KEY ("order_id")
);

-- AddForeignKey
ALTER TABLE "order_searches" ADD CONSTRAINT "order_searches_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "order_searches"
  ADD CONSTRAINT "order_searches_pages" CHECK ("pages" > 0),
  ADD CONSTRAINT "order_searches_cursor" CHECK (char_length("cursor") BETWEEN 1 AND 2000);
