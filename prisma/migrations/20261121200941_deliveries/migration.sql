-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('pending', 'success', 'failed', 'not_apply');

-- AlterTable
ALTER TABLE "suppliers" ADD COLUMN     "balance_low_at" DECIMAL(18,4),
ADD COLUMN     "balance_low_since" TIMESTAMPTZ(3),
ADD COLUMN     "balance_ok_at" DECIMAL(18,4);

-- CreateTable
CREATE TABLE "events" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "subject" TEXT NOT NULL,
    "order_id" UUID,
    "sequence" INTEGER,
    "is_mock" BOOLEAN NOT NULL,
    "product_ids" UUID[],
    "data" JSONB NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endpoints" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "secrets" TEXT,
    "events" TEXT[],
    "product_ids" UUID[],
    "includes_mock" BOOLEAN NOT NULL DEFAULT false,
    "payload" TEXT NOT NULL DEFAULT 'thin',
    "retry_plan_ms" INTEGER[],
    "is_ordered" BOOLEAN NOT NULL DEFAULT false,
    "sends_at_once" INTEGER NOT NULL DEFAULT 8,
    "rate_per_minute" INTEGER,
    "rate_used_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "paused_by" TEXT,
    "pause_reason" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_why" TEXT,
    "deleted_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "trips" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_failure_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "endpoint_id" UUID,
    "event_type" TEXT NOT NULL,
    "order_id" UUID,
    "sequence" INTEGER,
    "is_mock" BOOLEAN NOT NULL,
    "state" "delivery_state" NOT NULL,
    "reason" TEXT,
    "note" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "resend_of_id" UUID,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempts" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "error_kind" TEXT,
    "status" INTEGER,
    "took_ms" INTEGER,
    "request" JSONB,
    "answer" TEXT,
    "wait_ms" INTEGER,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announced_links" (
    "order_id" UUID NOT NULL,
    "claim_link_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "announced_links_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "delivery_jobs" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "reason" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "up_to" UUID NOT NULL,
    "position" UUID,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "stopped_at" TIMESTAMPTZ(3),
    "stopped_by" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "events_type_id_idx" ON "events"("type", "id");

-- CreateIndex
CREATE UNIQUE INDEX "events_order_id_sequence_key" ON "events"("order_id", "sequence");

-- CreateIndex
CREATE INDEX "deliveries_event_id_idx" ON "deliveries"("event_id");

-- CreateIndex
CREATE INDEX "deliveries_order_id_id_idx" ON "deliveries"("order_id", "id" DESC);

-- CreateIndex
CREATE INDEX "delivery_attempts_endpoint_id_started_at_idx" ON "delivery_attempts"("endpoint_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_attempts_delivery_id_number_key" ON "delivery_attempts"("delivery_id", "number");

-- CreateIndex
CREATE INDEX "delivery_jobs_created_at_idx" ON "delivery_jobs"("created_at" DESC);

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_resend_of_id_fkey" FOREIGN KEY ("resend_of_id") REFERENCES "deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announced_links" ADD CONSTRAINT "announced_links_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announced_links" ADD CONSTRAINT "announced_links_claim_link_id_fkey" FOREIGN KEY ("claim_link_id") REFERENCES "claim_links"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---------------------------------------------------------------- by hand

ALTER TABLE "hand_outs" DROP CONSTRAINT "hand_outs_way",
  ADD CONSTRAINT "hand_outs_way" CHECK ("way" IN ('reveal', 'slip', 'link', 'push'));
ALTER TABLE "suppliers"
  ADD CONSTRAINT "suppliers_balance_lines" CHECK (("balance_low_at" IS NULL) = ("balance_ok_at" IS NULL) AND "balance_low_at" <= "balance_ok_at");

ALTER TABLE "events"
  ADD CONSTRAINT "events_in_order" CHECK (("order_id" IS NULL) = ("sequence" IS NULL) AND "sequence" > 0),
  ADD CONSTRAINT "events_version" CHECK ("version" > 0);
-- What an order can only come to once is told once.
CREATE UNIQUE INDEX "events_once" ON "events" ("order_id", "type")
  WHERE "type" IN ('order.created', 'order.paid', 'order.processing', 'order.completed', 'order.partial', 'order.cancelled', 'order.failed');
CREATE FUNCTION "events_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was announced can be neither changed nor taken back';
END $$;
CREATE TRIGGER "events_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "events" EXECUTE FUNCTION "events_kept"();

ALTER TABLE "endpoints"
  ADD CONSTRAINT "endpoints_channel" CHECK ("channel" IN ('webhook', 'telegram', 'email', 'redis_stream', 'bullmq', 'sqs')),
  ADD CONSTRAINT "endpoints_payload" CHECK ("payload" IN ('thin', 'claim_link', 'codes')),
  ADD CONSTRAINT "endpoints_paused" CHECK (("paused_at" IS NULL) = ("pause_reason" IS NULL)),
  ADD CONSTRAINT "endpoints_disabled" CHECK (("disabled_at" IS NULL) = ("disabled_why" IS NULL)),
  ADD CONSTRAINT "endpoints_numbers" CHECK ("sends_at_once" BETWEEN 1 AND 64 AND "rate_per_minute" > 0 AND "failures" >= 0 AND "trips" >= 0);
CREATE UNIQUE INDEX "endpoints_name" ON "endpoints" (lower("name")) WHERE "deleted_at" IS NULL;

ALTER TABLE "deliveries"
  ADD CONSTRAINT "deliveries_pending" CHECK (("state" = 'pending') = ("next_attempt_at" IS NOT NULL) AND ("state" = 'pending') = ("finished_at" IS NULL)),
  ADD CONSTRAINT "deliveries_somewhere" CHECK ("endpoint_id" IS NOT NULL OR "state" = 'not_apply'),
  ADD CONSTRAINT "deliveries_reason" CHECK ("reason" IS NOT NULL OR "state" IN ('pending', 'success')),
  ADD CONSTRAINT "deliveries_lease" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL)),
  ADD CONSTRAINT "deliveries_tries" CHECK ("tries" >= 0);
