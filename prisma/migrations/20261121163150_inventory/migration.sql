-- CreateEnum
CREATE TYPE "code_state" AS ENUM ('available', 'reserved', 'handed_out', 'bad', 'replaced', 'expired', 'withheld');

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "proved_at" TIMESTAMPTZ(3);

-- The guards are laid down again below, over the new columns.
DROP TRIGGER "codes_unchanged" ON "codes";
ALTER TABLE "codes" DROP CONSTRAINT "codes_sealed", DROP CONSTRAINT "codes_position";
ALTER TABLE "code_conflicts" DROP CONSTRAINT "code_conflicts_sealed";

-- AlterTable
ALTER TABLE "codes"
ADD COLUMN     "cost" DECIMAL(18,4),
ADD COLUMN     "currency" TEXT,
ADD COLUMN     "customer_ref" TEXT,
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "hand_out_id" UUID,
ADD COLUMN     "import_id" UUID,
ADD COLUMN     "is_mock" BOOLEAN,
ADD COLUMN     "order_id" UUID,
ADD COLUMN     "replaces_id" UUID,
ADD COLUMN     "state" "code_state",
ADD COLUMN     "state_changed_at" TIMESTAMPTZ(3),
ADD COLUMN     "stock_product_id" UUID,
ALTER COLUMN "item_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "data_keys" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "wrapped_by" TEXT NOT NULL,
    "wrapped" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_rotations" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "data_key_id" TEXT NOT NULL,
    "position" JSONB NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL,

    CONSTRAINT "key_rotations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_products" (
    "id" UUID NOT NULL,
    "supplier_id" UUID,
    "external_id" TEXT,
    "name" TEXT NOT NULL,
    "region" TEXT,
    "low_line" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_levels" (
    "stock_product_id" UUID NOT NULL,
    "state" "code_state" NOT NULL,
    "is_mock" BOOLEAN NOT NULL,
    "currency" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "cost" DECIMAL(20,4) NOT NULL,

    CONSTRAINT "stock_levels_pkey" PRIMARY KEY ("stock_product_id","state","is_mock","currency")
);

