BEGIN;
SET LOCAL ROLE portal_owner;
-- The decided text of an Auflage never changes. What becomes of it stands here.
CREATE TABLE portal.condition (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  condition_id uuid NOT NULL DEFAULT gen_random_uuid(),
  decision_id uuid NOT NULL,
  no int NOT NULL,
  service_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  function text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'reported', 'confirmed', 'waived')),
  evidence text NOT NULL DEFAULT '',
  link text NOT NULL DEFAULT '',
  reported_by uuid,
  reported_at timestamptz,
  settled_by uuid,
  settled_at timestamptz,
  reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, condition_id),
  UNIQUE (land_id, org_id, decision_id, no),
  FOREIGN KEY (land_id, org_id, decision_id, no) REFERENCES portal.decision_condition,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service,
  FOREIGN KEY (land_id, owner_id) REFERENCES portal.organisation,
  CONSTRAINT reported_whole CHECK ((reported_by IS NULL) = (reported_at IS NULL) AND (state NOT IN ('reported', 'confirmed') OR (reported_by IS NOT NULL AND evidence <> ''))),
  CONSTRAINT settled_whole CHECK ((settled_by IS NULL) = (settled_at IS NULL) AND (state IN ('confirmed', 'waived')) = (settled_by IS NOT NULL)),
  CONSTRAINT waived_with_reason CHECK (state <> 'waived' OR reason <> ''),
  CONSTRAINT settled_by_a_second CHECK (settled_by <> reported_by));
COMMENT ON TABLE portal.condition IS 'What becomes of an Auflage: who sees to it, whether they reported it fulfilled, and what the ministry that set it makes of that.';
COMMENT ON COLUMN portal.condition.org_id IS 'the ministry that set the Auflage';
COMMENT ON COLUMN portal.condition.reason IS 'why it was waived, or while it is open why a report was sent back';
CREATE INDEX condition_unfinished ON portal.condition (land_id, service_id) WHERE state IN ('open', 'reported');
CREATE INDEX condition_by_owner ON portal.condition (land_id, owner_id) WHERE state IN ('open', 'reported');
CALL portal.wall('portal.condition');
CREATE POLICY readers ON portal.condition FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR owner_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]));
CREATE POLICY ministry_adds ON portal.condition FOR INSERT WITH CHECK (org_id = (SELECT ctx.org_id()) AND state = 'open');
CREATE POLICY ministry_settles ON portal.condition FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) AND state IN ('open', 'reported')) WITH CHECK (org_id = (SELECT ctx.org_id()));
CREATE POLICY owner_reports ON portal.condition FOR UPDATE
  USING (owner_id = (SELECT ctx.org_id()) AND state = 'open') WITH CHECK (owner_id = (SELECT ctx.org_id()) AND state = 'reported');

-- Only the owner reports and only the ministry settles or hands over, each with their own hand.
CREATE FUNCTION portal.condition_hands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.state IN ('confirmed', 'waived')
    OR NEW.state = 'reported' AND OLD.state <> 'reported' AND (OLD.owner_id <> ctx.org_id() OR NEW.reported_by <> ctx.person_id())
    OR NEW.state IN ('confirmed', 'waived') AND (NEW.org_id <> ctx.org_id() OR NEW.settled_by <> ctx.person_id() OR NEW.reported_by IS DISTINCT FROM OLD.reported_by)
    OR NEW.state = 'confirmed' AND OLD.state <> 'reported'
    OR NEW.owner_id <> OLD.owner_id AND (NEW.org_id <> ctx.org_id() OR OLD.state <> 'open' OR NEW.state <> 'open') THEN
    RAISE EXCEPTION 'not the hand that this takes' USING ERRCODE = 'PR001';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.condition_hands() FROM PUBLIC;
CREATE TRIGGER hands BEFORE UPDATE ON portal.condition FOR EACH ROW EXECUTE FUNCTION portal.condition_hands();

-- The Auflagen that were decided before: the organisation whose name was written there, else the ministry itself.
ALTER TABLE portal.decision_condition NO FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.decision NO FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.organisation NO FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.condition NO FORCE ROW LEVEL SECURITY;
INSERT INTO portal.condition (land_id, org_id, decision_id, no, service_id, owner_id, function)
SELECT c.land_id, c.org_id, c.decision_id, c.no, d.service_id, coalesce(o.org_id, c.org_id), CASE WHEN o.org_id IS NULL THEN c.owner ELSE '' END
FROM portal.decision_condition c
JOIN portal.decision d ON d.land_id = c.land_id AND d.org_id = c.org_id AND d.decision_id = c.decision_id
LEFT JOIN portal.organisation o ON o.land_id = c.land_id AND o.name = c.owner AND o.kind NOT IN ('committee', 'association', 'operator');
ALTER TABLE portal.condition FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.organisation FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.decision FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.decision_condition FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON portal.condition TO portal_app;
GRANT UPDATE (owner_id, function, state, evidence, link, reported_by, reported_at, settled_by, settled_at, reason, version) ON portal.condition TO portal_app;