-- One for each event and endpoint, besides what somebody had sent again.
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" ("event_id", "endpoint_id") WHERE "resend_of_id" IS NULL AND "endpoint_id" IS NOT NULL;
CREATE INDEX "deliveries_due" ON "deliveries" ("endpoint_id", "next_attempt_at", "id") WHERE "state" = 'pending';
CREATE INDEX "deliveries_pending_in_order" ON "deliveries" ("endpoint_id", "order_id", "sequence") WHERE "state" = 'pending';
CREATE INDEX "deliveries_next" ON "deliveries" ("next_attempt_at") WHERE "state" = 'pending';
CREATE INDEX "deliveries_by_state" ON "deliveries" ("state", "id" DESC);
CREATE INDEX "deliveries_by_endpoint" ON "deliveries" ("endpoint_id", "state", "id" DESC);
CREATE INDEX "deliveries_by_type" ON "deliveries" ("event_type", "id" DESC);
CREATE INDEX "deliveries_by_reason" ON "deliveries" ("reason", "id" DESC) WHERE "reason" IS NOT NULL;
CREATE INDEX "deliveries_resent" ON "deliveries" ("resend_of_id") WHERE "resend_of_id" IS NOT NULL;
CREATE INDEX "deliveries_mock" ON "deliveries" ("id" DESC) WHERE "is_mock";
CREATE INDEX "delivery_attempts_open" ON "delivery_attempts" ("started_at") WHERE "finished_at" IS NULL;

-- As `lib/deliveries/lifecycle.ts` has it; this catches whatever bypasses that.
CREATE FUNCTION "deliveries_moves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (CASE OLD."state"
    WHEN 'pending' THEN true
    WHEN 'not_apply' THEN NEW."state" = 'pending'
    ELSE false
  END) THEN
    RAISE EXCEPTION 'delivery % cannot go from % to %', OLD."id", OLD."state", NEW."state";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "deliveries_moves" BEFORE UPDATE OF "state" ON "deliveries"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION "deliveries_moves"();
CREATE FUNCTION "deliveries_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'deliveries are never removed';
END $$;
CREATE TRIGGER "deliveries_kept" BEFORE DELETE OR TRUNCATE ON "deliveries" EXECUTE FUNCTION "deliveries_kept"();

ALTER TABLE "delivery_attempts"
  ADD CONSTRAINT "delivery_attempts_number" CHECK ("number" > 0),
  ADD CONSTRAINT "delivery_attempts_ended" CHECK (("finished_at" IS NULL) = ("outcome" IS NULL)),
  ADD CONSTRAINT "delivery_attempts_outcome" CHECK ("outcome" IN ('accepted', 'refused', 'failed', 'interrupted'));
