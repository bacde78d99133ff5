BEGIN;
SET LOCAL ROLE portal_owner;
-- The way of a case through its states. A trigger writes it, so that no writer forgets and nobody edits it.
CREATE TABLE portal.decision_course (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  service_id uuid NOT NULL,
  state text NOT NULL CHECK (state <> ''),
  since timestamptz NOT NULL,
  PRIMARY KEY (land_id, org_id, decision_id, seq),
  FOREIGN KEY (land_id, org_id, decision_id) REFERENCES portal.decision (land_id, org_id, decision_id));
COMMENT ON TABLE portal.decision_course IS 'Every state that a decision was in, and since when. Only added to; how long cases take is computed from it.';
CALL portal.wall('portal.decision_course');
CREATE POLICY readers ON portal.decision_course FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR service_id = ANY ((SELECT ctx.read_services())::uuid[]));
CREATE POLICY noted_by_the_trigger ON portal.decision_course FOR INSERT WITH CHECK (pg_trigger_depth() > 0);
GRANT SELECT, INSERT ON portal.decision_course TO portal_app;

CREATE FUNCTION portal.decision_moved() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.state IS DISTINCT FROM OLD.state THEN
    INSERT INTO portal.decision_course (land_id, org_id, decision_id, service_id, state, since)
      VALUES (NEW.land_id, NEW.org_id, NEW.decision_id, NEW.service_id, NEW.state, NEW.state_since);
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION portal.decision_moved() FROM PUBLIC;
CREATE TRIGGER moved AFTER INSERT OR UPDATE ON portal.decision FOR EACH ROW EXECUTE FUNCTION portal.decision_moved();

-- An answer may change until the case closes; what the party took is the time to its first one.
ALTER TABLE portal.opinion ADD COLUMN first_answered_at timestamptz;
COMMENT ON COLUMN portal.opinion.first_answered_at IS 'When the party answered for the first time; portal.opinion_first writes it, nobody else.';
CREATE FUNCTION portal.opinion_first() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.first_answered_at := coalesce(OLD.first_answered_at, NEW.answered_at);
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.opinion_first() FROM PUBLIC;

-- What stands in the tables already: of older cases only these moments are known. Row security binds the owner, too.
ALTER TABLE portal.decision NO FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.opinion NO FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.decision_course NO FORCE ROW LEVEL SECURITY;
INSERT INTO portal.decision_course (land_id, org_id, decision_id, service_id, state, since)
  SELECT d.land_id, d.org_id, d.decision_id, d.service_id, c.state, c.since
  FROM portal.decision d
  CROSS JOIN LATERAL (VALUES
    (1, 'draft', d.requested_at),
    (2, 'submitted', d.submitted_at),
    (3, NULLIF(d.outcome, ''), d.decided_at),
    (4, CASE WHEN d.state IN ('in_review', 'withdrawn', 'superseded', 'revoked') THEN d.state END, d.state_since)) AS c (place, state, since)
  WHERE c.state IS NOT NULL AND c.since IS NOT NULL
  ORDER BY d.land_id, d.decision_id, c.since, c.place;
UPDATE portal.opinion SET first_answered_at = answered_at WHERE answered_at IS NOT NULL;
ALTER TABLE portal.decision_course FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.opinion FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.decision FORCE ROW LEVEL SECURITY;
CREATE TRIGGER first_answer BEFORE UPDATE ON portal.opinion FOR EACH ROW EXECUTE FUNCTION portal.opinion_first();

