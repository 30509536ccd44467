-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "paid_at" TIMESTAMPTZ(3),
ADD COLUMN     "poll_every_ms" INTEGER,
ADD COLUMN     "took_ms" INTEGER;

-- CreateTable
CREATE TABLE "call_budgets" (
    "supplier_id" UUID NOT NULL,
    "calls_per_minute" INTEGER NOT NULL DEFAULT 100,
    "rate" DOUBLE PRECISION NOT NULL DEFAULT 100,
    "reads_at_once" INTEGER NOT NULL DEFAULT 8,
    "writes_at_once" INTEGER NOT NULL DEFAULT 2,
    "purchase_tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "reconcile_tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "poll_tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "refresh_tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "spare_tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "refilled_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "slowed_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "trips" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "trial" TEXT,

    CONSTRAINT "call_budgets_pkey" PRIMARY KEY ("supplier_id")
);

-- CreateTable
CREATE TABLE "call_counts" (
    "supplier_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "what" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "useful" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "call_counts_pkey" PRIMARY KEY ("supplier_id","minute","what","outcome")
);

-- CreateTable
CREATE TABLE "polling_plans" (
    "supplier_id" UUID NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "mode" TEXT NOT NULL DEFAULT 'single',
    "reason" TEXT NOT NULL DEFAULT 'not_planned',
    "facts" JSONB NOT NULL DEFAULT '{}',
    "planned_at" TIMESTAMPTZ(3),
    "congestion" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "sweep_every_ms" INTEGER,
    "next_sweep_at" TIMESTAMPTZ(3),
    "swept_at" TIMESTAMPTZ(3),
    "last_sweep" JSONB,
    "distrust_until" TIMESTAMPTZ(3),
    "distrust_why" TEXT,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "polling_plans_pkey" PRIMARY KEY ("supplier_id")
);

-- CreateTable
CREATE TABLE "product_curves" (
    "supplier_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "samples" INTEGER NOT NULL,
    "quantiles" INTEGER[],
    "learnt_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_curves_pkey" PRIMARY KEY ("supplier_id","external_id")
);

-- AddForeignKey
ALTER TABLE "call_budgets" ADD CONSTRAINT "call_budgets_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_counts" ADD CONSTRAINT "call_counts_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "polling_plans" ADD CONSTRAINT "polling_plans_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_curves" ADD CONSTRAINT "product_curves_supplier_id_fkey" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma's schema language has no words for.

-- The engine's two queues: what is sent, and what is only looked at. One can't hide behind the other.
DROP INDEX "orders_due";
CREATE INDEX "orders_due_sends" ON "orders" ("supplier_id", "next_poll_at")
  WHERE "next_poll_at" IS NOT NULL AND "status" IN ('submitting', 'awaiting_payment');
CREATE INDEX "orders_due_looks" ON "orders" ("supplier_id", "next_poll_at")
  WHERE "next_poll_at" IS NOT NULL AND "status" NOT IN ('submitting', 'awaiting_payment');
-- What a product's newest completed orders took.
CREATE INDEX "orders_took" ON "orders" ("supplier_id", "finished_at") WHERE "took_ms" IS NOT NULL;

ALTER TABLE "orders"
  ADD CONSTRAINT "orders_took_ms" CHECK ("took_ms" >= 0),
  ADD CONSTRAINT "orders_poll_every_ms" CHECK ("poll_every_ms" > 0);
ALTER TABLE "call_budgets"
  ADD CONSTRAINT "call_budgets_settings" CHECK ("calls_per_minute" > 0 AND "reads_at_once" > 0 AND "writes_at_once" > 0),
  ADD CONSTRAINT "call_budgets_rate" CHECK ("rate" > 0 AND "rate" <= "calls_per_minute"),
  ADD CONSTRAINT "call_budgets_tokens" CHECK (
    least("purchase_tokens", "reconcile_tokens", "poll_tokens", "refresh_tokens", "spare_tokens") >= 0),
  ADD CONSTRAINT "call_budgets_breaker" CHECK ("failures" >= 0 AND "trips" >= 0),
  ADD CONSTRAINT "call_budgets_trial" CHECK ("trial" IS NULL OR ("trial" IN ('granted', 'begun') AND "open_until" IS NOT NULL));
ALTER TABLE "polling_plans"
  ADD CONSTRAINT "polling_plans_mode" CHECK ("mode" IN ('single', 'sweep')),
  ADD CONSTRAINT "polling_plans_congestion" CHECK ("congestion" >= 1),
  ADD CONSTRAINT "polling_plans_lease" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL));

