-- By itself: a new word can't be used by the transaction that adds it.
ALTER TYPE "order_status" ADD VALUE 'refunded';
