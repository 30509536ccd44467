-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'operator', 'viewer');

-- CreateEnum
CREATE TYPE "order_status" AS ENUM ('submitting', 'unconfirmed', 'rejected', 'awaiting_payment', 'paid', 'processing', 'completed', 'partial', 'cancelled', 'failed');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "password_hash" TEXT NOT NULL,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_buckets" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_buckets_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object_kind" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "reason" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "address" TEXT,
    "correlation_id" TEXT,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "suppliers" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),
    "last_ok_at" TIMESTAMPTZ(3),
    "last_error_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suppliers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "categories" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "parent_external_id" TEXT,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "seen_in_walk" UUID NOT NULL,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "category_external_id" TEXT,
    "category_name" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "description" TEXT,
    "region" TEXT,
    "face_value" DECIMAL(18,4),
    "face_currency" TEXT,
    "price" DECIMAL(18,4) NOT NULL,
    "currency" TEXT NOT NULL,
    "stock" INTEGER,
    "min_quantity" INTEGER NOT NULL DEFAULT 1,
    "max_quantity" INTEGER,
    "note_fields" JSONB NOT NULL DEFAULT '[]',
    "is_service" BOOLEAN NOT NULL DEFAULT false,
    "user_guide" TEXT,
    "seen_in_walk" UUID,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalog_walks" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "position" JSONB NOT NULL,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "catalog_walks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "balance_samples" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "available" DECIMAL(18,4) NOT NULL,
    "reserved" DECIMAL(18,4) NOT NULL,
    "pending" DECIMAL(18,4) NOT NULL,
    "sampled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "balance_samples_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" UUID NOT NULL,
    "client_ref" TEXT NOT NULL,
    "supplier_id" UUID NOT NULL,
    "supplier_order_id" TEXT,
    "status" "order_status" NOT NULL,
    "supplier_word" TEXT,
    "cancel_reason" TEXT,
    "rejection" JSONB,
    "is_mock" BOOLEAN NOT NULL,
    "currency" TEXT NOT NULL,
    "agreed_total" DECIMAL(18,4) NOT NULL,
    "charged_total" DECIMAL(18,4),
    "customer_ref" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "correlation_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "status_changed_at" TIMESTAMPTZ(3) NOT NULL,
    "payment_expires_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "last_looked_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "failed_looks" INTEGER NOT NULL DEFAULT 0,
    "last_look_error" TEXT,
    "next_poll_at" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "last_answer" JSONB,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_items" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "external_id" TEXT NOT NULL,
    "product_name" TEXT NOT NULL,
    "region" TEXT,
    "is_service" BOOLEAN NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price" DECIMAL(18,4) NOT NULL,
    "note" JSONB,
    "user_guide" TEXT,
    "error" TEXT,

    CONSTRAINT "order_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_attempts" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "detail" TEXT,
    "http_status" INTEGER,

    CONSTRAINT "order_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline_entries" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "timeline_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_signals" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "order_signals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "codes" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "sealed" TEXT NOT NULL,
    "blind_index" TEXT NOT NULL,
    "mask" TEXT NOT NULL,
    "withheld" BOOLEAN NOT NULL DEFAULT false,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,
    "revealed_at" TIMESTAMPTZ(3),

    CONSTRAINT "codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_conflicts" (
    "id" UUID NOT NULL,
    "code_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "blind_index" TEXT NOT NULL,
    "mask" TEXT NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "code_conflicts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engine_runs" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "engine_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "audit_entries_object_kind_object_id_seq_idx" ON "audit_entries"("object_kind", "object_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "suppliers_slug_key" ON "suppliers"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "categories_supplier_id_external_id_key" ON "categories"("supplier_id", "external_id");

-- CreateIndex
CREATE INDEX "products_supplier_id_category_external_id_idx" ON "products"("supplier_id", "category_external_id");

-- CreateIndex
CREATE UNIQUE INDEX "products_supplier_id_external_id_key" ON "products"("supplier_id", "external_id");

-- CreateIndex
CREATE INDEX "catalog_walks_supplier_id_started_at_idx" ON "catalog_walks"("supplier_id", "started_at");

-- CreateIndex
CREATE INDEX "balance_samples_supplier_id_currency_sampled_at_idx" ON "balance_samples"("supplier_id", "currency", "sampled_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "orders_client_ref_key" ON "orders"("client_ref");

-- CreateIndex
CREATE INDEX "orders_status_id_idx" ON "orders"("status", "id" DESC);

-- CreateIndex
CREATE INDEX "orders_customer_ref_idx" ON "orders"("customer_ref");

-- CreateIndex
CREATE UNIQUE INDEX "orders_supplier_id_supplier_order_id_key" ON "orders"("supplier_id", "supplier_order_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_items_order_id_position_key" ON "order_items"("order_id", "position");

-- CreateIndex
CREATE INDEX "order_attempts_order_id_started_at_idx" ON "order_attempts"("order_id", "started_at");

-- CreateIndex
CREATE INDEX "timeline_entries_order_id_at_id_idx" ON "timeline_entries"("order_id", "at", "id");

-- CreateIndex
CREATE INDEX "order_signals_order_id_idx" ON "order_signals"("order_id");

-- CreateIndex
CREATE INDEX "codes_blind_index_idx" ON "codes"("blind_index");

-- CreateIndex
CREATE UNIQUE INDEX "codes_item_id_position_key" ON "codes"("item_id", "position");

-- CreateIndex
CREATE INDEX "code_conflicts_code_id_idx" ON "code_conflicts"("code_id");

-- CreateIndex
CREATE INDEX "engine_runs_beat_at_idx" ON "engine_runs"("beat_at");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "catalog_walks" ADD CONSTRAINT "catalog_walks_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_samples" ADD CONSTRAINT "balance_samples_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_attempts" ADD CONSTRAINT "order_attempts_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_signals" ADD CONSTRAINT "order_signals_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "order_items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code_conflicts" ADD CONSTRAINT "code_conflicts_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema language has no words for.

ALTER TABLE "users" ADD CONSTRAINT "users_email_lower" CHECK ("email" = lower("email"));

-- The engine's queue: whatever is due, oldest first.
CREATE INDEX "orders_due" ON "orders" ("next_poll_at") WHERE "next_poll_at" IS NOT NULL;
-- The newest move of real money, after which the balance is sampled.
CREATE INDEX "orders_moved" ON "orders" ("supplier_id", "status_changed_at") WHERE NOT "is_mock";

ALTER TABLE "orders"
  -- No open order without a time at which it will next be looked at.
  ADD CONSTRAINT "orders_never_forgotten" CHECK (
    "status" NOT IN ('submitting', 'awaiting_payment', 'paid', 'processing') OR "next_poll_at" IS NOT NULL),
  ADD CONSTRAINT "orders_known_at_supplier" CHECK (
    "status" IN ('submitting', 'unconfirmed', 'rejected') OR "supplier_order_id" IS NOT NULL),
  ADD CONSTRAINT "orders_rejected_with_reason" CHECK (("status" = 'rejected') = ("rejection" IS NOT NULL)),
  ADD CONSTRAINT "orders_finished_at" CHECK (
    ("status" IN ('rejected', 'completed', 'partial', 'cancelled', 'failed')) = ("finished_at" IS NOT NULL)),
  ADD CONSTRAINT "orders_lease" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL)),
  ADD CONSTRAINT "orders_agreed_total" CHECK ("agreed_total" >= 0),
  ADD CONSTRAINT "orders_currency" CHECK ("currency" ~ '^[A-Z]{3,5}$'),
  ADD CONSTRAINT "orders_customer_ref" CHECK (char_length("customer_ref") BETWEEN 1 AND 200),
  ADD CONSTRAINT "orders_client_ref" CHECK (char_length("client_ref") BETWEEN 1 AND 200);

ALTER TABLE "order_items"
  ADD CONSTRAINT "order_items_quantity" CHECK ("quantity" BETWEEN 1 AND 100000),
  ADD CONSTRAINT "order_items_position" CHECK ("position" >= 0),
  ADD CONSTRAINT "order_items_unit_price" CHECK ("unit_price" >= 0);

ALTER TABLE "order_attempts"
  ADD CONSTRAINT "order_attempts_kind" CHECK ("kind" IN ('create', 'pay')),
  ADD CONSTRAINT "order_attempts_outcome" CHECK (
    ("outcome" IS NULL) = ("finished_at" IS NULL) AND "outcome" IN ('accepted', 'refused', 'unknown'));
-- At most one send of an order is in flight, and at most one create of it was ever accepted.
CREATE UNIQUE INDEX "order_attempts_in_flight" ON "order_attempts" ("order_id") WHERE "finished_at" IS NULL;
CREATE UNIQUE INDEX "order_attempts_one_create" ON "order_attempts" ("order_id")
  WHERE "kind" = 'create' AND "outcome" = 'accepted';

CREATE UNIQUE INDEX "order_signals_open" ON "order_signals" ("order_id", "key") WHERE "cleared_at" IS NULL;
CREATE INDEX "order_signals_open_all" ON "order_signals" ("opened_at") WHERE "cleared_at" IS NULL;

ALTER TABLE "codes"
  ADD CONSTRAINT "codes_position" CHECK ("position" >= 0),
  ADD CONSTRAINT "codes_sealed" CHECK ("sealed" LIKE 'v1|%|%|%|%');
ALTER TABLE "code_conflicts"
  ADD CONSTRAINT "code_conflicts_sealed" CHECK ("sealed" LIKE 'v1|%|%|%|%');

-- A new password or role ends the sessions that were begun before it.
CREATE FUNCTION "users_raise_session_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."session_version" := OLD."session_version" + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER "users_raise_session_version" BEFORE UPDATE ON "users"
  FOR EACH ROW WHEN (
    (OLD."password_hash" IS DISTINCT FROM NEW."password_hash" OR OLD."role" IS DISTINCT FROM NEW."role")
    AND NEW."session_version" <= OLD."session_version")
  EXECUTE FUNCTION "users_raise_session_version"();

-- An order's status only moves forward. The pure lifecycle decides; this catches whatever bypasses it.
CREATE FUNCTION "orders_forward_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."status" IN ('completed', 'cancelled', 'failed', 'rejected')
    OR (OLD."status" = 'partial' AND NEW."status" <> 'completed')
    OR (OLD."status" = 'processing' AND NEW."status" IN ('submitting', 'unconfirmed', 'awaiting_payment', 'paid', 'rejected'))
    OR (OLD."status" = 'paid' AND NEW."status" IN ('submitting', 'unconfirmed', 'awaiting_payment', 'rejected'))
    OR (OLD."status" = 'awaiting_payment' AND NEW."status" IN ('submitting', 'unconfirmed', 'rejected'))
  THEN
    RAISE EXCEPTION 'order % cannot go from % back to %', OLD."id", OLD."status", NEW."status";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "orders_forward_only" BEFORE UPDATE OF "status" ON "orders"
  FOR EACH ROW WHEN (OLD."status" IS DISTINCT FROM NEW."status") EXECUTE FUNCTION "orders_forward_only"();

-- Once known, the supplier's id is never exchanged for another.
CREATE FUNCTION "orders_keep_supplier_order"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'order % already belongs to supplier order %', OLD."id", OLD."supplier_order_id";
END $$;
CREATE TRIGGER "orders_keep_supplier_order" BEFORE UPDATE OF "supplier_order_id" ON "orders"
  FOR EACH ROW WHEN (OLD."supplier_order_id" IS NOT NULL AND OLD."supplier_order_id" IS DISTINCT FROM NEW."supplier_order_id")
  EXECUTE FUNCTION "orders_keep_supplier_order"();

-- A stored code is never lost and never replaced by another value.
CREATE FUNCTION "codes_insert_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'stored codes can be neither changed nor removed';
END $$;
CREATE TRIGGER "codes_unchanged" BEFORE UPDATE OF "id", "item_id", "position", "sealed", "blind_index", "mask", "stored_at" ON "codes"
  FOR EACH ROW EXECUTE FUNCTION "codes_insert_only"();
CREATE TRIGGER "codes_kept" BEFORE DELETE OR TRUNCATE ON "codes" EXECUTE FUNCTION "codes_insert_only"();
CREATE TRIGGER "code_conflicts_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "code_conflicts"
  EXECUTE FUNCTION "codes_insert_only"();

CREATE FUNCTION "audit_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries can be neither changed nor removed';
END $$;
CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
  EXECUTE FUNCTION "audit_append_only"();
