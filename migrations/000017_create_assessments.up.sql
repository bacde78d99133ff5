BEGIN;
SET LOCAL ROLE portal_owner;
-- What a review leans on, and the question that privacy asks first.
ALTER TABLE portal.review ADD COLUMN links text[] NOT NULL DEFAULT '{}' CHECK (cardinality(links) <= 20);
COMMENT ON COLUMN portal.review.links IS 'Addresses of the documents that the review leans on.';

ALTER TABLE portal.decision
  ADD COLUMN cross_land boolean,
  ADD COLUMN ground text NOT NULL DEFAULT '' CHECK (ground ~ '^[a-z_]*$'),
  ADD COLUMN delegation_id uuid,
  ADD COLUMN revoked_by uuid,
  ADD COLUMN revoked_at timestamptz,
  ADD COLUMN revoked_ground text NOT NULL DEFAULT '' CHECK (revoked_ground ~ '^[a-z_]*$'),
  ADD COLUMN revoked_reason text NOT NULL DEFAULT '',
  DROP CONSTRAINT decision_state_check,
  ADD CONSTRAINT decision_state_check CHECK (state IN ('draft', 'in_review', 'submitted', 'approved', 'approved_with_conditions', 'rejected', 'deferred', 'withdrawn', 'superseded', 'revoked')),
  ADD CONSTRAINT revoked_whole CHECK ((state = 'revoked') = (revoked_by IS NOT NULL) AND (revoked_by IS NULL) = (revoked_at IS NULL) AND (state <> 'revoked' OR revoked_reason <> '')),
  ADD CONSTRAINT revoked_by_a_second CHECK (revoked_by <> decided_by);
COMMENT ON COLUMN portal.decision.cross_land IS 'Whether the service is a länderübergreifender Onlinedienst (§ 8a OZG): then no Auftragsverarbeitung is agreed. Unknown before the privacy review.';
COMMENT ON COLUMN portal.decision.ground IS 'The coded reason of the decision; empty on decisions from before there were codes.';
COMMENT ON COLUMN portal.decision.delegation_id IS 'The delegation under which the decider stood in for somebody else.';

CREATE TABLE portal.delegation (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  delegation_id uuid NOT NULL,
  from_person uuid NOT NULL,
  to_person uuid NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  made_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (land_id, org_id, delegation_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  CONSTRAINT to_somebody_else CHECK (from_person <> to_person),
  CONSTRAINT dated CHECK (valid_to BETWEEN valid_from AND valid_from + 366));
COMMENT ON TABLE portal.delegation IS 'A decider of a ministry is away and lets a colleague decide in their place, from one day to another. Never changed; it may end early.';
CALL portal.wall('portal.delegation');
CREATE POLICY own_read ON portal.delegation FOR SELECT USING (org_id = (SELECT ctx.org_id()));
CREATE POLICY deciders_add ON portal.delegation FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) AND from_person = (SELECT ctx.person_id()) AND (SELECT ctx.scope()) = 'ministry' AND ended_at IS NULL);
CREATE POLICY deciders_end ON portal.delegation FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) AND from_person = (SELECT ctx.person_id()) AND ended_at IS NULL)
  WITH CHECK (org_id = (SELECT ctx.org_id()) AND from_person = (SELECT ctx.person_id()));
GRANT SELECT, INSERT, UPDATE (ended_at) ON portal.delegation TO portal_app;

ALTER TABLE portal.decision ADD CONSTRAINT decision_delegation_fkey
  FOREIGN KEY (land_id, org_id, delegation_id) REFERENCES portal.delegation (land_id, org_id, delegation_id);

DROP POLICY readers ON portal.decision;
CREATE POLICY readers ON portal.decision FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[])
  OR state IN ('approved', 'approved_with_conditions', 'rejected', 'deferred', 'superseded', 'revoked'));

-- A decided Vorgang is a record. Only its being superseded or revoked may still be noted.
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

-- Nobody signs with another person's hand: who submits, decides or revokes is who is signed in. Standing in for
-- somebody needs their delegation, and never helps a case that they asked for or submitted themselves.
CREATE FUNCTION portal.decision_hands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.submitted_by IS DISTINCT FROM OLD.submitted_by AND NEW.submitted_by <> ctx.person_id()
    OR NEW.decided_by IS DISTINCT FROM OLD.decided_by AND NEW.decided_by <> ctx.person_id()
    OR NEW.revoked_by IS DISTINCT FROM OLD.revoked_by AND NEW.revoked_by <> ctx.person_id()
    OR NEW.requested_by IS DISTINCT FROM OLD.requested_by THEN
    RAISE EXCEPTION 'not the hand of the person who is signed in' USING ERRCODE = 'PR001';
  END IF;
  IF NEW.delegation_id IS DISTINCT FROM OLD.delegation_id AND NEW.delegation_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM portal.delegation g
    WHERE g.land_id = NEW.land_id AND g.org_id = NEW.org_id AND g.delegation_id = NEW.delegation_id
      AND g.to_person = NEW.decided_by AND g.from_person NOT IN (NEW.submitted_by, NEW.requested_by) AND g.ended_at IS NULL
      AND (NEW.decided_at AT TIME ZONE 'Europe/Berlin')::date BETWEEN g.valid_from AND g.valid_to) THEN
    RAISE EXCEPTION 'no delegation for this decision' USING ERRCODE = 'PR001';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.decision_hands() FROM PUBLIC;
