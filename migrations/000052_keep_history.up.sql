BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.onboarding
  ADD COLUMN target_cause text NOT NULL DEFAULT '' CHECK (target_cause IN ('', 'backend', 'staff', 'provider', 'operator', 'law', 'pilots')),
  ADD COLUMN target_reason text NOT NULL DEFAULT '';
COMMENT ON COLUMN portal.onboarding.target_cause IS 'Why target_on last moved; target_reason says it in a sentence.';

CREATE TABLE portal.onboarding_history (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  onboarding_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  service_id uuid NOT NULL,
  state text NOT NULL,
  held boolean NOT NULL,
  target_on date NOT NULL,
  target_cause text NOT NULL,
  target_reason text NOT NULL,
  live_on date,
  known_at timestamptz NOT NULL,
  known_on date NOT NULL,
  valid_on date NOT NULL CHECK (valid_on <= known_on),
  PRIMARY KEY (land_id, org_id, onboarding_id, seq),
  FOREIGN KEY (land_id, org_id, onboarding_id) REFERENCES portal.onboarding (land_id, org_id, onboarding_id));
COMMENT ON TABLE portal.onboarding_history IS 'How an onboarding stood: a row for each change of state, target, go-live or hold. Only the trigger on onboarding adds rows, nobody changes them: what was known on a day stays known.';
COMMENT ON COLUMN portal.onboarding_history.known_on IS 'The day in Germany on which the portal learnt it.';
COMMENT ON COLUMN portal.onboarding_history.valid_on IS 'The day from which it holds: the Produktivstart for what is live, else known_on. How an onboarding stood on a day says the last row (by seq) among those with valid_on up to that day.';
CREATE INDEX onboarding_history_of_live ON portal.onboarding_history (land_id, service_id, live_on) WHERE live_on IS NOT NULL;
CALL portal.wall('portal.onboarding_history');
CREATE POLICY readers ON portal.onboarding_history FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) IN ('land', 'committee')
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY trigger_reads ON portal.onboarding_history FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY trigger_adds ON portal.onboarding_history FOR INSERT TO portal_owner WITH CHECK (land_id = (SELECT ctx.land_id()));

-- remember writes down what an onboarding became, at the moment of the transaction (or of the clock that a demo plays
-- its story with). Whoever reports or corrects a Produktivstart says since when; all else
-- holds from the day on which it is known. A Produktivstart that turns out to have been on another day, or none, is
-- taken back first: from that day on the onboarding stands where it stood before.
CREATE FUNCTION portal.remember() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  known timestamptz := coalesce(NULLIF(current_setting('app.now', true), '')::timestamptz, now());
  today date := (known AT TIME ZONE 'Europe/Berlin')::date;
  begins date := today;
  earlier text;
  own text := current_setting('app.land_id', true);
BEGIN
  PERFORM set_config('app.land_id', NEW.land_id::text, true); -- the operator repairs without a context
  IF TG_OP = 'UPDATE' AND NEW.live_on IS DISTINCT FROM OLD.live_on THEN
    IF OLD.live_on IS NOT NULL THEN
      SELECT h.state INTO earlier FROM portal.onboarding_history h
        WHERE h.land_id = NEW.land_id AND h.org_id = NEW.org_id AND h.onboarding_id = NEW.onboarding_id AND h.live_on IS NULL
        ORDER BY h.seq DESC LIMIT 1;
      INSERT INTO portal.onboarding_history (land_id, org_id, onboarding_id, service_id, state, held, target_on, target_cause, target_reason, known_at, known_on, valid_on)
        VALUES (NEW.land_id, NEW.org_id, NEW.onboarding_id, NEW.service_id, coalesce(earlier, 'not_started'), NEW.held, NEW.target_on, NEW.target_cause, NEW.target_reason,
          known, today, least(OLD.live_on, today));
    END IF;
    begins := least(coalesce(NEW.live_on, today), today);
  END IF;
  INSERT INTO portal.onboarding_history (land_id, org_id, onboarding_id, service_id, state, held, target_on, target_cause, target_reason, live_on, known_at, known_on, valid_on)
    VALUES (NEW.land_id, NEW.org_id, NEW.onboarding_id, NEW.service_id, NEW.state, NEW.held, NEW.target_on, NEW.target_cause, NEW.target_reason,
      NEW.live_on, known, today, begins);
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION portal.remember() FROM PUBLIC;
CREATE TRIGGER begun AFTER INSERT ON portal.onboarding FOR EACH ROW EXECUTE FUNCTION portal.remember();
CREATE TRIGGER became AFTER UPDATE OF state, held, target_on, live_on ON portal.onboarding FOR EACH ROW
  WHEN ((OLD.state, OLD.held, OLD.target_on, OLD.live_on) IS DISTINCT FROM (NEW.state, NEW.held, NEW.target_on, NEW.live_on))
  EXECUTE FUNCTION portal.remember();

