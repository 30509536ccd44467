-- CreateEnum
CREATE TYPE "alert_state" AS ENUM ('open', 'acknowledged', 'snoozed', 'resolved');

-- CreateEnum
CREATE TYPE "alert_severity" AS ENUM ('info', 'warning', 'critical');

-- AlterTable
ALTER TABLE "suppliers" ADD COLUMN     "balance_critical_at" DECIMAL(18,4),
ADD COLUMN     "balance_critical_since" TIMESTAMPTZ(3),
ADD COLUMN     "support_email" TEXT;

-- AlterTable
ALTER TABLE "system_signals" ADD COLUMN     "alert_id" UUID,
ADD COLUMN     "is_settled" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "products" ADD COLUMN     "stalled_after_ms" INTEGER;

-- AlterTable
ALTER TABLE "balance_samples" ADD COLUMN     "asked_at" TIMESTAMPTZ(3),
ADD COLUMN     "first_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "order_signals" ADD COLUMN     "alert_id" UUID,
ADD COLUMN     "is_settled" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "top_ups" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" DECIMAL(18,4) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "voided_at" TIMESTAMPTZ(3),
    "voided_by" TEXT,
    "void_reason" TEXT,

    CONSTRAINT "top_ups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "balance_steps" (
    "sample_id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "before" DECIMAL(18,4) NOT NULL,
    "after" DECIMAL(18,4) NOT NULL,
    "remainder" DECIMAL(18,4) NOT NULL,
    "state" TEXT NOT NULL,
    "judged_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_by" TEXT,
    "reason" TEXT,

    CONSTRAINT "balance_steps_pkey" PRIMARY KEY ("sample_id")
);

