BEGIN;
SET LOCAL ROLE portal_owner;
-- An approval may hold for a time only. After its last day the workers end it, and what runs on it is halted.
ALTER TABLE portal.decision
  ADD COLUMN valid_until date,
  DROP CONSTRAINT decision_state_check,
  ADD CONSTRAINT decision_state_check CHECK (state IN ('draft', 'in_review', 'submitted', 'approved', 'approved_with_conditions', 'rejected', 'deferred', 'withdrawn', 'superseded', 'revoked', 'expired')),
  ADD CONSTRAINT only_approvals_end CHECK (valid_until IS NULL OR outcome IN ('approved', 'approved_with_conditions') AND valid_until > (decided_at AT TIME ZONE 'Europe/Berlin')::date),
  ADD CONSTRAINT expired_after_its_day CHECK (state <> 'expired' OR valid_until IS NOT NULL AND valid_until < (state_since AT TIME ZONE 'Europe/Berlin')::date);
COMMENT ON COLUMN portal.decision.valid_until IS 'The last day of an approval; NULL for one that holds until it is revoked or superseded.';
CREATE INDEX decision_by_end ON portal.decision (land_id, valid_until) WHERE state IN ('approved', 'approved_with_conditions') AND valid_until IS NOT NULL;

DROP POLICY readers ON portal.decision;
CREATE POLICY readers ON portal.decision FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[])
  OR state IN ('approved', 'approved_with_conditions', 'rejected', 'deferred', 'superseded', 'revoked', 'expired'));
CREATE POLICY workers_expire ON portal.decision FOR UPDATE
  USING ((SELECT ctx.person_id()) = ctx.automatic() AND valid_until IS NOT NULL AND state IN ('approved', 'approved_with_conditions'))
  WITH CHECK ((SELECT ctx.person_id()) = ctx.automatic() AND state = 'expired');

-- A decided Vorgang is a record. Only its being superseded, revoked or expired may still be noted.
CREATE OR REPLACE FUNCTION portal.decision_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  same portal.decision := NEW;
BEGIN
  IF OLD.state NOT IN ('approved', 'approved_with_conditions', 'rejected', 'deferred', 'withdrawn', 'superseded', 'revoked', 'expired') THEN
    IF NEW.state = 'expired' THEN
      RAISE EXCEPTION 'what was never approved does not expire' USING ERRCODE = 'PR001';
    END IF;
    RETURN NEW;
  END IF;
  same.state := OLD.state;
  same.state_since := OLD.state_since;
  same.version := OLD.version;
  IF NEW.state = 'superseded' AND OLD.state NOT IN ('revoked', 'expired') AND same IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
  END IF;
  IF NEW.state = 'expired' AND OLD.state IN ('approved', 'approved_with_conditions') AND ctx.person_id() = ctx.automatic() AND same IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
  END IF;
  same.revoked_by := OLD.revoked_by;
  same.revoked_at := OLD.revoked_at;
  same.revoked_ground := OLD.revoked_ground;
  same.revoked_reason := OLD.revoked_reason;
  IF NEW.state = 'revoked' AND OLD.state IN ('approved', 'approved_with_conditions') AND same IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a decided decision does not change' USING ERRCODE = 'PR001';
END $$;

-- halt pauses what runs on a decision that the acting person has just revoked, or that the workers have just ended, and says
-- from which state.
CREATE OR REPLACE FUNCTION ctx.halt(p_decision uuid, p_reason text, p_now timestamptz) RETURNS TABLE (onboarding_id uuid, org_id uuid, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  own text := current_setting('app.scope', true);
  service uuid;
BEGIN
  SELECT d.service_id INTO service FROM portal.decision d
    WHERE d.land_id = ctx.land_id() AND d.decision_id = p_decision
      AND (d.state = 'revoked' AND d.org_id = ctx.org_id() AND d.revoked_by = ctx.person_id() AND d.revoked_at = p_now
        OR d.state = 'expired' AND ctx.person_id() = ctx.automatic() AND d.state_since = p_now);
  IF service IS NULL THEN
    RETURN;
  END IF;
  PERFORM set_config('app.scope', 'land', true);
  RETURN QUERY
    WITH before AS (
      SELECT o.org_id, o.onboarding_id, o.state
      FROM portal.onboarding o
      WHERE o.land_id = ctx.land_id() AND o.service_id = service
        AND o.state IN ('not_started', 'interested', 'committed', 'preparing', 'connecting', 'testing', 'ready')
      ORDER BY o.onboarding_id
      FOR NO KEY UPDATE
    )
    UPDATE portal.onboarding o SET state = 'paused', state_since = p_now, state_reason = p_reason, resume_on = NULL, version = o.version + 1
    FROM before b
    WHERE o.land_id = ctx.land_id() AND o.org_id = b.org_id AND o.onboarding_id = b.onboarding_id
    RETURNING o.onboarding_id, o.org_id, b.state;
  PERFORM set_config('app.scope', own, true);
END $$;

-- The end of an approval is a deadline like the others.
CREATE OR REPLACE FUNCTION ctx.deadlines(p_from date, p_to date) RETURNS TABLE (kind text, record uuid, service_id uuid, ends_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT f.kind, f.funding_id, f.service_id, f.to_on
  FROM portal.funding f
  WHERE f.land_id = ctx.land_id() AND f.to_on BETWEEN p_from AND p_to AND f.withdrawn_at IS NULL
    AND (ctx.scope() = 'land' OR ctx.scope() = 'ministry' AND f.service_id = ANY (ctx.read_services()::uuid[]))
  UNION ALL
  SELECT 'approval', d.decision_id, d.service_id, d.valid_until
  FROM portal.decision d
  WHERE d.land_id = ctx.land_id() AND d.state IN ('approved', 'approved_with_conditions') AND d.valid_until BETWEEN p_from AND p_to
    AND (ctx.scope() = 'land' OR ctx.scope() = 'ministry' AND d.service_id = ANY (ctx.read_services()::uuid[]))
  UNION
  SELECT 'price', a.service_id, a.service_id, a.ends_on
  FROM (
    SELECT d.service_id, w.price_until AS ends_on
    FROM portal.assessment w
    JOIN portal.decision d ON d.land_id = w.land_id AND d.decision_id = w.decision_id AND d.state IN ('approved', 'approved_with_conditions')
    WHERE w.land_id = ctx.land_id()
    UNION
    SELECT s.service_id, s.price_bound_until
    FROM portal.service s
    WHERE s.land_id = ctx.land_id()) a
  WHERE a.ends_on BETWEEN p_from AND p_to
    AND (ctx.scope() = 'land' OR ctx.scope() = 'ministry' AND a.service_id = ANY (ctx.read_services()::uuid[]));
END $$;
COMMIT;
