-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "role" ADD VALUE 'owner';
ALTER TYPE "role" ADD VALUE 'lead';
ALTER TYPE "role" ADD VALUE 'finance';

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "grants" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "last_signed_in_at" TIMESTAMPTZ(3),
ADD COLUMN     "password_set_at" TIMESTAMPTZ(3),
ADD COLUMN     "totp_confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "totp_last_step" BIGINT,
ADD COLUMN     "totp_sealed" TEXT,
ALTER COLUMN "password_hash" DROP NOT NULL;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "complete_at" TIMESTAMPTZ(3),
ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'password';

-- AlterTable
ALTER TABLE "audit_entries" ADD COLUMN     "after" JSONB,
ADD COLUMN     "agent" TEXT,
ADD COLUMN     "before" JSONB,
ADD COLUMN     "hash" BYTEA,
ADD COLUMN     "key_id" TEXT;

-- CreateTable
CREATE TABLE "recovery_codes" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_links" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_identities" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_identities_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "spend_limits" (
    "user_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "per_day" DECIMAL(18,4) NOT NULL,

    CONSTRAINT "spend_limits_pkey" PRIMARY KEY ("user_id","currency")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "allowed_from" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "rate_per_minute" INTEGER NOT NULL DEFAULT 600,
    "spend_per_day" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_from" TEXT,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_requests" (
    "api_key_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "status" INTEGER,
    "answer" JSONB,
    "order_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "api_requests_pkey" PRIMARY KEY ("api_key_id","key")
);

-- CreateTable
CREATE TABLE "api_buckets" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_buckets_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_watch" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "begun_at" TIMESTAMPTZ(3),
    "verified_seq" BIGINT,
    "verified_at" TIMESTAMPTZ(3),
    "whole_at" TIMESTAMPTZ(3),
    "broken" JSONB,
    "logged_at" TIMESTAMPTZ(3),
    "mailed_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_watch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "recovery_codes_user_id_hash_key" ON "recovery_codes"("user_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "user_links_token_hash_key" ON "user_links"("token_hash");

-- CreateIndex
CREATE INDEX "user_links_user_id_idx" ON "user_links"("user_id");

-- CreateIndex
CREATE INDEX "user_identities_user_id_idx" ON "user_identities"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_prefix_key" ON "api_keys"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "audit_entries_actor_kind_actor_id_seq_idx" ON "audit_entries"("actor_kind", "actor_id", "seq");

-- CreateIndex
CREATE INDEX "audit_entries_action_seq_idx" ON "audit_entries"("action", "seq");

-- CreateIndex
CREATE INDEX "audit_entries_at_idx" ON "audit_entries"("at");

-- CreateIndex
CREATE INDEX "audit_entries_correlation_id_idx" ON "audit_entries"("correlation_id");

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_links" ADD CONSTRAINT "user_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spend_limits" ADD CONSTRAINT "spend_limits_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_requests" ADD CONSTRAINT "api_requests_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_one_row" CHECK ("id" = 1);
ALTER TABLE "audit_watch" ADD CONSTRAINT "audit_watch_one_row" CHECK ("id" = 1);
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_chained" CHECK (("hash" IS NULL) = ("key_id" IS NULL));
-- The audit chain has a key of its own.
ALTER TABLE "data_keys" DROP CONSTRAINT "data_keys_purpose";
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_purpose" CHECK ("purpose" IN ('seal', 'blind_index', 'audit'));
ALTER TABLE "user_links" ADD CONSTRAINT "user_links_kind" CHECK ("kind" IN ('invite', 'reset'));
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_method" CHECK ("method" IN ('password', 'oidc'));
-- Where there is a key, whatever is chained draws a later number than what this let through: a process of the build
-- before that is still running would break the chain for ever. Its act fails, and is the new build's to try again.
CREATE FUNCTION "audit_chained"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "data_keys" WHERE "purpose" = 'audit') THEN
    RAISE EXCEPTION 'an entry without a hash would break the audit chain: an older build is still running';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "audit_chained" BEFORE INSERT ON "audit_entries"
  FOR EACH ROW WHEN (NEW."hash" IS NULL) EXECUTE FUNCTION "audit_chained"();
