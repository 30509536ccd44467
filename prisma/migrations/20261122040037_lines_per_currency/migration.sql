-- AlterTable
ALTER TABLE "delivery_attempts" ADD COLUMN     "progress" TEXT;

-- CreateTable
CREATE TABLE "balance_lines" (
    "supplier_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "low_at" DECIMAL(18,4) NOT NULL,
    "ok_at" DECIMAL(18,4) NOT NULL,
    "critical_at" DECIMAL(18,4),
    "low_since" TIMESTAMPTZ(3),
    "critical_since" TIMESTAMPTZ(3),

    CONSTRAINT "balance_lines_pkey" PRIMARY KEY ("supplier_id","currency")
);

-- AddForeignKey
ALTER TABLE "balance_lines" ADD CONSTRAINT "balance_lines_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma's schema has no words for.

ALTER TABLE "balance_lines"
  ADD CONSTRAINT "balance_lines_order" CHECK ("low_at" <= "ok_at" AND "critical_at" <= "low_at"),
  ADD CONSTRAINT "balance_lines_critical" CHECK ("critical_at" IS NOT NULL OR "critical_since" IS NULL);

-- The lines were about the account's own currency, which only its configuration names: it is what its alerts, its
-- newest orders are mostly in, but for mock ones, or its newest amounts.
INSERT INTO "balance_lines" ("supplier_id", "currency", "low_at", "ok_at", "critical_at", "low_since", "critical_since")
SELECT s."id", coalesce(
    (SELECT g."data"->>'currency' FROM "system_signals" g WHERE g."key" IN ('balance_low', 'balance_critical')
      AND g."subject" = s."id"::text ORDER BY g."opened_at" DESC LIMIT 1),
    (SELECT n."currency" FROM (
        SELECT o."currency" FROM "orders" o WHERE o."supplier_id" = s."id" AND NOT o."is_mock" ORDER BY o."id" DESC LIMIT 1000) n
      GROUP BY n."currency" ORDER BY count(*) DESC, n."currency" LIMIT 1),
    (SELECT b."currency" FROM "balance_samples" b WHERE b."supplier_id" = s."id" ORDER BY b."sampled_at" DESC, b."available" DESC LIMIT 1),
    'USD'),
  s."balance_low_at", s."balance_ok_at", s."balance_critical_at", s."balance_low_since",
  CASE WHEN s."balance_critical_at" IS NOT NULL THEN s."balance_critical_since" END
FROM "suppliers" s WHERE s."balance_low_at" IS NOT NULL;
-- What nobody minds any more isn't told of either.
UPDATE "system_signals" g SET "cleared_at" = now() WHERE g."cleared_at" IS NULL AND (
  g."key" = 'balance_low' AND NOT EXISTS (SELECT FROM "balance_lines" l WHERE l."supplier_id"::text = g."subject" AND l."low_since" IS NOT NULL)
  OR g."key" = 'balance_critical' AND NOT EXISTS (SELECT FROM "balance_lines" l WHERE l."supplier_id"::text = g."subject" AND l."critical_since" IS NOT NULL));

ALTER TABLE "suppliers" DROP CONSTRAINT "suppliers_balance_lines", DROP CONSTRAINT "suppliers_balance_critical",
DROP COLUMN "balance_critical_at",
DROP COLUMN "balance_critical_since",
DROP COLUMN "balance_low_at",
DROP COLUMN "balance_low_since",
DROP COLUMN "balance_ok_at";

-- An acceptance stays to be read on a step that a voided top-up opened again.
ALTER TABLE "balance_steps" DROP CONSTRAINT "balance_steps_accepted",
  ADD CONSTRAINT "balance_steps_accepted" CHECK (("accepted_by" IS NULL) = ("reason" IS NULL) AND ("state" <> 'accepted' OR "accepted_by" IS NOT NULL));

ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_progress" CHECK (length("progress") <= 200);

-- What is written of deliveries goes by the database's clock; `at` is the event's own, by its process's.
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

-- More of them than when it was snoozed is worse, whichever still stand.
ALTER TABLE "alerts" RENAME COLUMN "snoozed_standing" TO "snoozed_occurrences";
-- 2147483647: never worse.
UPDATE "alerts" SET "snoozed_occurrences" = "occurrences" WHERE "state" = 'snoozed' AND "snoozed_occurrences" <> 2147483647;
-- Settled and not cleared yet: of a big group that was resolved.
CREATE INDEX "order_signals_dealt_with" ON "order_signals" ("alert_id") WHERE "cleared_at" IS NULL AND "is_settled";
-- The last decision of an alert whose history is long.
CREATE INDEX "alert_entries_of_people" ON "alert_entries" ("alert_id", "id" DESC) WHERE "actor_name" IS NOT NULL;