CREATE TRIGGER hands BEFORE UPDATE ON portal.decision FOR EACH ROW EXECUTE FUNCTION portal.decision_hands();

-- The Wirtschaftlichkeitsbetrachtung. Amounts are whole cents.
CREATE TABLE portal.assessment (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  first_year int NOT NULL,
  years int NOT NULL CHECK (years BETWEEN 3 AND 7),
  rate_bp bigint NOT NULL CHECK (rate_bp BETWEEN 0 AND 2000),
  rate_source text NOT NULL,
  cases bigint NOT NULL CHECK (cases >= 0),
  cases_source text NOT NULL,
  hour_cents bigint NOT NULL CHECK (hour_cents >= 0),
  hour_source text NOT NULL,
  price_until date,
  payer_after text NOT NULL,
  saved_by uuid NOT NULL,
  saved_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, decision_id),
  FOREIGN KEY (land_id, org_id, decision_id) REFERENCES portal.decision (land_id, org_id, decision_id));
COMMENT ON TABLE portal.assessment IS 'What all alternatives of a Wirtschaftlichkeitsbetrachtung share: term, discount rate, cases, cost of an hour, price binding.';
CALL portal.wall('portal.assessment');
CREATE POLICY own ON portal.assessment FOR ALL USING (org_id = (SELECT ctx.org_id())) WITH CHECK (org_id = (SELECT ctx.org_id()));

CREATE TABLE portal.assessment_option (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  alternative text NOT NULL CHECK (alternative IN ('reuse', 'own', 'as_is')),
  minutes bigint NOT NULL CHECK (minutes >= 0),
  minutes_source text NOT NULL,
  saved_by uuid NOT NULL,
  saved_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, decision_id, alternative),
  FOREIGN KEY (land_id, org_id, decision_id) REFERENCES portal.decision (land_id, org_id, decision_id));
COMMENT ON TABLE portal.assessment_option IS 'One alternative of a Wirtschaftlichkeitsbetrachtung and the working time that a case takes with it.';
CALL portal.wall('portal.assessment_option');
CREATE POLICY own ON portal.assessment_option FOR ALL USING (org_id = (SELECT ctx.org_id())) WITH CHECK (org_id = (SELECT ctx.org_id()));

CREATE TABLE portal.assessment_item (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  alternative text NOT NULL,
  no int NOT NULL CHECK (no > 0),
  label text NOT NULL CHECK (label <> ''),
  kind text NOT NULL CHECK (kind IN ('cost_once', 'cost_yearly', 'saving_once', 'saving_yearly')),
  payer text NOT NULL CHECK (payer IN ('land', 'bodies', 'federal')),
  cents bigint NOT NULL CHECK (cents BETWEEN 1 AND 100000000000),
  source text NOT NULL CHECK (source <> ''),
  valid_until date,
  PRIMARY KEY (land_id, org_id, decision_id, alternative, no),
  FOREIGN KEY (land_id, org_id, decision_id, alternative) REFERENCES portal.assessment_option (land_id, org_id, decision_id, alternative));
COMMENT ON TABLE portal.assessment_item IS 'An amount of an alternative: what it costs or saves, who bears it, where the figure comes from and until when it holds.';
CALL portal.wall('portal.assessment_item');
CREATE POLICY own ON portal.assessment_item FOR ALL USING (org_id = (SELECT ctx.org_id())) WITH CHECK (org_id = (SELECT ctx.org_id()));

GRANT SELECT, INSERT, UPDATE ON portal.assessment, portal.assessment_option TO portal_app;
GRANT SELECT, INSERT, DELETE ON portal.assessment_item TO portal_app;

-- What a decision leans on is frozen with it: the papers change only while the case is prepared.
CREATE FUNCTION portal.papers_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  paper record := coalesce(NEW, OLD);
BEGIN
  IF NOT EXISTS (
    SELECT FROM portal.decision d
    WHERE d.land_id = paper.land_id AND d.org_id = paper.org_id AND d.decision_id = paper.decision_id AND d.state IN ('draft', 'in_review')) THEN
    RAISE EXCEPTION 'the papers of this decision do not change' USING ERRCODE = 'PR001';
  END IF;
  RETURN paper;
