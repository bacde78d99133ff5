BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.decision (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  service_id uuid NOT NULL,
  no int NOT NULL CHECK (no > 0),
  state text NOT NULL CHECK (state IN ('draft', 'in_review', 'submitted', 'approved', 'approved_with_conditions', 'rejected', 'deferred', 'withdrawn', 'superseded')),
  outcome text NOT NULL DEFAULT '' CHECK (outcome IN ('', 'approved', 'approved_with_conditions', 'rejected', 'deferred')),
  occasion text NOT NULL DEFAULT '',
  due_on date,
  requested_by uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  submitted_by uuid,
  submitted_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  reason text NOT NULL DEFAULT '',
  deferred_until date,
  state_since timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, decision_id),
  UNIQUE (land_id, org_id, decision_id),
  UNIQUE (land_id, service_id, no),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service,
  CONSTRAINT four_eyes CHECK (decided_by <> submitted_by AND decided_by <> requested_by),
  CONSTRAINT decided_whole CHECK (state NOT IN ('approved', 'approved_with_conditions', 'rejected', 'deferred')
    OR (outcome = state AND submitted_by IS NOT NULL AND decided_by IS NOT NULL AND decided_at IS NOT NULL AND reason <> '')),
  CONSTRAINT outcome_once_decided CHECK ((outcome = '') = (state IN ('draft', 'in_review', 'submitted', 'withdrawn'))),
  CONSTRAINT deferred_until_a_date CHECK (state <> 'deferred' OR deferred_until IS NOT NULL));
COMMENT ON TABLE portal.decision IS 'A ministry''s decision to co-use an EfA service (Nachnutzungsentscheidung). Frozen once decided: a change is a new row with the next number.';
COMMENT ON COLUMN portal.decision.outcome IS 'What was decided, empty before; it stays when the row is superseded.';
COMMENT ON COLUMN portal.decision.reason IS 'Why it was decided or withdrawn; while in review, the question with which it was sent back.';
CREATE UNIQUE INDEX one_open_decision ON portal.decision (land_id, service_id) WHERE state IN ('draft', 'in_review', 'submitted');
CREATE INDEX decision_by_ministry ON portal.decision (land_id, org_id);
CALL portal.wall('portal.decision');
CREATE POLICY readers ON portal.decision FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[])
  OR state IN ('approved', 'approved_with_conditions', 'rejected', 'deferred', 'superseded'));
CREATE POLICY requesters ON portal.decision FOR INSERT WITH CHECK (
  state = 'draft' AND (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'));
CREATE POLICY ministry_works ON portal.decision FOR UPDATE USING (org_id = (SELECT ctx.org_id())) WITH CHECK (org_id = (SELECT ctx.org_id()));
-- A service may move to another ministry. Its new decision takes the place of the former ministry's.
CREATE POLICY successor_supersedes ON portal.decision FOR UPDATE
  USING (service_id = ANY ((SELECT ctx.read_services())::uuid[]) AND state IN ('approved', 'approved_with_conditions', 'rejected', 'deferred'))
  WITH CHECK (service_id = ANY ((SELECT ctx.read_services())::uuid[]) AND state = 'superseded');

-- A decided Vorgang is a record. Only its being superseded may still be noted.
CREATE FUNCTION portal.decision_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
REVOKE EXECUTE ON FUNCTION portal.decision_frozen() FROM PUBLIC;
CREATE TRIGGER frozen BEFORE UPDATE ON portal.decision FOR EACH ROW EXECUTE FUNCTION portal.decision_frozen();

CREATE TABLE portal.review (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('professional', 'technical', 'privacy', 'economic')),
  result text NOT NULL DEFAULT 'open' CHECK (result IN ('open', 'positive', 'positive_with_conditions', 'negative', 'waived')),
  note text NOT NULL DEFAULT '',
  reviewed_by uuid,
  reviewed_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, decision_id, kind),
  FOREIGN KEY (land_id, org_id, decision_id) REFERENCES portal.decision (land_id, org_id, decision_id),
  CONSTRAINT reviewed_whole CHECK (result = 'open' OR (reviewed_by IS NOT NULL AND reviewed_at IS NOT NULL)),
  CONSTRAINT waived_with_reason CHECK (result <> 'waived' OR note <> ''));
COMMENT ON TABLE portal.review IS 'One of the four reviews before a decision. The ministry''s own working paper: nobody else reads it, the Land included.';
CALL portal.wall('portal.review');
CREATE POLICY own ON portal.review FOR ALL USING (org_id = (SELECT ctx.org_id())) WITH CHECK (org_id = (SELECT ctx.org_id()));
CREATE POLICY requesters ON portal.review FOR INSERT WITH CHECK (result = 'open' AND (SELECT ctx.scope()) = 'land');

CREATE TABLE portal.decision_condition (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  no int NOT NULL CHECK (no > 0),
  text text NOT NULL CHECK (text <> ''),
  owner text NOT NULL CHECK (owner <> ''),
  due_on date NOT NULL,
  PRIMARY KEY (land_id, org_id, decision_id, no),
  FOREIGN KEY (land_id, org_id, decision_id) REFERENCES portal.decision (land_id, org_id, decision_id));
COMMENT ON TABLE portal.decision_condition IS 'An Auflage of a decision: what has to happen, who sees to it, by when. Written with the decision, part of the record.';
CALL portal.wall('portal.decision_condition');
CREATE POLICY members_read ON portal.decision_condition FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY ministry_adds ON portal.decision_condition FOR INSERT WITH CHECK (org_id = (SELECT ctx.org_id()));

GRANT SELECT, INSERT, UPDATE ON portal.decision, portal.review TO portal_app;
GRANT SELECT, INSERT ON portal.decision_condition TO portal_app;
COMMIT;