-- What happened before is told by the trail: from it the history of every onboarding is written down once, and a last
-- row wherever the trail does not lead to what stands there now.
CREATE FUNCTION pg_temp.state_of(word text) RETURNS text LANGUAGE sql AS $$
  SELECT CASE word WHEN 'Noch nicht begonnen' THEN 'not_started' WHEN 'Interesse bekundet' THEN 'interested' WHEN 'Teilnahme zugesagt' THEN 'committed'
    WHEN 'In Vorbereitung' THEN 'preparing' WHEN 'In Anbindung' THEN 'connecting' WHEN 'Im Test' THEN 'testing' WHEN 'Bereit für Go-live' THEN 'ready'
    WHEN 'Produktiv' THEN 'live' WHEN 'Regelbetrieb' THEN 'operating' WHEN 'Pausiert' THEN 'paused' WHEN 'Abgelehnt' THEN 'declined'
    WHEN 'Nicht zuständig' THEN 'not_applicable' WHEN 'Außer Betrieb' THEN 'decommissioned' END $$;
CREATE FUNCTION pg_temp.cause_of(word text) RETURNS text LANGUAGE sql AS $$
  SELECT CASE word WHEN 'Fachverfahren' THEN 'backend' WHEN 'Personal' THEN 'staff' WHEN 'IT-Dienstleister' THEN 'provider' WHEN 'Anbieter der Leistung' THEN 'operator'
    WHEN 'Rechtliche Klärung' THEN 'law' WHEN 'Erkenntnisse der Pilotierung' THEN 'pilots' END $$;