END $$;
REVOKE EXECUTE ON FUNCTION portal.papers_open() FROM PUBLIC;
CREATE TRIGGER open BEFORE UPDATE ON portal.review FOR EACH ROW EXECUTE FUNCTION portal.papers_open();
CREATE TRIGGER open BEFORE INSERT OR UPDATE ON portal.assessment FOR EACH ROW EXECUTE FUNCTION portal.papers_open();
CREATE TRIGGER open BEFORE INSERT OR UPDATE ON portal.assessment_option FOR EACH ROW EXECUTE FUNCTION portal.papers_open();
CREATE TRIGGER open BEFORE INSERT OR DELETE ON portal.assessment_item FOR EACH ROW EXECUTE FUNCTION portal.papers_open();

-- What others say about a case: TLRZ or KIV about technology, the Spitzenverbände for the towns.
CREATE TABLE portal.opinion (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  opinion_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  service_id uuid NOT NULL,
  party_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('technical', 'municipal')),
  question text NOT NULL CHECK (question <> ''),
  due_on date NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  result text NOT NULL DEFAULT 'open' CHECK (result IN ('open', 'positive', 'positive_with_conditions', 'negative')),
  note text NOT NULL DEFAULT '',
  links text[] NOT NULL DEFAULT '{}' CHECK (cardinality(links) <= 20),
  answered_by uuid,
  answered_at timestamptz,
  closed_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, opinion_id),
  UNIQUE (land_id, opinion_id),
  FOREIGN KEY (land_id, org_id, decision_id) REFERENCES portal.decision (land_id, org_id, decision_id),
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service,
  FOREIGN KEY (land_id, party_id) REFERENCES portal.organisation,
  CONSTRAINT answered_whole CHECK ((result = 'open') = (answered_by IS NULL) AND (answered_by IS NULL) = (answered_at IS NULL)));
COMMENT ON TABLE portal.opinion IS 'A Stellungnahme that a ministry asks of another organisation. It carries all that the asked one may know of the case, and it closes with the case.';
CREATE UNIQUE INDEX opinion_once ON portal.opinion (land_id, org_id, decision_id, party_id, kind) WHERE result = 'open' AND closed_at IS NULL;
CREATE INDEX opinion_by_party ON portal.opinion (land_id, party_id) WHERE closed_at IS NULL;
CALL portal.wall('portal.opinion');
CREATE POLICY readers ON portal.opinion FOR SELECT USING (org_id = (SELECT ctx.org_id()) OR party_id = (SELECT ctx.org_id()));
CREATE POLICY ministry_asks ON portal.opinion FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) AND asked_by = (SELECT ctx.person_id()) AND result = 'open' AND closed_at IS NULL);
CREATE POLICY parties_write ON portal.opinion FOR UPDATE
  USING (closed_at IS NULL AND (org_id = (SELECT ctx.org_id()) OR party_id = (SELECT ctx.org_id())))
  WITH CHECK (org_id = (SELECT ctx.org_id()) OR party_id = (SELECT ctx.org_id()));
GRANT SELECT, INSERT, UPDATE (result, note, links, answered_by, answered_at, closed_at, version) ON portal.opinion TO portal_app;

-- The ministry asks and closes, the asked one answers; neither does the other's part.
CREATE FUNCTION portal.opinion_hands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.result, NEW.note, NEW.links, NEW.answered_by, NEW.answered_at) IS DISTINCT FROM (OLD.result, OLD.note, OLD.links, OLD.answered_by, OLD.answered_at)
      AND (OLD.party_id IS DISTINCT FROM ctx.org_id() OR NEW.answered_by IS DISTINCT FROM ctx.person_id())
    OR NEW.closed_at IS DISTINCT FROM OLD.closed_at AND OLD.org_id IS DISTINCT FROM ctx.org_id() THEN
    RAISE EXCEPTION 'not the hand that this part belongs to' USING ERRCODE = 'PR001';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.opinion_hands() FROM PUBLIC;
CREATE TRIGGER hands BEFORE UPDATE ON portal.opinion FOR EACH ROW EXECUTE FUNCTION portal.opinion_hands();

-- halt pauses what runs on a decision that the acting person has just revoked, and says from which state. A ministry
-- writes no onboardings: it is the Land's paper. This is the one thing that its decision does to them, so the function
-- does it, and the triggers that keep figures run as if the Land had.
CREATE FUNCTION ctx.halt(p_decision uuid, p_reason text, p_now timestamptz) RETURNS TABLE (onboarding_id uuid, org_id uuid, state text)
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
REVOKE EXECUTE ON FUNCTION ctx.halt(uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.halt(uuid, text, timestamptz) TO portal_app;
COMMIT;
