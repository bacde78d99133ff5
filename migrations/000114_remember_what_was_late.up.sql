-- A report compares today's figures with those of an earlier day. What was late or blocked on a day that is over can no
-- longer be seen in the tables, so it is written down when it ends (ADR 0037). Whoever reads a day before the writing
-- began is told that it is not recorded.
BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';

ALTER TABLE portal.land ADD COLUMN figures_since date;
COMMENT ON COLUMN portal.land.figures_since IS 'The first day of which late_history and blocked_history tell everything; NULL: all of them, they were there before the Land.';

-- today is the day in Germany, or that of the clock that a demo plays its story with.
CREATE FUNCTION portal.today() RETURNS date LANGUAGE sql STABLE
  AS $$ SELECT (coalesce(NULLIF(current_setting('app.now', true), '')::timestamptz, now()) AT TIME ZONE 'Europe/Berlin')::date $$;
REVOKE EXECUTE ON FUNCTION portal.today() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal.today() TO portal_app, portal_worker;

ALTER TABLE portal.step ADD COLUMN to_do_on date;
ALTER TABLE portal.step ALTER COLUMN to_do_on SET DEFAULT portal.today();
COMMENT ON COLUMN portal.step.to_do_on IS 'Since when it is to be done by its date, or is not: the day on which one of both last changed. NULL: nobody knows, it was before this was kept.';

CREATE TABLE portal.late_history (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  step_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  service_id uuid,
  scope text NOT NULL,
  due_on date NOT NULL,
  from_on date NOT NULL CHECK (from_on > due_on),
  until_on date NOT NULL CHECK (until_on > from_on),
  PRIMARY KEY (land_id, org_id, step_id, seq),
  FOREIGN KEY (land_id, org_id, step_id) REFERENCES portal.step (land_id, org_id, step_id));
COMMENT ON TABLE portal.late_history IS 'When a step was late and is no more: from the evening of from_on to that before until_on. Only the trigger on step adds rows; a step that is late now stands in step alone.';
CREATE INDEX late_history_by_end ON portal.late_history (land_id, until_on);
CALL portal.wall('portal.late_history');
CREATE POLICY readers ON portal.late_history FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR scope = 'land' OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])
  OR scope = 'basis' AND (SELECT ctx.scope()) = 'ministry');
CREATE POLICY trigger_adds ON portal.late_history FOR INSERT TO portal_owner WITH CHECK (land_id = (SELECT ctx.land_id()));
GRANT SELECT ON portal.late_history TO portal_app;

CREATE FUNCTION portal.remember_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := portal.today();
  begun date := greatest(OLD.due_on + 1, OLD.to_do_on);
  own text := current_setting('app.land_id', true);
BEGIN
  NEW.to_do_on := today;
  IF OLD.state NOT IN ('done', 'not_applicable') AND NOT OLD.resting AND begun < today THEN
    PERFORM set_config('app.land_id', NEW.land_id::text, true); -- the operator repairs without a context
    INSERT INTO portal.late_history (land_id, org_id, step_id, service_id, scope, due_on, from_on, until_on)
      VALUES (OLD.land_id, OLD.org_id, OLD.step_id, OLD.service_id, OLD.scope, OLD.due_on, begun, today);
    PERFORM set_config('app.land_id', coalesce(own, ''), true);
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.remember_late() FROM PUBLIC;
CREATE TRIGGER was_late BEFORE UPDATE OF state, resting, due_on ON portal.step FOR EACH ROW
  WHEN ((OLD.state IN ('done', 'not_applicable') OR OLD.resting, OLD.due_on) IS DISTINCT FROM (NEW.state IN ('done', 'not_applicable') OR NEW.resting, NEW.due_on))
  EXECUTE FUNCTION portal.remember_late();

CREATE TABLE portal.blocked_history (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  onboarding_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  service_id uuid NOT NULL,
  blocked boolean NOT NULL,
  known_on date NOT NULL,
  PRIMARY KEY (land_id, org_id, onboarding_id, seq),
  FOREIGN KEY (land_id, org_id, onboarding_id) REFERENCES portal.onboarding (land_id, org_id, onboarding_id));
COMMENT ON TABLE portal.blocked_history IS 'Since which day an onboarding was blocked by an open obstacle, or was not any more. Only portal.note_blocked adds rows; the last one says what portal.blocked_onboarding says.';
CALL portal.wall('portal.blocked_history');
CREATE POLICY readers ON portal.blocked_history FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY trigger_reads ON portal.blocked_history FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY trigger_adds ON portal.blocked_history FOR INSERT TO portal_owner WITH CHECK (land_id = (SELECT ctx.land_id()));
GRANT SELECT ON portal.blocked_history TO portal_app;

-- Whether an onboarding is blocked follows from steps of its body. Who solves an obstacle may see fewer of them than it
-- blocks: these two policies let note_blocked see all of them, and no other function.
CREATE POLICY noting ON portal.step FOR SELECT TO portal_owner
  USING (land_id = (SELECT ctx.land_id()) AND (SELECT current_setting('app.noting', true)) = 'blocked');
