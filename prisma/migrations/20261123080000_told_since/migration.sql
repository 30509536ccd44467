-- Since when an order has stood where it stands, as its supplier told: what a stall is counted from.
-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "told_since" TIMESTAMPTZ(3);

-- Whoever asks for either of the two by a time finds the earlier.
ALTER TABLE "orders"
  ADD CONSTRAINT "orders_told_since" CHECK ("told_since" <= "status_changed_at");
