-- AlterTable
ALTER TABLE "suppliers" ADD COLUMN     "audit_lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "audited_at" TIMESTAMPTZ(3),
ADD COLUMN     "clock_offset_ms" INTEGER,
ADD COLUMN     "is_exclusive" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "second_person_above" DECIMAL(18,4),
ADD COLUMN     "settling_ms" INTEGER NOT NULL DEFAULT 600000;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "fingerprint" TEXT;

-- AlterTable
ALTER TABLE "order_attempts" ADD COLUMN     "balance_moved" BOOLEAN,
ADD COLUMN     "first_byte_at" TIMESTAMPTZ(3),
ADD COLUMN     "resolution" TEXT,
ADD COLUMN     "resolved_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "supplier_capabilities" (
    "supplier_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "learnt_from" TEXT NOT NULL,
    "learnt_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supplier_capabilities_pkey" PRIMARY KEY ("supplier_id","name")
);

-- CreateTable
CREATE TABLE "supplier_orders" (
    "supplier_id" UUID NOT NULL,
    "supplier_order_id" TEXT NOT NULL,
    "spelling" TEXT,
    "state" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "total" DECIMAL(18,4),
    "currency" TEXT,
    "is_mock" BOOLEAN,
    "items" JSONB NOT NULL,
    "fingerprint" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "attribution" TEXT,
    "order_id" UUID,
    "attributed_at" TIMESTAMPTZ(3),
    "attributed_by" TEXT,
    "reason" TEXT,
    "alerted_at" TIMESTAMPTZ(3),

    CONSTRAINT "supplier_orders_pkey" PRIMARY KEY ("supplier_id","supplier_order_id")
);

-- CreateTable
CREATE TABLE "placement_gates" (
    "supplier_id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "frozen_at" TIMESTAMPTZ(3),
    "waits_for" TEXT,
    "waits_why" TEXT,
    "next_pass_at" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "placement_gates_pkey" PRIMARY KEY ("supplier_id","fingerprint")
);

