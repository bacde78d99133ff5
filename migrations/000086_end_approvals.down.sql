BEGIN;
SET LOCAL ROLE portal_owner;
-- What has expired reads as superseded to the release before, which knows no end of an approval.
CREATE OR REPLACE FUNCTION ctx.deadlines(p_from date, p_to date) RETURNS TABLE (kind text, record uuid, service_id uuid, ends_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT f.kind, f.funding_id, f.service_id, f.to_on
  FROM portal.funding f
  WHERE f.land_id = ctx.land_id() AND f.to_on BETWEEN p_from AND p_to AND f.withdrawn_at IS NULL
    AND (ctx.scope() = 'land' OR ctx.scope() = 'ministry' AND f.service_id = ANY (ctx.read_services()::uuid[]))
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

CREATE OR REPLACE FUNCTION ctx.halt(p_decision uuid, p_reason text, p_now timestamptz) RETURNS TABLE (onboarding_id uuid, org_id uuid, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  own text := current_setting('app.scope', true);
  service uuid;
BEGIN
  SELECT d.service_id INTO service FROM portal.decision d
    WHERE d.land_id = ctx.land_id() AND d.org_id = ctx.org_id() AND d.decision_id = p_decision AND d.state = 'revoked'
      AND d.revoked_by = ctx.person_id() AND d.revoked_at = p_now;
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

DROP POLICY workers_expire ON portal.decision;
DROP POLICY readers ON portal.decision;
CREATE POLICY readers ON portal.decision FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[])
  OR state IN ('approved', 'approved_with_conditions', 'rejected', 'deferred', 'superseded', 'revoked'));

ALTER TABLE portal.decision DISABLE TRIGGER USER;
ALTER TABLE portal.decision NO FORCE ROW LEVEL SECURITY;
UPDATE portal.decision SET state = 'superseded' WHERE state = 'expired';
ALTER TABLE portal.decision FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.decision ENABLE TRIGGER USER;
DROP INDEX portal.decision_by_end;
ALTER TABLE portal.decision
  DROP CONSTRAINT expired_after_its_day,
  DROP CONSTRAINT only_approvals_end,
  DROP CONSTRAINT decision_state_check,
  ADD CONSTRAINT decision_state_check CHECK (state IN ('draft', 'in_review', 'submitted', 'approved', 'approved_with_conditions', 'rejected', 'deferred', 'withdrawn', 'superseded', 'revoked')),
  DROP COLUMN valid_until;

CREATE OR REPLACE FUNCTION portal.decision_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  same portal.decision := NEW;
BEGIN
  IF OLD.state NOT IN ('approved', 'approved_with_conditions', 'rejected', 'deferred', 'withdrawn', 'superseded', 'revoked') THEN
    RETURN NEW;
  END IF;
  same.state := OLD.state;
  same.state_since := OLD.state_since;
  same.version := OLD.version;
  IF NEW.state = 'superseded' AND OLD.state <> 'revoked' AND same IS NOT DISTINCT FROM OLD THEN
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
COMMIT;