-- Takes up to `wanted` calls out of an account's budget for one of its slices: purchase, reconcile,
-- poll or refresh. Each has a share of the rate to itself, so that none can starve another; what a slice
-- has no room for goes to a common pot, so that nothing is left unused. What the bucket holds and what
-- flows into it within a minute are together never more than the rate: five hundredths are held, the
-- others flow. After a 429 has lowered the rate it creeps up again, by 5 % of the most a minute.
-- `wait_ms` is when to ask again where nothing is granted; `trying` says that earlier calls failed, and
-- a success has to be told. By the clock of the database, in the caller's transaction.
CREATE FUNCTION take_calls(account uuid, slice text, wanted int)
RETURNS TABLE (granted int, wait_ms float8, trying boolean) LANGUAGE plpgsql AS $$
DECLARE
  own CONSTANT int := array_position(ARRAY['purchase', 'reconcile', 'poll', 'refresh'], slice);
  spare CONSTANT int := 5;
  -- Of what flows in; and of what is held, the pot's part last. The smallest bucket has a whole call for each.
  shares CONSTANT float8[] := '{0.3, 0.2, 0.4, 0.1}';
  sizes CONSTANT float8[] := '{0.25, 0.17, 0.2, 0.17, 0.21}';
  budget call_budgets;
  blocked timestamptz;
  tokens float8[];
  minutes float8;
  held float8;
  flow float8;
  spilt float8;
  taken int;
BEGIN
  IF own IS NULL THEN RAISE EXCEPTION 'there is no slice %', slice; END IF;
  SELECT * INTO budget FROM call_budgets WHERE supplier_id = account FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO call_budgets (supplier_id, refilled_at, purchase_tokens, reconcile_tokens, poll_tokens, refresh_tokens, spare_tokens)
      VALUES (account, now(), 6, 6, 6, 6, 6) ON CONFLICT DO NOTHING;
    SELECT * INTO budget FROM call_budgets WHERE supplier_id = account FOR UPDATE;
  END IF;

  SELECT s.blocked_until INTO blocked FROM suppliers s WHERE s.id = account;
  IF blocked > now() THEN
    RETURN QUERY SELECT 0, (extract(epoch FROM blocked - now()) * 1000)::float8, false;
    RETURN;
  END IF;
  IF budget.open_until > now() THEN
    -- A trial under way may end at any moment.
    RETURN QUERY SELECT 0,
      least(extract(epoch FROM budget.open_until - now()) * 1000, CASE WHEN budget.trial IS NULL THEN 120000 ELSE 1000 END)::float8, true;
    RETURN;
  END IF;
  IF budget.open_until IS NOT NULL AND wanted > 0 THEN
    -- Half open: one call tries, the others wait for what becomes of it. No call takes longer than this.
    UPDATE call_budgets SET open_until = now() + interval '35 seconds', trial = 'granted' WHERE supplier_id = account;
    RETURN QUERY SELECT 1, 0::float8, true;
    RETURN;
  END IF;

  -- In a silence nothing flows in, and the rate doesn't recover.
  minutes := greatest(0, extract(epoch FROM now() - greatest(budget.refilled_at, blocked))) / 60;
  budget.rate := least(budget.calls_per_minute, budget.rate + minutes * budget.calls_per_minute * 0.05);
  held := greatest(least(6, budget.calls_per_minute / 2.0), budget.rate / 20);
  flow := greatest(budget.rate - held, budget.rate / 2);
  tokens := ARRAY[budget.purchase_tokens, budget.reconcile_tokens, budget.poll_tokens, budget.refresh_tokens, budget.spare_tokens];
  FOR part IN 1..4 LOOP
    tokens[part] := tokens[part] + minutes * flow * shares[part];
    spilt := greatest(0, tokens[part] - held * sizes[part]);
    tokens[part] := tokens[part] - spilt;
    tokens[spare] := tokens[spare] + spilt;
  END LOOP;
  tokens[spare] := least(tokens[spare], held * sizes[spare]);

  taken := greatest(0, least(wanted, floor(tokens[own] + tokens[spare])::int));
  -- Out of the pot first: what a slice has too much of flows there, but not back.
  tokens[own] := greatest(0, tokens[own] - greatest(0, taken - tokens[spare]));
  tokens[spare] := greatest(0, tokens[spare] - taken);
  UPDATE call_budgets SET
    rate = budget.rate,
    purchase_tokens = tokens[1], reconcile_tokens = tokens[2], poll_tokens = tokens[3], refresh_tokens = tokens[4],
    spare_tokens = tokens[spare],
    refilled_at = greatest(budget.refilled_at, now())
  WHERE supplier_id = account;
  RETURN QUERY SELECT taken,
    CASE WHEN taken > 0 THEN 0 ELSE greatest(20, (1 - tokens[own] - tokens[spare]) * 60000 / flow) END::float8,
    budget.failures > 0;
END $$;
