-- AlterTable
ALTER TABLE "suppliers" ADD COLUMN     "config" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "ordering_paused_by" TEXT,
ADD COLUMN     "ordering_paused_until" TIMESTAMPTZ(3),
ADD COLUMN     "ordering_paused_why" TEXT,
ADD COLUMN     "polling_paused_by" TEXT,
ADD COLUMN     "polling_paused_until" TIMESTAMPTZ(3),
ADD COLUMN     "polling_paused_why" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "supplier_secrets" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "supplier_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox_messages" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "via" TEXT NOT NULL DEFAULT 'webhook',
    "scheme" TEXT NOT NULL,
    "event" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "sealed" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "order_id" UUID,

    CONSTRAINT "inbox_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "supplier_sockets" (
    "supplier_id" UUID NOT NULL,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'down',
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),
    "connects" INTEGER NOT NULL DEFAULT 0,
    "updates" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "supplier_sockets_pkey" PRIMARY KEY ("supplier_id")
);

-- CreateIndex
CREATE INDEX "supplier_secrets_supplier_id_name_idx" ON "supplier_secrets"("supplier_id", "name");

-- CreateIndex
CREATE INDEX "inbox_messages_order_id_idx" ON "inbox_messages"("order_id");

-- CreateIndex
CREATE INDEX "inbox_messages_supplier_id_received_at_idx" ON "inbox_messages"("supplier_id", "received_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "inbox_messages_supplier_id_dedupe_key_key" ON "inbox_messages"("supplier_id", "dedupe_key");

-- AddForeignKey
ALTER TABLE "supplier_secrets" ADD CONSTRAINT "supplier_secrets_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbox_messages" ADD CONSTRAINT "inbox_messages_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbox_messages" ADD CONSTRAINT "inbox_messages_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supplier_sockets" ADD CONSTRAINT "supplier_sockets_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "suppliers"
  ADD CONSTRAINT "suppliers_slug" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$' AND "slug" NOT IN ('new', 'inbox')),
  -- A pause has an end and a reason.
  ADD CONSTRAINT "suppliers_ordering_pause" CHECK (
    num_nonnulls("ordering_paused_until", "ordering_paused_why", "ordering_paused_by") IN (0, 3)),
  ADD CONSTRAINT "suppliers_polling_pause" CHECK (
    num_nonnulls("polling_paused_until", "polling_paused_why", "polling_paused_by") IN (0, 3));

ALTER TABLE "supplier_secrets"
  ADD CONSTRAINT "supplier_secrets_sealed" CHECK ("sealed" ~ '^v2\|[^|]+\|[^|]+\|[^|]*\|[^|]+$'),
  ADD CONSTRAINT "supplier_secrets_last_four" CHECK (char_length("last_four") <= 4),
  ADD CONSTRAINT "supplier_secrets_ends" CHECK ("ends_at" IS NULL OR "replaced_at" IS NOT NULL);
CREATE UNIQUE INDEX "supplier_secrets_in_use" ON "supplier_secrets" ("supplier_id", "name") WHERE "replaced_at" IS NULL;

ALTER TABLE "inbox_messages"
  ADD CONSTRAINT "inbox_messages_sealed" CHECK ("sealed" ~ '^v2\|[^|]+\|[^|]+\|[^|]*\|[^|]+$'),
  ADD CONSTRAINT "inbox_messages_via" CHECK ("via" IN ('webhook', 'socket')),
  ADD CONSTRAINT "inbox_messages_state" CHECK ("state" IN ('waiting', 'done', 'ignored', 'unmatched', 'unreadable', 'failed')),
  -- What waits has a time at which it is worked on; what is settled has none, but an unmatched one may be tried again.
  ADD CONSTRAINT "inbox_messages_due" CHECK (
    CASE WHEN "state" = 'waiting' THEN "next_at" IS NOT NULL WHEN "state" = 'unmatched' THEN TRUE ELSE "next_at" IS NULL END),
  ADD CONSTRAINT "inbox_messages_settled" CHECK (("state" = 'waiting') = ("settled_at" IS NULL)),
  ADD CONSTRAINT "inbox_messages_problem" CHECK ("state" NOT IN ('unmatched', 'unreadable', 'failed') OR "problem" IS NOT NULL),
  ADD CONSTRAINT "inbox_messages_lease" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL)),
  ADD CONSTRAINT "inbox_messages_dedupe_key" CHECK (char_length("dedupe_key") BETWEEN 1 AND 300);
CREATE INDEX "inbox_messages_due" ON "inbox_messages" ("next_at") WHERE "next_at" IS NOT NULL;
CREATE INDEX "inbox_messages_troubled" ON "inbox_messages" ("received_at" DESC) WHERE "state" IN ('unmatched', 'unreadable', 'failed');

ALTER TABLE "supplier_sockets"
  ADD CONSTRAINT "supplier_sockets_state" CHECK ("state" IN ('connecting', 'up', 'down')),
  ADD CONSTRAINT "supplier_sockets_lease" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL));

ALTER TABLE "orders" DROP CONSTRAINT "orders_finished_at";
ALTER TABLE "orders" ADD CONSTRAINT "orders_finished_at" CHECK (
  ("status" IN ('rejected', 'completed', 'partial', 'cancelled', 'failed', 'refunded')) = ("finished_at" IS NOT NULL));

-- What was bought may be refunded, whatever it had come to; nothing comes after that.
CREATE OR REPLACE FUNCTION "orders_forward_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."status" IN ('rejected', 'refunded')
    OR (OLD."status" IN ('completed', 'cancelled', 'failed') AND NEW."status" <> 'refunded')
    OR (OLD."status" = 'partial' AND NEW."status" NOT IN ('completed', 'refunded'))
    OR (OLD."status" = 'processing' AND NEW."status" IN ('submitting', 'unconfirmed', 'awaiting_payment', 'paid', 'rejected'))
    OR (OLD."status" = 'paid' AND NEW."status" IN ('submitting', 'unconfirmed', 'awaiting_payment', 'rejected'))
    OR (OLD."status" = 'awaiting_payment' AND NEW."status" IN ('submitting', 'unconfirmed', 'rejected'))
  THEN
    RAISE EXCEPTION 'order % cannot go from % back to %', OLD."id", OLD."status", NEW."status";
  END IF;
  RETURN NEW;
END $$;

DROP INDEX "events_once";
CREATE UNIQUE INDEX "events_once" ON "events" ("order_id", "type")
  WHERE "type" IN ('order.created', 'order.paid', 'order.processing', 'order.completed', 'order.partial', 'order.cancelled', 'order.failed', 'order.refunded');

-- How many of an account's calls took how long: what percentiles are read from.
ALTER TABLE "call_counts" ADD COLUMN "took_slots" INTEGER[] DEFAULT ARRAY[]::INTEGER[];