CREATE POLICY noting ON portal.onboarding_basis FOR SELECT TO portal_owner
  USING (land_id = (SELECT ctx.land_id()) AND (SELECT current_setting('app.noting', true)) = 'blocked');

-- note_blocked writes down which onboardings of some bodies became blocked or free. Two that write of one body wait for
-- each other, so that neither overlooks what the other changes; those of other bodies go on.
CREATE FUNCTION portal.note_blocked(p_land uuid, p_orgs uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('portal.blocked_history ' || p_land || ' ' || b.org_id, 0))
    FROM (SELECT DISTINCT unnest(p_orgs) AS org_id ORDER BY 1) b;
  PERFORM set_config('app.land_id', p_land::text, true), set_config('app.noting', 'blocked', true);
  INSERT INTO portal.blocked_history (land_id, org_id, onboarding_id, service_id, blocked, known_on)
  SELECT o.land_id, o.org_id, o.onboarding_id, o.service_id, n.blocked, portal.today()
  FROM portal.onboarding o
  LEFT JOIN LATERAL (
    SELECT h.blocked FROM portal.blocked_history h
    WHERE h.land_id = o.land_id AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id
    ORDER BY h.seq DESC LIMIT 1) h ON true
  CROSS JOIN LATERAL (
    SELECT EXISTS (
      SELECT FROM portal.blocked_onboarding k
      WHERE k.land_id = o.land_id AND k.org_id = o.org_id AND k.onboarding_id = o.onboarding_id) AS blocked) n
  WHERE o.land_id = p_land AND o.org_id = ANY (p_orgs) AND n.blocked <> coalesce(h.blocked, false);
  PERFORM set_config('app.noting', '', true), set_config('app.land_id', coalesce(own, ''), true);
END $$;
REVOKE EXECUTE ON FUNCTION portal.note_blocked(uuid, uuid[]) FROM PUBLIC;

CREATE FUNCTION portal.obstacle_turned() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM portal.note_blocked(NEW.land_id, ARRAY(
    SELECT DISTINCT a.org_id FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.obstacle_id = NEW.obstacle_id));
  RETURN NULL;
END $$;
CREATE TRIGGER turned AFTER UPDATE OF state, merged_into ON portal.obstacle FOR EACH ROW
  WHEN ((OLD.state IN ('reported', 'confirmed', 'in_progress') AND OLD.merged_into IS NULL) <> (NEW.state IN ('reported', 'confirmed', 'in_progress') AND NEW.merged_into IS NULL))
  EXECUTE FUNCTION portal.obstacle_turned();

CREATE FUNCTION portal.obstacle_met() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER met AFTER INSERT OR UPDATE ON portal.obstacle_affected FOR EACH ROW EXECUTE FUNCTION portal.obstacle_met();

-- What a body does at a step matters only where that step has met an obstacle, and what becomes of an onboarding only where its
-- body has.
CREATE FUNCTION portal.step_finished() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.org_id = NEW.org_id AND a.step_id = NEW.step_id) THEN
    PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION portal.body_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.org_id = NEW.org_id) THEN
    PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER finished AFTER UPDATE OF state ON portal.step FOR EACH ROW
  WHEN ((OLD.state IN ('done', 'not_applicable')) <> (NEW.state IN ('done', 'not_applicable'))) EXECUTE FUNCTION portal.step_finished();
CREATE TRIGGER moved AFTER UPDATE OF state, live_on ON portal.onboarding FOR EACH ROW
  WHEN ((OLD.live_on IS NULL, OLD.state IN ('paused', 'declined', 'not_applicable', 'decommissioned')) <> (NEW.live_on IS NULL, NEW.state IN ('paused', 'declined', 'not_applicable', 'decommissioned')))
  EXECUTE FUNCTION portal.body_moved();
CREATE FUNCTION portal.bodies_leant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l record;
BEGIN
  FOR l IN
    SELECT t.land_id, array_agg(DISTINCT t.org_id) AS orgs FROM touched t
    JOIN portal.obstacle_affected a ON a.land_id = t.land_id AND a.org_id = t.org_id
    GROUP BY t.land_id
  LOOP
    PERFORM portal.note_blocked(l.land_id, l.orgs);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER leant AFTER INSERT ON portal.onboarding_basis REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION portal.bodies_leant();
CREATE TRIGGER overruled_there AFTER UPDATE ON portal.onboarding_basis REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION portal.bodies_leant();
REVOKE EXECUTE ON FUNCTION portal.obstacle_turned(), portal.obstacle_met(), portal.step_finished(), portal.body_moved(), portal.bodies_leant() FROM PUBLIC;

-- Of the Lands that are there already it is known from today on.
DO $$
DECLARE
  l record;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.scope', 'land', true);
    UPDATE portal.land SET figures_since = portal.today() WHERE land_id = l.land_id;
    PERFORM portal.note_blocked(l.land_id, ARRAY(SELECT o.org_id FROM portal.organisation o WHERE o.land_id = l.land_id));
  END LOOP;
  PERFORM set_config('app.land_id', '', true), set_config('app.scope', '', true);
END $$;
COMMIT;