-- CreateTable
CREATE TABLE "balance_moves" (
    "id" UUID NOT NULL,
    "supplier_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(18,4) NOT NULL,
    "order_id" UUID,
    "supplier_order_id" TEXT,
    "top_up_id" UUID,
    "earliest_at" TIMESTAMPTZ(3),
    "latest_at" TIMESTAMPTZ(3),
    "step_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "balance_moves_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "is_group" BOOLEAN NOT NULL DEFAULT false,
    "group_id" UUID,
    "severity" "alert_severity" NOT NULL,
    "state" "alert_state" NOT NULL,
    "order_id" UUID,
    "supplier_id" UUID,
    "is_mock" BOOLEAN NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "standing" INTEGER NOT NULL DEFAULT 1,
    "acknowledged_until" TIMESTAMPTZ(3),
    "snoozed_until" TIMESTAMPTZ(3),
    "snoozed_severity" "alert_severity",
    "snoozed_standing" INTEGER,
    "assignee_id" UUID,
    "assignee_name" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution" TEXT,
    "resolved_by" TEXT,
    "resolve_reason" TEXT,
    "reopened" INTEGER NOT NULL DEFAULT 0,
    "policy_id" UUID,
    "next_step" INTEGER NOT NULL DEFAULT 0,
    "round" INTEGER NOT NULL DEFAULT 0,
    "next_notice_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_entries" (
    "id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT,
    "note" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "alert_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_runs" (
    "rule" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "error" TEXT,

    CONSTRAINT "rule_runs_pkey" PRIMARY KEY ("rule")
);

-- CreateTable
CREATE TABLE "escalation_policies" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "kinds" TEXT[],
    "severity_floor" "alert_severity" NOT NULL,
    "repeat_after_ms" INTEGER,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "quiet_from" INTEGER,
    "quiet_to" INTEGER,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "quiet_floor" "alert_severity",
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "escalation_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "escalation_steps" (
    "policy_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "after_ms" INTEGER NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "user_id" UUID,

    CONSTRAINT "escalation_steps_pkey" PRIMARY KEY ("policy_id","place")
);

-- CreateTable
CREATE TABLE "runbooks" (
    "kind" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "markdown" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "runbooks_pkey" PRIMARY KEY ("kind","locale")
);

-- CreateTable
CREATE TABLE "dossiers" (
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "mailed_to" TEXT,
    "event_id" UUID,

    CONSTRAINT "dossiers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "top_ups_supplier_id_currency_at_idx" ON "top_ups"("supplier_id", "currency", "at");

-- CreateIndex
CREATE INDEX "balance_steps_supplier_id_currency_to_at_idx" ON "balance_steps"("supplier_id", "currency", "to_at");

-- CreateIndex
CREATE INDEX "balance_moves_supplier_id_currency_created_at_idx" ON "balance_moves"("supplier_id", "currency", "created_at");

-- CreateIndex
CREATE INDEX "balance_moves_order_id_idx" ON "balance_moves"("order_id");

-- CreateIndex
CREATE INDEX "balance_moves_step_id_idx" ON "balance_moves"("step_id");

-- CreateIndex
CREATE INDEX "alerts_order_id_idx" ON "alerts"("order_id");

-- CreateIndex
CREATE INDEX "alerts_group_id_idx" ON "alerts"("group_id");

-- CreateIndex
CREATE INDEX "alert_entries_alert_id_id_idx" ON "alert_entries"("alert_id", "id");

-- CreateIndex
CREATE INDEX "dossiers_order_id_id_idx" ON "dossiers"("order_id", "id" DESC);

-- CreateIndex
CREATE INDEX "system_signals_alert_id_idx" ON "system_signals"("alert_id");

-- CreateIndex
CREATE INDEX "order_signals_alert_id_idx" ON "order_signals"("alert_id");

-- AddForeignKey
ALTER TABLE "system_signals" ADD CONSTRAINT "system_signals_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "top_ups" ADD CONSTRAINT "top_ups_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_steps" ADD CONSTRAINT "balance_steps_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_steps" ADD CONSTRAINT "balance_steps_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "balance_samples"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_moves" ADD CONSTRAINT "balance_moves_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_moves" ADD CONSTRAINT "balance_moves_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_moves" ADD CONSTRAINT "balance_moves_top_up_id_fkey" FOREIGN KEY ("top_up_id") REFERENCES "top_ups"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_moves" ADD CONSTRAINT "balance_moves_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "balance_steps"("sample_id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_signals" ADD CONSTRAINT "order_signals_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "alerts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "escalation_policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_entries" ADD CONSTRAINT "alert_entries_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation_steps" ADD CONSTRAINT "escalation_steps_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "escalation_policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation_steps" ADD CONSTRAINT "escalation_steps_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation_steps" ADD CONSTRAINT "escalation_steps_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dossiers" ADD CONSTRAINT "dossiers_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "suppliers" ADD COLUMN "key_refused_at" TIMESTAMPTZ(3);
ALTER TABLE "suppliers" ADD COLUMN "rule_settings" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "alerts" ADD COLUMN "goods" TEXT;
ALTER TABLE "call_counts" ADD COLUMN "took_ms" BIGINT NOT NULL DEFAULT 0;

-- ---------------------------------------------------------------- by hand

-- One kind and subject is one alert at a time, and one group of it.
CREATE UNIQUE INDEX "alerts_unresolved" ON "alerts" ("kind", "subject", "is_group") WHERE "state" <> 'resolved';
CREATE INDEX "alerts_queue" ON "alerts" ("state", "is_mock", "severity" DESC, "opened_at", "id") WHERE "state" <> 'resolved';
CREATE INDEX "alerts_waking" ON "alerts" (least("acknowledged_until", "snoozed_until")) WHERE "state" IN ('acknowledged', 'snoozed');
CREATE INDEX "alerts_to_notify" ON "alerts" ("next_notice_at") WHERE "next_notice_at" IS NOT NULL;
CREATE INDEX "alerts_past" ON "alerts" ("kind", "subject", "is_group", "resolved_at" DESC) WHERE "state" = 'resolved';
CREATE INDEX "alerts_resolved" ON "alerts" ("resolved_at" DESC, "id" DESC) WHERE "state" = 'resolved';
CREATE INDEX "alerts_by_supplier" ON "alerts" ("supplier_id", "kind") WHERE "state" <> 'resolved';
CREATE INDEX "alerts_assigned" ON "alerts" ("assignee_id", "state") WHERE "assignee_id" IS NOT NULL;
ALTER TABLE "alerts"
  ADD CONSTRAINT "alerts_counts" CHECK ("occurrences" >= 1 AND "standing" BETWEEN 0 AND "occurrences" AND "reopened" >= 0 AND "version" >= 1),
  ADD CONSTRAINT "alerts_acknowledged" CHECK (("state" = 'acknowledged') = ("acknowledged_until" IS NOT NULL)),
  ADD CONSTRAINT "alerts_snoozed" CHECK (("state" = 'snoozed') = ("snoozed_until" IS NOT NULL)
    AND ("state" = 'snoozed') = ("snoozed_severity" IS NOT NULL) AND ("state" = 'snoozed') = ("snoozed_standing" IS NOT NULL)),
  ADD CONSTRAINT "alerts_resolved_how" CHECK (("state" = 'resolved') = ("resolved_at" IS NOT NULL)
    AND ("state" = 'resolved') = ("resolution" IS NOT NULL)
    AND ("resolution" IN ('cleared', 'person', 'grouped'))
    AND ("resolution" IS DISTINCT FROM 'person' OR "resolve_reason" IS NOT NULL)
    AND ("resolution" IS DISTINCT FROM 'grouped' OR "group_id" IS NOT NULL)),
  ADD CONSTRAINT "alerts_notices" CHECK ("next_notice_at" IS NULL OR ("state" = 'open' AND "policy_id" IS NOT NULL)),
  ADD CONSTRAINT "alerts_assignee" CHECK (("assignee_id" IS NULL) = ("assignee_name" IS NULL));
CREATE FUNCTION "alerts_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'alerts are never removed';
END $$;
CREATE TRIGGER "alerts_kept" BEFORE DELETE OR TRUNCATE ON "alerts" EXECUTE FUNCTION "alerts_kept"();
CREATE FUNCTION "alert_entries_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what happened to an alert can be neither changed nor removed';
END $$;
CREATE TRIGGER "alert_entries_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "alert_entries" EXECUTE FUNCTION "alert_entries_kept"();

-- Signals that no alert tells of yet, and those whose alert doesn't know that they are over.
CREATE INDEX "order_signals_untold" ON "order_signals" ("opened_at") WHERE "alert_id" IS NULL AND "cleared_at" IS NULL;
CREATE INDEX "order_signals_unsettled" ON "order_signals" ("cleared_at") WHERE "alert_id" IS NOT NULL AND "cleared_at" IS NOT NULL AND NOT "is_settled";
CREATE INDEX "system_signals_untold" ON "system_signals" ("opened_at") WHERE "alert_id" IS NULL AND "cleared_at" IS NULL;
CREATE INDEX "system_signals_unsettled" ON "system_signals" ("cleared_at") WHERE "alert_id" IS NOT NULL AND "cleared_at" IS NOT NULL AND NOT "is_settled";

ALTER TABLE "escalation_policies"
  ADD CONSTRAINT "escalation_policies_quiet" CHECK (("quiet_from" IS NULL) = ("quiet_to" IS NULL) AND "quiet_from" BETWEEN 0 AND 1439 AND "quiet_to" BETWEEN 0 AND 1439 AND "quiet_from" <> "quiet_to"),
  ADD CONSTRAINT "escalation_policies_repeats" CHECK ("repeats" >= 0 AND ("repeats" = 0 OR "repeat_after_ms" IS NOT NULL) AND "repeat_after_ms" >= 60000);
CREATE UNIQUE INDEX "escalation_policies_name" ON "escalation_policies" (lower("name")) WHERE "deleted_at" IS NULL;
ALTER TABLE "escalation_steps"
  ADD CONSTRAINT "escalation_steps_after" CHECK ("after_ms" >= 0 AND "place" >= 0);
ALTER TABLE "runbooks"
  ADD CONSTRAINT "runbooks_locale" CHECK ("locale" IN ('en', 'hi')),
  ADD CONSTRAINT "runbooks_size" CHECK (length("markdown") BETWEEN 1 AND 20000);
CREATE FUNCTION "dossiers_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."text" = OLD."text" AND NEW."data" = OLD."data" AND NEW."order_id" = OLD."order_id"
    AND NEW."created_at" = OLD."created_at" AND NEW."actor_name" = OLD."actor_name" AND OLD."event_id" IS NULL THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a supplier may have been told can be neither changed nor removed';
END $$;
CREATE TRIGGER "dossiers_kept" BEFORE UPDATE OR DELETE ON "dossiers" FOR EACH ROW EXECUTE FUNCTION "dossiers_kept"();

ALTER TABLE "suppliers"
  ADD CONSTRAINT "suppliers_balance_critical" CHECK ("balance_critical_at" IS NULL OR "balance_critical_at" <= "balance_low_at");
ALTER TABLE "products"
  ADD CONSTRAINT "products_stalled_after" CHECK ("stalled_after_ms" > 0);
ALTER TABLE "top_ups"
  ADD CONSTRAINT "top_ups_amount" CHECK ("amount" <> 0),
  ADD CONSTRAINT "top_ups_voided" CHECK (("voided_at" IS NULL) = ("voided_by" IS NULL) AND ("voided_at" IS NULL) = ("void_reason" IS NULL));
CREATE FUNCTION "top_ups_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."amount" = OLD."amount" AND NEW."currency" = OLD."currency" AND NEW."supplier_id" = OLD."supplier_id"
    AND NEW."at" = OLD."at" AND OLD."voided_at" IS NULL THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a recorded top-up is voided, not changed or removed';
END $$;
CREATE TRIGGER "top_ups_kept" BEFORE UPDATE OR DELETE ON "top_ups" FOR EACH ROW EXECUTE FUNCTION "top_ups_kept"();
ALTER TABLE "balance_steps"
  ADD CONSTRAINT "balance_steps_state" CHECK ("state" IN ('open', 'explained', 'unexplained', 'accepted')),
  ADD CONSTRAINT "balance_steps_remainder" CHECK (("state" = 'explained') <= ("remainder" = 0)),
  ADD CONSTRAINT "balance_steps_accepted" CHECK (("state" = 'accepted') = ("accepted_by" IS NOT NULL) AND ("state" = 'accepted') = ("reason" IS NOT NULL));
CREATE INDEX "balance_steps_open" ON "balance_steps" ("supplier_id", "currency", "to_at") WHERE "state" IN ('open', 'unexplained');
ALTER TABLE "balance_moves"
  ADD CONSTRAINT "balance_moves_kind" CHECK (CASE "kind"
    WHEN 'order' THEN "order_id" IS NOT NULL AND "amount" <= 0
    WHEN 'refund' THEN "order_id" IS NOT NULL AND "amount" >= 0
    WHEN 'top_up' THEN "top_up_id" IS NOT NULL
    WHEN 'foreign' THEN "supplier_order_id" IS NOT NULL
    WHEN 'foreign_refund' THEN "supplier_order_id" IS NOT NULL AND "amount" >= 0
    ELSE false END);
-- An order is paid once and refunded once; so is whatever else moves money.
CREATE UNIQUE INDEX "balance_moves_order" ON "balance_moves" ("order_id", "kind") WHERE "order_id" IS NOT NULL;
CREATE UNIQUE INDEX "balance_moves_top_up" ON "balance_moves" ("top_up_id") WHERE "top_up_id" IS NOT NULL;
CREATE UNIQUE INDEX "balance_moves_foreign" ON "balance_moves" ("supplier_id", "supplier_order_id", "kind") WHERE "supplier_order_id" IS NOT NULL;
CREATE INDEX "balance_moves_free" ON "balance_moves" ("supplier_id", "currency", "earliest_at") WHERE "step_id" IS NULL;

-- What was spent lately, and what orders not yet paid will take.
CREATE INDEX "orders_paid" ON "orders" ("paid_at", "supplier_id") INCLUDE ("currency", "charged_total", "agreed_total", "status")
  WHERE "paid_at" IS NOT NULL AND NOT "is_mock";
-- For the overview's counts, without a look at a million finished orders.
CREATE INDEX "orders_open" ON "orders" ("id") INCLUDE ("status") WHERE "finished_at" IS NULL AND NOT "is_mock";
CREATE INDEX "orders_finished" ON "orders" ("finished_at") INCLUDE ("status") WHERE "finished_at" IS NOT NULL AND NOT "is_mock";
CREATE INDEX "orders_reserving" ON "orders" ("supplier_id", "currency") INCLUDE ("agreed_total")
  WHERE "status" IN ('submitting', 'unconfirmed', 'awaiting_payment') AND NOT "is_mock";
-- Deliveries that came to nothing, for the rule that tells of them.
CREATE INDEX "deliveries_failed_lately" ON "deliveries" ("finished_at") WHERE "state" = 'failed';

-- Writes events and a delivery for each endpoint that asks for them, within the transaction of what they tell
-- of; where nobody does, one delivery that says so. An order's row has to be locked (or new), since its events
-- are numbered here. `told`: [{id, type, version, at, subject, orderId, isMock, productIds, data, endpointId?}], in
-- order. What names an endpoint goes there and nowhere else, whatever that asks for.
CREATE OR REPLACE FUNCTION "announce"(told jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  waiting integer;
BEGIN
  WITH news AS MATERIALIZED (
    SELECT r.*, t.place FROM jsonb_array_elements(told) WITH ORDINALITY AS t(event, place)
    CROSS JOIN LATERAL jsonb_to_record(t.event) AS r(
      "id" uuid, "type" text, "version" int, "at" timestamptz, "subject" text, "orderId" uuid, "isMock" boolean, "productIds" uuid[], "data" jsonb, "endpointId" uuid)),
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
      p."disabled_at" IS NULL AS is_on,
      NOT n."isMock" OR p."includes_mock" OR n."endpointId" IS NOT NULL AS takes_it
    FROM numbered n JOIN "endpoints" p ON p."deleted_at" IS NULL AND CASE WHEN n."endpointId" IS NOT NULL
      THEN p."id" = n."endpointId"
      ELSE p."events" && ARRAY[n."type", '*']
        AND (coalesce(cardinality(p."product_ids"), 0) = 0 OR p."product_ids" && n."productIds") END),
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

-- The newest of an account, whatever its currency.
CREATE INDEX "balance_samples_newest" ON "balance_samples" ("supplier_id", "sampled_at" DESC);
CREATE INDEX "balance_steps_newest" ON "balance_steps" ("supplier_id", "to_at" DESC);
