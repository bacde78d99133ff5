BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.halt(uuid, text, timestamptz);
DROP TABLE portal.opinion, portal.assessment_item, portal.assessment_option, portal.assessment;
DROP FUNCTION portal.opinion_hands();
DROP TRIGGER open ON portal.review;
DROP FUNCTION portal.papers_open();
DROP TRIGGER hands ON portal.decision;
DROP FUNCTION portal.decision_hands();
-- What is revoked no longer holds; without the word for it, that is what superseded says.
ALTER TABLE portal.decision DISABLE TRIGGER frozen, DROP CONSTRAINT revoked_whole, NO FORCE ROW LEVEL SECURITY;
UPDATE portal.decision SET state = 'superseded' WHERE state = 'revoked';
DROP POLICY readers ON portal.decision;
CREATE POLICY readers ON portal.decision FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[])
  OR state IN ('approved', 'approved_with_conditions', 'rejected', 'deferred', 'superseded'));
ALTER TABLE portal.decision
  ENABLE TRIGGER frozen,
  FORCE ROW LEVEL SECURITY,
  DROP CONSTRAINT decision_state_check,
  ADD CONSTRAINT decision_state_check CHECK (state IN ('draft', 'in_review', 'submitted', 'approved', 'approved_with_conditions', 'rejected', 'deferred', 'withdrawn', 'superseded')),
  DROP COLUMN cross_land, DROP COLUMN ground, DROP COLUMN delegation_id, DROP COLUMN revoked_by, DROP COLUMN revoked_at,
  DROP COLUMN revoked_ground, DROP COLUMN revoked_reason;
CREATE OR REPLACE FUNCTION portal.decision_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  same portal.decision := NEW;
BEGIN
  IF OLD.state NOT IN ('approved', 'approved_with_conditions', 'rejected', 'deferred', 'withdrawn', 'superseded') THEN
    RETURN NEW;
  END IF;
  same.state := OLD.state;
  same.state_since := OLD.state_since;
  same.version := OLD.version;
  IF NEW.state = 'superseded' AND same IS NOT DISTINCT FROM OLD THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a decided decision does not change' USING ERRCODE = 'PR001';
END $$;
DROP TABLE portal.delegation;
ALTER TABLE portal.review DROP COLUMN links;
COMMIT;
