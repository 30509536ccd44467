-- Takes up to `wanted` calls out of an account's budget for one of its slices: purchase, reconcile,
-- poll or refresh. Each has a share of the rate to itself, so that none can starve another; what a slice
-- has no room for goes to a common pot, so that nothing is left unused. What the buckets hold and what
-- flows into them within a minute are together never more than the rate. The pot holds two seconds' calls
-- or more, since news comes by the handful: what a sweep shows to be over is read at once. After a 429 has
-- lowered the rate it creeps up again, by 5 % of the most a minute.
-- `wait_ms` is when to ask again where nothing is granted; `trying` says that earlier calls failed, and
-- a success has to be told. By the clock of the database, in the caller's transaction.
CREATE OR REPLACE FUNCTION take_calls(account uuid, slice text, wanted int)
RETURNS TABLE (granted int, wait_ms float8, trying boolean) LANGUAGE plpgsql AS $$
DECLARE
  own CONSTANT int := array_position(ARRAY['purchase', 'reconcile', 'poll', 'refresh'], slice);
  spare CONSTANT int := 5;
  -- Of what flows in; and of what is held beside the pot, with a whole call for each where the rate is small.
  shares CONSTANT float8[] := '{0.3, 0.2, 0.4, 0.1}';
  sizes CONSTANT float8[] := '{0.25, 0.17, 0.2, 0.17}';
  budget call_budgets;
  blocked timestamptz;
  tokens float8[];
  minutes float8;
  held float8;
  pot float8;
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
  pot := greatest(held * 0.21, least(4, budget.rate / 30));
  flow := greatest(budget.rate - 0.79 * held - pot, budget.rate / 2);
  tokens := ARRAY[budget.purchase_tokens, budget.reconcile_tokens, budget.poll_tokens, budget.refresh_tokens, budget.spare_tokens];
  FOR part IN 1..4 LOOP
    tokens[part] := tokens[part] + minutes * flow * shares[part];
    spilt := greatest(0, tokens[part] - held * sizes[part]);
    tokens[part] := tokens[part] - spilt;
    tokens[spare] := tokens[spare] + spilt;
  END LOOP;
  tokens[spare] := least(tokens[spare], pot);

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