CREATE TABLE portal.funding (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  funding_id uuid NOT NULL,
  service_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('funding', 'contract')),
  purpose text NOT NULL CHECK (purpose IN ('reuse', 'connection', 'interface', 'operation')),
  payer text NOT NULL CHECK (payer IN ('land', 'federal', 'bodies')),
  cents bigint NOT NULL CHECK (cents BETWEEN 1 AND 100000000000),
  from_on date NOT NULL,
  to_on date NOT NULL CHECK (to_on BETWEEN from_on AND from_on + 7306),
  reservation text NOT NULL DEFAULT '',
  source text NOT NULL CHECK (source <> ''),
  payer_after text NOT NULL DEFAULT '',
  saved_by uuid NOT NULL,
  saved_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, funding_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service);
COMMENT ON TABLE portal.funding IS 'A funding or a contract of a service: who pays what, from when to when. Kept by the Land and by the ministry in charge; everybody else reads what ctx.funding shows.';
COMMENT ON COLUMN portal.funding.reservation IS 'the Haushaltsvorbehalt, empty for none';
COMMENT ON COLUMN portal.funding.payer_after IS 'who pays afterwards, in words for everybody; no part of the Wirtschaftlichkeitsbetrachtung';
CREATE INDEX funding_by_service ON portal.funding (land_id, service_id);
CREATE INDEX funding_by_end ON portal.funding (land_id, to_on);
CALL portal.wall('portal.funding');
CREATE POLICY readers ON portal.funding FOR SELECT USING ((SELECT ctx.scope()) = 'land' OR service_id = ANY ((SELECT ctx.read_services())::uuid[]));
CREATE POLICY keepers_add ON portal.funding FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) AND ((SELECT ctx.scope()) = 'land' OR service_id = ANY ((SELECT ctx.read_services())::uuid[])));
CREATE POLICY keepers_edit ON portal.funding FOR UPDATE
  USING ((SELECT ctx.scope()) = 'land' OR service_id = ANY ((SELECT ctx.read_services())::uuid[]))
  WITH CHECK ((SELECT ctx.scope()) = 'land' OR service_id = ANY ((SELECT ctx.read_services())::uuid[]));
CREATE POLICY shown ON portal.funding FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
GRANT SELECT, INSERT ON portal.funding TO portal_app;
GRANT UPDATE (kind, purpose, payer, cents, from_on, to_on, reservation, source, payer_after, saved_by, saved_at, version) ON portal.funding TO portal_app;

-- funding is what everybody in the Land may know: who pays for what until when. No amounts, no contracts, no sources.
CREATE FUNCTION ctx.funding(p_service uuid) RETURNS TABLE (purpose text, payer text, to_on date, reserved boolean, payer_after text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.purpose, f.payer, f.to_on, f.reservation <> '', f.payer_after
  FROM portal.funding f
  WHERE f.land_id = ctx.land_id() AND f.service_id = p_service AND f.kind = 'funding'
  ORDER BY f.to_on, f.funding_id $$;

-- deadlines says what ends between two days, to the Land of all services and to a ministry of its own. Of the
-- Wirtschaftlichkeitsbetrachtung behind a decision in force it tells the day on which the price is no longer bound,
-- and nothing else.
CREATE POLICY deadlines ON portal.assessment FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE FUNCTION ctx.deadlines(p_from date, p_to date) RETURNS TABLE (kind text, record uuid, service_id uuid, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.kind, f.funding_id, f.service_id, f.to_on
  FROM portal.funding f
  WHERE f.land_id = ctx.land_id() AND f.to_on BETWEEN p_from AND p_to
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
    AND (ctx.scope() = 'land' OR ctx.scope() = 'ministry' AND a.service_id = ANY (ctx.read_services()::uuid[])) $$;
REVOKE EXECUTE ON FUNCTION ctx.funding(uuid), ctx.deadlines(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.funding(uuid), ctx.deadlines(date, date) TO portal_app;
COMMIT;