DO $$
DECLARE
  l record;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.scope', 'land', true);
    INSERT INTO portal.onboarding_history (land_id, org_id, onboarding_id, service_id, state, held, target_on, target_cause, target_reason, live_on, known_at, known_on, valid_on)
    SELECT n.land_id, n.org_id, n.onboarding_id, n.service_id, n.state, n.held, n.target_on, n.cause, n.reason, n.live_on, n.at, n.today,
      least(CASE WHEN n.live_on IS NOT NULL AND n.starts THEN n.live_on ELSE n.today END, n.today)
    FROM (
      SELECT c.land_id, c.org_id, c.onboarding_id, c.service_id, c.held, c.at, c.no, (c.at AT TIME ZONE 'Europe/Berlin')::date AS today, c.live IS NOT NULL AS starts,
        first_value(c.state) OVER s AS state, first_value(c.target) OVER t AS target_on, first_value(c.live) OVER v AS live_on,
        coalesce(first_value(c.cause) OVER u, '') AS cause, coalesce(first_value(c.reason) OVER u, '') AS reason
      FROM (
        SELECT e.*, count(e.state) OVER w AS states, count(e.target) OVER w AS targets, count(e.live) OVER w AS lives, count(e.cause) OVER w AS causes
        FROM (
          SELECT o.land_id, o.org_id, o.onboarding_id, o.service_id, r.started_at AS at, -1::bigint AS no, 'not_started' AS state, o.target_on AS target,
            NULL::date AS live, NULL::text AS cause, NULL::text AS reason, false AS held
          FROM portal.onboarding o
          JOIN portal.rollin r ON r.land_id = o.land_id AND r.service_id = o.service_id
          WHERE o.land_id = l.land_id AND NOT EXISTS (
            SELECT FROM portal.audit_event a WHERE a.land_id = o.land_id AND a.record = o.onboarding_id AND a.action = 'onboarding.create')
          UNION ALL
          SELECT o.land_id, o.org_id, o.onboarding_id, o.service_id, a.at, a.seq,
            (SELECT pg_temp.state_of(x->>'new') FROM jsonb_array_elements(a.changes) x WHERE x->>'field' = 'Stand der Anbindung'),
            (SELECT to_date(x->>'new', 'DD.MM.YYYY') FROM jsonb_array_elements(a.changes) x WHERE x->>'field' = 'Zieltermin'),
            (SELECT to_date(x->>'new', 'DD.MM.YYYY') FROM jsonb_array_elements(a.changes) x WHERE x->>'field' = 'Produktiv seit'),
            (SELECT pg_temp.cause_of(x->>'new') FROM jsonb_array_elements(a.changes) x WHERE x->>'field' = 'Ursache'),
            (SELECT x->>'new' FROM jsonb_array_elements(a.changes) x WHERE x->>'field' = 'Grund' AND a.action = 'onboarding.postpone'), false
          FROM portal.audit_event a
          JOIN portal.onboarding o ON o.land_id = a.land_id AND o.onboarding_id IN (a.record, a.parent)
          WHERE a.land_id = l.land_id AND a.kind IN ('onboarding', 'step') AND EXISTS (
            SELECT FROM jsonb_array_elements(a.changes) x WHERE x->>'field' IN ('Stand der Anbindung', 'Zieltermin', 'Produktiv seit'))
        ) e
        WINDOW w AS (PARTITION BY e.onboarding_id ORDER BY e.at, e.no)
      ) c
      WINDOW s AS (PARTITION BY c.onboarding_id, c.states ORDER BY c.at, c.no), t AS (PARTITION BY c.onboarding_id, c.targets ORDER BY c.at, c.no),
        v AS (PARTITION BY c.onboarding_id, c.lives ORDER BY c.at, c.no), u AS (PARTITION BY c.onboarding_id, c.causes ORDER BY c.at, c.no)
    ) n
    ORDER BY n.onboarding_id, n.at, n.no;
    INSERT INTO portal.onboarding_history (land_id, org_id, onboarding_id, service_id, state, held, target_on, target_cause, target_reason, live_on, known_at, known_on, valid_on)
    SELECT o.land_id, o.org_id, o.onboarding_id, o.service_id, o.state, o.held, o.target_on, '', '', o.live_on, k.at, (k.at AT TIME ZONE 'Europe/Berlin')::date,
      least(CASE WHEN o.live_on IS DISTINCT FROM h.live_on THEN o.live_on END, (k.at AT TIME ZONE 'Europe/Berlin')::date)
    FROM portal.onboarding o
    JOIN LATERAL (
      SELECT h.state, h.held, h.target_on, h.live_on, h.known_at FROM portal.onboarding_history h
      WHERE h.land_id = o.land_id AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id
      ORDER BY h.seq DESC LIMIT 1) h ON true
    CROSS JOIN LATERAL (SELECT greatest(o.state_since, h.known_at) AS at) k
    WHERE o.land_id = l.land_id AND (o.state, o.held, o.target_on, o.live_on) IS DISTINCT FROM (h.state, h.held, h.target_on, h.live_on);
    UPDATE portal.onboarding o SET target_cause = h.target_cause, target_reason = h.target_reason
    FROM (
      SELECT DISTINCT ON (h.onboarding_id) h.onboarding_id, h.target_cause, h.target_reason FROM portal.onboarding_history h
      WHERE h.land_id = l.land_id
      ORDER BY h.onboarding_id, h.seq DESC) h
    WHERE o.land_id = l.land_id AND o.onboarding_id = h.onboarding_id AND h.target_cause <> '';
  END LOOP;
  PERFORM set_config('app.land_id', '', true), set_config('app.scope', '', true);
END $$;

GRANT SELECT ON portal.onboarding_history TO portal_app;
COMMIT;