-- Sessions of before knew no second step.
UPDATE "sessions" SET "complete_at" = "created_at";

-- A rotated key goes on for a while beside the one that took its place.
ALTER TABLE "api_keys" ADD COLUMN "previous_prefix" TEXT, ADD COLUMN "previous_hash" BYTEA, ADD COLUMN "previous_until" TIMESTAMPTZ(3), ADD COLUMN "own_orders_only" BOOLEAN NOT NULL DEFAULT false;
-- Who made it, and who was shown it and the one before: what one who leaves can go on using.
ALTER TABLE "api_keys" ADD COLUMN "created_by_id" UUID, ADD COLUMN "seen_by_id" UUID, ADD COLUMN "previous_seen_by_id" UUID;
CREATE UNIQUE INDEX "api_keys_previous_prefix_key" ON "api_keys"("previous_prefix");
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_previous" CHECK (num_nulls("previous_prefix", "previous_hash", "previous_until") IN (0, 3));
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_rate" CHECK ("rate_per_minute" BETWEEN 1 AND 100000);
ALTER TABLE "api_requests" ADD CONSTRAINT "api_requests_answered" CHECK (("status" IS NULL) = ("answer" IS NULL));

-- Where an event stands in the feed. No transaction that is still open can come to stand before those that are older than
-- the oldest of them, so whoever reads up to there misses nothing. An order's events stand in their own order, even where
-- the transaction of a later one began first.
ALTER TABLE "events" ADD COLUMN "feed_tx" xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX "events_feed" ON "events" ("feed_tx", (coalesce("order_id", "id")), (coalesce("sequence", 0)));