ALTER TABLE "announced_links"
  ADD CONSTRAINT "announced_links_sealed" CHECK ("sealed" ~ '^v2\|[^|]+\|[^|]+\|[^|]*\|[^|]+$');
ALTER TABLE "delivery_jobs"
  ADD CONSTRAINT "delivery_jobs_kind" CHECK ("kind" IN ('resend', 'revive', 'release', 'drop')),
  ADD CONSTRAINT "delivery_jobs_counts" CHECK ("total" >= 0 AND "done" >= 0 AND "skipped" >= 0);
CREATE INDEX "delivery_jobs_running" ON "delivery_jobs" ("created_at") WHERE "finished_at" IS NULL AND "stopped_at" IS NULL;

-- An id that sorts by the time of its making (RFC 9562, version 7), also where PostgreSQL has no function for it.
CREATE FUNCTION "time_ordered_id"(made timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send((extract(epoch FROM made) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- Writes events and a delivery for each endpoint that asks for them, within the transaction of what they tell
-- of; where nobody does, one delivery that says so. An order's row has to be locked (or new), since its events
-- are numbered here. `told`: [{id, type, version, at, subject, orderId, isMock, productIds, data}], in order.
CREATE FUNCTION "announce"(told jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  waiting integer;
BEGIN
  WITH news AS MATERIALIZED (
    SELECT r.*, t.place FROM jsonb_array_elements(told) WITH ORDINALITY AS t(event, place)
    CROSS JOIN LATERAL jsonb_to_record(t.event) AS r(
      "id" uuid, "type" text, "version" int, "at" timestamptz, "subject" text, "orderId" uuid, "isMock" boolean, "productIds" uuid[], "data" jsonb)),
  numbered AS MATERIALIZED (
    SELECT n.*, CASE WHEN n."orderId" IS NOT NULL THEN
      coalesce((SELECT max(e."sequence") FROM "events" e WHERE e."order_id" = n."orderId"), 0)
        + (row_number() OVER (PARTITION BY n."orderId" ORDER BY n.place))::int END AS "sequence"
    FROM news n),
  written AS (
    INSERT INTO "events" ("id", "type", "version", "at", "subject", "order_id", "sequence", "is_mock", "product_ids", "data")
    SELECT n."id", n."type", n."version", n."at", n."subject", n."orderId", n."sequence", n."isMock", n."productIds", n."data" FROM numbered n),
  asked AS MATERIALIZED (
    SELECT n."id" AS event_id, p."id" AS endpoint_id,
      p."disabled_at" IS NULL AS is_on, NOT n."isMock" OR p."includes_mock" AS takes_it
    FROM numbered n JOIN "endpoints" p ON p."deleted_at" IS NULL AND p."events" && ARRAY[n."type", '*']
      AND (coalesce(cardinality(p."product_ids"), 0) = 0 OR p."product_ids" && n."productIds")),
  sent AS (
    INSERT INTO "deliveries" ("id", "event_id", "endpoint_id", "event_type", "order_id", "sequence", "is_mock", "state", "reason",
      "next_attempt_at", "created_at", "finished_at")
    SELECT time_ordered_id(n."at"), n."id", a.endpoint_id, n."type", n."orderId", n."sequence", n."isMock",
      (CASE WHEN a.endpoint_id IS NULL THEN 'not_apply' ELSE 'pending' END)::delivery_state,
      CASE WHEN a.endpoint_id IS NULL THEN CASE
        WHEN EXISTS (SELECT FROM asked WHERE event_id = n."id" AND is_on) THEN 'mock_left_out'
        WHEN EXISTS (SELECT FROM asked WHERE event_id = n."id") THEN 'endpoint_disabled'
        ELSE 'nobody_asked' END END,
      CASE WHEN a.endpoint_id IS NOT NULL THEN now() END, n."at",
      CASE WHEN a.endpoint_id IS NULL THEN n."at" END
    FROM numbered n LEFT JOIN asked a ON a.event_id = n."id" AND a.is_on AND a.takes_it
    RETURNING "state")
  SELECT count(*) FILTER (WHERE "state" = 'pending') INTO waiting FROM sent;
  PERFORM pg_notify('keyhold', 'deliveries');
  IF waiting > 0 THEN PERFORM pg_notify('keyhold', 'outbox'); END IF;
  RETURN waiting;
END $$;