-- CreateTable
CREATE TABLE "stock_changes" (
    "id" BIGSERIAL NOT NULL,
    "stock_product_id" UUID NOT NULL,
    "state" "code_state" NOT NULL,
    "is_mock" BOOLEAN NOT NULL,
    "currency" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "cost" DECIMAL(20,4) NOT NULL,

    CONSTRAINT "stock_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hand_outs" (
    "id" UUID NOT NULL,
    "customer_ref" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "note" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hand_outs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_links" (
    "id" UUID NOT NULL,
    "hand_out_id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "pin_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_name" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "wrong_tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "claim_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_complaints" (
    "id" UUID NOT NULL,
    "code_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT NOT NULL,
    "window_ends_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "outcome" TEXT,
    "outcome_note" TEXT,

    CONSTRAINT "code_complaints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_imports" (
    "id" UUID NOT NULL,
    "stock_product_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "cost" DECIMAL(18,4),
    "currency" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "code_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_problems" (
    "import_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "problem" TEXT NOT NULL,

    CONSTRAINT "import_problems_pkey" PRIMARY KEY ("import_id","row")
);

-- What a supplier's product is called in stock follows from its ids.
CREATE FUNCTION "stock_product_of"(supplier uuid, product text) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT md5(supplier::text || '|' || product)::uuid $$;

INSERT INTO "stock_products" ("id", "supplier_id", "external_id", "name", "region", "created_at")
SELECT DISTINCT ON (o."supplier_id", i."external_id")
  "stock_product_of"(o."supplier_id", i."external_id"), o."supplier_id", i."external_id", i."product_name", i."region", now()
FROM "codes" c JOIN "order_items" i ON i."id" = c."item_id" JOIN "orders" o ON o."id" = i."order_id"
ORDER BY o."supplier_id", i."external_id", i."id" DESC;

UPDATE "codes" c SET
  "order_id" = o."id",
  "stock_product_id" = "stock_product_of"(o."supplier_id", i."external_id"),
  "is_mock" = o."is_mock",
  "state" = (CASE WHEN c."withheld" THEN 'withheld' WHEN o."customer_ref" IS NULL THEN 'available' ELSE 'reserved' END)::"code_state",
  "state_changed_at" = c."stored_at",
  "customer_ref" = o."customer_ref",
  "cost" = i."unit_price",
  "currency" = o."currency"
FROM "order_items" i JOIN "orders" o ON o."id" = i."order_id"
WHERE i."id" = c."item_id";

ALTER TABLE "codes" DROP COLUMN "withheld",
ALTER COLUMN "stock_product_id" SET NOT NULL,
ALTER COLUMN "is_mock" SET NOT NULL,
ALTER COLUMN "state" SET NOT NULL,
ALTER COLUMN "state_changed_at" SET NOT NULL;

INSERT INTO "stock_levels" ("stock_product_id", "state", "is_mock", "currency", "count", "cost")
SELECT "stock_product_id", "state", "is_mock", coalesce("currency", ''), count(*), coalesce(sum("cost"), 0)
FROM "codes" GROUP BY 1, 2, 3, 4;

-- CreateIndex
CREATE UNIQUE INDEX "stock_products_supplier_id_external_id_key" ON "stock_products"("supplier_id", "external_id");

-- CreateIndex
CREATE INDEX "claim_links_hand_out_id_idx" ON "claim_links"("hand_out_id");

-- CreateIndex
CREATE INDEX "code_complaints_code_id_idx" ON "code_complaints"("code_id");

-- CreateIndex
CREATE INDEX "code_imports_created_at_idx" ON "code_imports"("created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "codes_replaces_id_key" ON "codes"("replaces_id");

-- CreateIndex
CREATE INDEX "codes_order_id_idx" ON "codes"("order_id");

-- CreateIndex
CREATE INDEX "codes_hand_out_id_idx" ON "codes"("hand_out_id");

-- CreateIndex
CREATE UNIQUE INDEX "codes_import_id_position_key" ON "codes"("import_id", "position");

-- AddForeignKey
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_stock_product_id_fkey" FOREIGN KEY ("stock_product_id") REFERENCES "stock_products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "code_imports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_stock_product_id_fkey" FOREIGN KEY ("stock_product_id") REFERENCES "stock_products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_hand_out_id_fkey" FOREIGN KEY ("hand_out_id") REFERENCES "hand_outs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "codes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim_links" ADD CONSTRAINT "claim_links_hand_out_id_fkey" FOREIGN KEY ("hand_out_id") REFERENCES "hand_outs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code_complaints" ADD CONSTRAINT "code_complaints_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code_imports" ADD CONSTRAINT "code_imports_stock_product_id_fkey" FOREIGN KEY ("stock_product_id") REFERENCES "stock_products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_problems" ADD CONSTRAINT "import_problems_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "code_imports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "codes"
  ADD CONSTRAINT "codes_position" CHECK ("position" >= 0),
  ADD CONSTRAINT "codes_sealed" CHECK ("sealed" ~ '^v[12]\|[^|]+\|[^|]+\|[^|]*\|[^|]+$'),
  ADD CONSTRAINT "codes_one_source" CHECK (num_nonnulls("item_id", "import_id") = 1 AND ("item_id" IS NULL) = ("order_id" IS NULL)),
  ADD CONSTRAINT "codes_cost" CHECK (("cost" IS NULL) = ("currency" IS NULL) AND "cost" >= 0),
  ADD CONSTRAINT "codes_for_somebody" CHECK ("state" NOT IN ('reserved', 'handed_out') OR "customer_ref" IS NOT NULL),
  ADD CONSTRAINT "codes_handed_out" CHECK (("hand_out_id" IS NOT NULL) OR "state" <> 'handed_out');
ALTER TABLE "code_conflicts"
  ADD CONSTRAINT "code_conflicts_sealed" CHECK ("sealed" ~ '^v[12]\|[^|]+\|[^|]+\|[^|]*\|[^|]+$');
ALTER TABLE "stock_products"
  ADD CONSTRAINT "stock_products_low_line" CHECK ("low_line" >= 0),
  ADD CONSTRAINT "stock_products_source" CHECK (("supplier_id" IS NULL) = ("external_id" IS NULL)),
  ADD FOREIGN KEY ("supplier_id") REFERENCES "suppliers" ("id") ON DELETE RESTRICT;
-- Goods of our own are told apart by their names.
CREATE UNIQUE INDEX "stock_products_own_name" ON "stock_products" (lower("name"), coalesce(lower("region"), '')) WHERE "supplier_id" IS NULL;
ALTER TABLE "hand_outs" ADD CONSTRAINT "hand_outs_way" CHECK ("way" IN ('reveal', 'slip', 'link'));
ALTER TABLE "claim_links" ADD CONSTRAINT "claim_links_ends_once" CHECK ("opened_at" IS NULL OR "revoked_at" IS NULL);
ALTER TABLE "code_complaints"
  ADD CONSTRAINT "code_complaints_kind" CHECK ("kind" IN ('missing', 'wrong', 'defective')),
  ADD CONSTRAINT "code_complaints_closed" CHECK (("closed_at" IS NULL) = ("outcome" IS NULL)),
  ADD CONSTRAINT "code_complaints_outcome" CHECK ("outcome" IN ('replaced', 'refunded', 'refused', 'dropped'));
CREATE UNIQUE INDEX "code_complaints_open" ON "code_complaints" ("code_id") WHERE "closed_at" IS NULL;
CREATE INDEX "code_complaints_by_window" ON "code_complaints" ("window_ends_at", "id") WHERE "closed_at" IS NULL;
ALTER TABLE "code_imports"
  ADD CONSTRAINT "code_imports_counts" CHECK ("total" > 0 AND "done" >= 0 AND "refused" >= 0),
  ADD CONSTRAINT "code_imports_cost" CHECK (("cost" IS NULL) = ("currency" IS NULL) AND "cost" >= 0);
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_purpose" CHECK ("purpose" IN ('seal', 'blind_index'));
-- One of each purpose is in use.
CREATE UNIQUE INDEX "data_keys_in_use" ON "data_keys" ("purpose") WHERE "retired_at" IS NULL;
CREATE UNIQUE INDEX "key_rotations_running" ON "key_rotations" ((true)) WHERE "finished_at" IS NULL;

-- The next one to hand out: what expires first goes first, then the oldest.
-- Not what somebody has seen: it may be with a customer already.
CREATE INDEX "codes_next_out" ON "codes" ("stock_product_id", "expires_at", "id") WHERE "state" = 'available' AND NOT "is_mock" AND "revealed_at" IS NULL;
-- And what is so kept back.
CREATE INDEX "codes_seen" ON "codes" ("stock_product_id") WHERE "state" = 'available' AND NOT "is_mock" AND "revealed_at" IS NOT NULL;
CREATE INDEX "codes_expiring" ON "codes" ("expires_at") WHERE "state" IN ('available', 'reserved') AND "expires_at" IS NOT NULL;
-- Lists, newest first. Mock codes have one of their own, or a page could have to walk past any number of them.
CREATE INDEX "codes_newest" ON "codes" ("id" DESC) WHERE NOT "is_mock";
CREATE INDEX "codes_newest_by_state" ON "codes" ("state", "id" DESC) WHERE NOT "is_mock";
CREATE INDEX "codes_newest_by_product" ON "codes" ("stock_product_id", "state", "id" DESC) WHERE NOT "is_mock";
CREATE INDEX "codes_mock" ON "codes" ("id" DESC) WHERE "is_mock";
CREATE INDEX "codes_customer" ON "codes" (lower("customer_ref") text_pattern_ops, "id" DESC) WHERE "customer_ref" IS NOT NULL;

-- A stored code is never lost and never replaced by another value. Only its seal may be renewed, by a
-- transaction that says so.
CREATE FUNCTION "codes_unchanged"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(OLD) - ARRAY['sealed', 'state', 'state_changed_at', 'customer_ref', 'hand_out_id', 'replaces_id', 'revealed_at'])
    IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['sealed', 'state', 'state_changed_at', 'customer_ref', 'hand_out_id', 'replaces_id', 'revealed_at'])
    OR (OLD."sealed" <> NEW."sealed" AND coalesce(current_setting('keyhold.resealing', true), '') <> 'on')
  THEN
    RAISE EXCEPTION 'stored codes can be neither changed nor removed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "codes_unchanged" BEFORE UPDATE OF "id", "item_id", "import_id", "order_id", "position", "stock_product_id", "is_mock",
  "sealed", "blind_index", "mask", "cost", "currency", "expires_at", "stored_at" ON "codes"
  FOR EACH ROW EXECUTE FUNCTION "codes_unchanged"();
DROP TRIGGER "code_conflicts_kept" ON "code_conflicts";
CREATE TRIGGER "code_conflicts_kept" BEFORE DELETE OR TRUNCATE ON "code_conflicts" EXECUTE FUNCTION "codes_insert_only"();
CREATE FUNCTION "code_conflicts_unchanged"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(OLD) - 'sealed') IS DISTINCT FROM (to_jsonb(NEW) - 'sealed')
    OR coalesce(current_setting('keyhold.resealing', true), '') <> 'on'
  THEN
    RAISE EXCEPTION 'stored codes can be neither changed nor removed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "code_conflicts_unchanged" BEFORE UPDATE ON "code_conflicts"
  FOR EACH ROW EXECUTE FUNCTION "code_conflicts_unchanged"();
CREATE FUNCTION "data_keys_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'data keys are never removed: what they sealed would be lost';
END $$;
CREATE TRIGGER "data_keys_kept" BEFORE DELETE OR TRUNCATE ON "data_keys" EXECUTE FUNCTION "data_keys_kept"();

-- As `lib/codes/lifecycle.ts` has it; this catches whatever bypasses that.
CREATE FUNCTION "codes_moves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (CASE OLD."state"
    WHEN 'available' THEN NEW."state" IN ('reserved', 'handed_out', 'bad', 'expired', 'withheld')
    WHEN 'reserved' THEN NEW."state" IN ('available', 'handed_out', 'bad', 'expired', 'withheld')
    WHEN 'handed_out' THEN NEW."state" = 'bad'
    WHEN 'bad' THEN NEW."state" IN ('available', 'reserved', 'handed_out', 'replaced')
    WHEN 'expired' THEN NEW."state" = 'bad'
    ELSE false
  END) THEN
    RAISE EXCEPTION 'code % cannot go from % to %', OLD."id", OLD."state", NEW."state";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "codes_moves" BEFORE UPDATE OF "state" ON "codes"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION "codes_moves"();

-- Counting beside the codes: a row for what each statement changed, so that no two writers wait for one.
CREATE FUNCTION "codes_count_new"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "stock_changes" ("stock_product_id", "state", "is_mock", "currency", "count", "cost")
  SELECT "stock_product_id", "state", "is_mock", coalesce("currency", ''), count(*), coalesce(sum("cost"), 0)
  FROM added GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END $$;
CREATE TRIGGER "codes_count_new" AFTER INSERT ON "codes" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "codes_count_new"();
CREATE FUNCTION "codes_count_moved"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "stock_changes" ("stock_product_id", "state", "is_mock", "currency", "count", "cost")
  SELECT m."stock_product_id", m."state", m."is_mock", coalesce(m."currency", ''), sum(m.by), coalesce(sum(m.by * m."cost"), 0)
  FROM (SELECT o.*, -1 AS by FROM was o UNION ALL SELECT n.*, 1 FROM became n) m
  GROUP BY 1, 2, 3, 4 HAVING sum(m.by) <> 0 OR coalesce(sum(m.by * m."cost"), 0) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER "codes_count_moved" AFTER UPDATE ON "codes" REFERENCING OLD TABLE AS was NEW TABLE AS became
  FOR EACH STATEMENT EXECUTE FUNCTION "codes_count_moved"();

-- How many codes a person has revealed or handed out within the hour.
CREATE INDEX "audit_entries_reveals" ON "audit_entries" ("actor_id", "action", "at") WHERE "action" IN ('code.revealed', 'code.handed_out');
-- CreateIndex
CREATE INDEX "code_conflicts_blind_index_idx" ON "code_conflicts" ("blind_index");