CREATE OR REPLACE FUNCTION "announce"(told jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  waiting integer;
BEGIN
  WITH news AS MATERIALIZED (
    SELECT r.*, t.place FROM jsonb_array_elements(told) WITH ORDINALITY AS t(event, place)
    CROSS JOIN LATERAL jsonb_to_record(t.event) AS r(
      "id" uuid, "type" text, "version" int, "at" timestamptz, "subject" text, "orderId" uuid, "isMock" boolean, "productIds" uuid[], "data" jsonb, "endpointId" uuid)),
  numbered AS MATERIALIZED (
    SELECT n.*, last."feed_tx" AS "after_tx", CASE WHEN n."orderId" IS NOT NULL THEN
      coalesce(last."sequence", 0)
        + (row_number() OVER (PARTITION BY n."orderId" ORDER BY n.place))::int END AS "sequence"
    FROM news n LEFT JOIN LATERAL (
      SELECT e."sequence", e."feed_tx" FROM "events" e WHERE e."order_id" = n."orderId"
      ORDER BY e."sequence" DESC LIMIT 1) last ON true),
  written AS (
    INSERT INTO "events" ("id", "type", "version", "at", "subject", "order_id", "sequence", "is_mock", "product_ids", "data", "feed_tx")
    SELECT n."id", n."type", n."version", n."at", n."subject", n."orderId", n."sequence", n."isMock", n."productIds", n."data",
      greatest(pg_current_xact_id(), n."after_tx") FROM numbered n),
  asked AS MATERIALIZED (
    SELECT n."id" AS event_id, p."id" AS endpoint_id,
      p."disabled_at" IS NULL AS is_on,
      NOT n."isMock" OR p."includes_mock" OR n."endpointId" IS NOT NULL AS takes_it
    FROM numbered n JOIN "endpoints" p ON p."deleted_at" IS NULL AND CASE WHEN n."endpointId" IS NOT NULL
      THEN p."id" = n."endpointId"
      ELSE p."events" && ARRAY[n."type", '*']
        AND (coalesce(cardinality(p."product_ids"), 0) = 0 OR p."product_ids" && n."productIds") END),
  sent AS (
    INSERT INTO "deliveries" ("id", "event_id", "endpoint_id", "event_type", "order_id", "sequence", "is_mock", "state", "reason",
      "next_attempt_at", "created_at", "finished_at")
    SELECT time_ordered_id(now()), n."id", a.endpoint_id, n."type", n."orderId", n."sequence", n."isMock",
      (CASE WHEN a.endpoint_id IS NULL THEN 'not_apply' ELSE 'pending' END)::delivery_state,
      CASE WHEN a.endpoint_id IS NULL THEN CASE
        WHEN EXISTS (SELECT FROM asked WHERE event_id = n."id" AND is_on) THEN 'mock_left_out'
        WHEN EXISTS (SELECT FROM asked WHERE event_id = n."id") THEN 'endpoint_disabled'
        ELSE 'nobody_asked' END END,
      CASE WHEN a.endpoint_id IS NOT NULL THEN now() END, now(),
      CASE WHEN a.endpoint_id IS NULL THEN now() END
    FROM numbered n LEFT JOIN asked a ON a.event_id = n."id" AND a.is_on AND a.takes_it
    RETURNING "state")
  SELECT count(*) FILTER (WHERE "state" = 'pending') INTO waiting FROM sent;
  PERFORM pg_notify('keyhold', 'deliveries');
  IF waiting > 0 THEN PERFORM pg_notify('keyhold', 'outbox'); END IF;
  RETURN waiting;
END $$;

-- What somebody has spent today.
CREATE INDEX "orders_actor_id_created_at_idx" ON "orders"("actor_id", "created_at");

-- What admins and operators could do by their role is a grant of its own now: nobody loses it by the change. Before the
-- trigger below, so that nobody is signed out either: the build before is still serving them.
UPDATE "users" SET "grants" = ARRAY['codes.values', 'export'] WHERE "role" IN ('admin', 'operator');

-- Other grants or another second factor end the sessions of before, as a new password and role do.
DROP TRIGGER "users_raise_session_version" ON "users";
CREATE TRIGGER "users_raise_session_version" BEFORE UPDATE ON "users"
  FOR EACH ROW WHEN (
    (OLD."password_hash" IS DISTINCT FROM NEW."password_hash" OR OLD."role" IS DISTINCT FROM NEW."role"
      OR OLD."grants" IS DISTINCT FROM NEW."grants" OR OLD."totp_confirmed_at" IS DISTINCT FROM NEW."totp_confirmed_at")
    AND NEW."session_version" <= OLD."session_version")
  EXECUTE FUNCTION "users_raise_session_version"();
ALTER TABLE "users" ADD CONSTRAINT "users_grants_known" CHECK ("grants" <@ ARRAY['codes.values', 'export']);
ALTER TABLE "users" ADD CONSTRAINT "users_second_factor" CHECK ("totp_confirmed_at" IS NULL OR "totp_sealed" IS NOT NULL);
ALTER TABLE "spend_limits" ADD CONSTRAINT "spend_limits_not_negative" CHECK ("per_day" >= 0);
-- One link at a time leads to a person.
CREATE UNIQUE INDEX "user_links_one_open" ON "user_links"("user_id") WHERE "used_at" IS NULL AND "ended_at" IS NULL;

-- What the role needs that the console and its workers come with, when it owns nothing: rows, no tables. The audit
-- log it can write on and not change, whatever becomes of triggers, which only the owner could switch off. To be
-- called by the owner, after every migration; docs/audit.md.
CREATE FUNCTION "grant_app_role"("app" name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), app);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', current_schema(), app);
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', current_schema(), app);
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit_entries FROM %I', app);
  EXECUTE format('REVOKE DELETE, TRUNCATE ON audit_head FROM %I', app);
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM %I', app);
  END IF;
END $$;
