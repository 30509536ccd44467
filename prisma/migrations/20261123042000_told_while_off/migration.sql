-- An endpoint that is switched off has a row for each event that it asked for, beside those that others are told:
-- it can be seen what it missed, and revived.
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
      (CASE WHEN a.is_on THEN 'pending' ELSE 'not_apply' END)::delivery_state,
      CASE WHEN a.is_on THEN NULL
        WHEN a.endpoint_id IS NOT NULL THEN 'endpoint_disabled'
        WHEN EXISTS (SELECT FROM asked WHERE event_id = n."id") THEN 'mock_left_out'
        ELSE 'nobody_asked' END,
      CASE WHEN a.is_on THEN now() END, now(),
      CASE WHEN a.is_on THEN NULL ELSE now() END
    FROM numbered n LEFT JOIN asked a ON a.event_id = n."id" AND a.takes_it
    RETURNING "state")
  SELECT count(*) FILTER (WHERE "state" = 'pending') INTO waiting FROM sent;
  PERFORM pg_notify('keyhold', 'deliveries');
  IF waiting > 0 THEN PERFORM pg_notify('keyhold', 'outbox'); END IF;
  RETURN waiting;
END $$;