-- decision_asked tells the Land with whom cases lie, and nothing of what was asked or answered.
CREATE POLICY counted ON portal.opinion FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE FUNCTION ctx.decision_asked() RETURNS TABLE (decision_id uuid, party_id uuid, asked_at timestamptz, due_on date, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT n.decision_id, n.party_id, n.asked_at, n.due_on, least(n.first_answered_at, n.closed_at)
  FROM portal.opinion n
  WHERE n.land_id = ctx.land_id() AND (ctx.scope() = 'land'
    OR ctx.scope() = 'ministry' AND (n.org_id = ctx.org_id() OR n.service_id = ANY (ctx.read_services()::uuid[]))) $$;
REVOKE EXECUTE ON FUNCTION ctx.decision_asked() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.decision_asked() TO portal_app;

-- The register of what has to be decided beyond one service.
CREATE TABLE portal.matter (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  matter_id uuid NOT NULL,
  no int NOT NULL CHECK (no > 0),
  question text NOT NULL CHECK (question <> ''),
  background text NOT NULL DEFAULT '',
  decider_id uuid,
  decider text NOT NULL DEFAULT '',
  due_on date NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'decided', 'dropped')),
  result text NOT NULL DEFAULT '',
  decided_on date,
  reason text NOT NULL DEFAULT '',
  made_at timestamptz NOT NULL,
  changed_by uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, matter_id),
  UNIQUE (land_id, matter_id),
  UNIQUE (land_id, no),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, decider_id) REFERENCES portal.organisation (land_id, org_id),
  CONSTRAINT one_decider CHECK ((decider_id IS NULL) = (decider <> '')),
  CONSTRAINT decided_whole CHECK ((state = 'decided') = (result <> '') AND (result <> '') = (decided_on IS NOT NULL)),
  CONSTRAINT dropped_with_reason CHECK ((state = 'dropped') = (reason <> '')));
COMMENT ON TABLE portal.matter IS 'A Grundsatzentscheidung: a question beyond one service, who decides it until when, and what came of it. The Land keeps the register.';
CREATE TABLE portal.matter_service (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  matter_id uuid NOT NULL,
  service_id uuid NOT NULL,
  PRIMARY KEY (land_id, org_id, matter_id, service_id),
  FOREIGN KEY (land_id, org_id, matter_id) REFERENCES portal.matter,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service);
COMMENT ON TABLE portal.matter_service IS 'A service that waits for a Grundsatzentscheidung.';
CREATE TABLE portal.matter_obstacle (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  matter_id uuid NOT NULL,
  obstacle_id uuid NOT NULL,
  PRIMARY KEY (land_id, org_id, matter_id, obstacle_id),
  FOREIGN KEY (land_id, org_id, matter_id) REFERENCES portal.matter,
  FOREIGN KEY (land_id, obstacle_id) REFERENCES portal.obstacle);
COMMENT ON TABLE portal.matter_obstacle IS 'An obstacle that a Grundsatzentscheidung would take away.';
CREATE INDEX matter_by_obstacle ON portal.matter_obstacle (land_id, obstacle_id);
DO $$
DECLARE
  tab text;
BEGIN
  FOREACH tab IN ARRAY ARRAY['matter', 'matter_service', 'matter_obstacle'] LOOP
    EXECUTE format('CALL portal.wall(%L)', 'portal.' || tab);
    EXECUTE format('CREATE POLICY readers ON portal.%I FOR SELECT USING ((SELECT ctx.scope()) IN (''land'', ''ministry'', ''committee''))', tab);
    EXECUTE format('CREATE POLICY land_adds ON portal.%I FOR INSERT WITH CHECK ((SELECT ctx.scope()) = ''land'' AND org_id = (SELECT ctx.org_id()))', tab);
  END LOOP;
END $$;
CREATE POLICY land_edits ON portal.matter FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_removes ON portal.matter_service FOR DELETE USING ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_removes ON portal.matter_obstacle FOR DELETE USING ((SELECT ctx.scope()) = 'land');
GRANT SELECT, INSERT, UPDATE (question, background, decider_id, decider, due_on, state, result, decided_on, reason, changed_by, version) ON portal.matter TO portal_app;
GRANT SELECT, INSERT, DELETE ON portal.matter_service, portal.matter_obstacle TO portal_app;
COMMIT;