-- CreateTable
CREATE TABLE "gate_passes" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "pages" INTEGER NOT NULL,
    "seen" INTEGER NOT NULL,
    "complete" BOOLEAN NOT NULL,
    "problem" TEXT,
    "candidates" TEXT[],

    CONSTRAINT "gate_passes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_proposals" (
    "order_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "actor_id" UUID NOT NULL,
    "actor_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_proposals_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "system_signals" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "system_signals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "supplier_orders_order_id_key" ON "supplier_orders"("order_id");

-- CreateIndex
CREATE INDEX "supplier_orders_supplier_id_fingerprint_idx" ON "supplier_orders"("supplier_id", "fingerprint");

-- CreateIndex
CREATE INDEX "supplier_orders_supplier_id_created_at_idx" ON "supplier_orders"("supplier_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "gate_passes_supplier_id_fingerprint_started_at_idx" ON "gate_passes"("supplier_id", "fingerprint", "started_at");

-- CreateIndex
CREATE INDEX "orders_supplier_id_fingerprint_id_idx" ON "orders"("supplier_id", "fingerprint", "id" DESC);

-- AddForeignKey
ALTER TABLE "supplier_capabilities" ADD CONSTRAINT "supplier_capabilities_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supplier_orders" ADD CONSTRAINT "supplier_orders_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supplier_orders" ADD CONSTRAINT "supplier_orders_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "placement_gates" ADD CONSTRAINT "placement_gates_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gate_passes" ADD CONSTRAINT "gate_passes_supplier_id_fingerprint_fkey" FOREIGN KEY ("supplier_id", "fingerprint") REFERENCES "placement_gates"("supplier_id", "fingerprint") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_proposals" ADD CONSTRAINT "order_proposals_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema language has no words for.

ALTER TABLE "order_attempts" DROP CONSTRAINT "order_attempts_outcome";
ALTER TABLE "order_attempts"
  ADD CONSTRAINT "order_attempts_outcome" CHECK (
    ("outcome" IS NULL) = ("finished_at" IS NULL) AND "outcome" IN ('accepted', 'refused', 'unknown', 'orphaned')),
  -- Only an unclear create is cleared up afterwards.
  ADD CONSTRAINT "order_attempts_resolution" CHECK (
    ("resolution" IS NULL) = ("resolved_at" IS NULL)
    AND "resolution" IN ('claimed', 'not_created', 'superseded', 'given_up')
    AND ("resolution" IS NULL OR ("kind" = 'create' AND "outcome" IS NOT NULL AND "outcome" IN ('unknown', 'refused', 'accepted', 'orphaned'))));
CREATE INDEX "order_attempts_unclear" ON "order_attempts" ("order_id")
  WHERE "kind" = 'create' AND "resolution" IS NULL AND ("outcome" IS NULL OR "outcome" = 'unknown');

ALTER TABLE "suppliers"
  ADD CONSTRAINT "suppliers_settling" CHECK ("settling_ms" BETWEEN 1000 AND 86400000),
  ADD CONSTRAINT "suppliers_second_person" CHECK ("second_person_above" >= 0);

ALTER TABLE "supplier_orders"
  ADD CONSTRAINT "supplier_orders_id" CHECK ("supplier_order_id" = lower("supplier_order_id")),
  ADD CONSTRAINT "supplier_orders_attribution" CHECK ("attribution" IN ('ours', 'foreign', 'predates', 'orphan')),
  ADD CONSTRAINT "supplier_orders_ours" CHECK (("attribution" IS NOT DISTINCT FROM 'ours') = ("order_id" IS NOT NULL)),
  ADD CONSTRAINT "supplier_orders_attributed_at" CHECK (("attribution" IS NULL) = ("attributed_at" IS NULL));
-- Unpaid leftovers, looked through by each audit.
CREATE INDEX "supplier_orders_orphans" ON "supplier_orders" ("supplier_id") WHERE "attribution" = 'orphan';
CREATE INDEX "supplier_orders_nobodys" ON "supplier_orders" ("supplier_id", "created_at" DESC)
  WHERE "attribution" IS NULL;

-- Suppliers may spell an id in either case; it is one owner's all the same.
CREATE UNIQUE INDEX "orders_one_owner" ON "orders" ("supplier_id", lower("supplier_order_id"));

-- A frozen gate always has a time at which it will next be looked into, and an open one none.
ALTER TABLE "placement_gates"
  ADD CONSTRAINT "placement_gates_frozen" CHECK (
    ("frozen_at" IS NULL) = ("next_pass_at" IS NULL) AND ("frozen_at" IS NULL) = ("waits_for" IS NULL)),
  ADD CONSTRAINT "placement_gates_waits_for" CHECK (
    "waits_for" IN ('outstanding', 'settling', 'second_pass', 'incomplete', 'person')),
  ADD CONSTRAINT "placement_gates_lease" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL));
CREATE INDEX "placement_gates_due" ON "placement_gates" ("next_pass_at") WHERE "next_pass_at" IS NOT NULL;

CREATE UNIQUE INDEX "system_signals_open" ON "system_signals" ("key", "subject") WHERE "cleared_at" IS NULL;

-- Supplier orders that are ours already.
INSERT INTO "supplier_orders" ("supplier_id", "supplier_order_id", "spelling", "state", "word", "is_mock", "items", "currency",
  "first_seen_at", "last_seen_at", "attribution", "order_id", "attributed_at")
SELECT "supplier_id", lower("supplier_order_id"), nullif("supplier_order_id", lower("supplier_order_id")), 'unknown', coalesce("supplier_word", ''), "is_mock", '[]', "currency",
  "created_at", "created_at", 'ours', "id", "created_at"
FROM "orders" WHERE "supplier_order_id" IS NOT NULL
ON CONFLICT DO NOTHING;
