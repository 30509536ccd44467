-- When a code expires is read out of what its supplier wrote, and may have been read wrongly. A person can
-- correct that, by a transaction that says so; what is sealed stays as it came.
CREATE OR REPLACE FUNCTION "codes_unchanged"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['sealed', 'state', 'state_changed_at', 'customer_ref', 'hand_out_id', 'replaces_id', 'revealed_at'];
BEGIN
  IF coalesce(current_setting('keyhold.correcting_expiry', true), '') = 'on' THEN
    free := free || 'expires_at'::text;
  END IF;
  IF (to_jsonb(OLD) - free) IS DISTINCT FROM (to_jsonb(NEW) - free)
    OR (OLD."sealed" <> NEW."sealed" AND coalesce(current_setting('keyhold.resealing', true), '') <> 'on')
  THEN
    RAISE EXCEPTION 'stored codes can be neither changed nor removed';
  END IF;
  RETURN NEW;
END $$;

-- As `lib/codes/lifecycle.ts` has it: what turns out not to be over comes back.
CREATE OR REPLACE FUNCTION "codes_moves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (CASE OLD."state"
    WHEN 'available' THEN NEW."state" IN ('reserved', 'handed_out', 'bad', 'expired', 'withheld')
    WHEN 'reserved' THEN NEW."state" IN ('available', 'handed_out', 'bad', 'expired', 'withheld')
    WHEN 'handed_out' THEN NEW."state" = 'bad'
    WHEN 'bad' THEN NEW."state" IN ('available', 'reserved', 'handed_out', 'replaced')
    WHEN 'expired' THEN NEW."state" IN ('available', 'reserved', 'bad')
    ELSE false
  END) THEN
    RAISE EXCEPTION 'code % cannot go from % to %', OLD."id", OLD."state", NEW."state";
  END IF;
  RETURN NEW;
END $$;
