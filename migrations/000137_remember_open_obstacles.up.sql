-- The Lagebild says how many obstacles were open on the day that it is compared with, and lists them (ADR 0037). An
-- obstacle that was solved may be opened again, so what it was on a day is written down when it changes.
BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';

ALTER TABLE portal.land ADD COLUMN obstacles_since date;
COMMENT ON COLUMN portal.land.obstacles_since IS 'The first day of which obstacle_history tells everything; NULL: all of them, it was there before the Land.';

-- Whoever joins an obstacle sees it from that day on, however old what they report is.
ALTER TABLE portal.obstacle_affected ADD COLUMN known_on date NOT NULL DEFAULT portal.today();
COMMENT ON COLUMN portal.obstacle_affected.known_on IS 'The day on which the portal learnt it; since is when it began.';

CREATE TABLE portal.obstacle_history (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  obstacle_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  open boolean NOT NULL,
  known_on date NOT NULL,
  PRIMARY KEY (land_id, obstacle_id, seq),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, obstacle_id) REFERENCES portal.obstacle);
COMMENT ON TABLE portal.obstacle_history IS 'Since which day an obstacle was open, or was not any more. Only the trigger on obstacle adds rows; the last one says what portal.obstacle_open says.';
CALL portal.wall('portal.obstacle_history');
CREATE POLICY readers ON portal.obstacle_history FOR SELECT USING (
  (SELECT ctx.scope()) = 'land' OR ctx.reads_obstacle(obstacle_id));
CREATE POLICY trigger_adds ON portal.obstacle_history FOR INSERT TO portal_owner WITH CHECK (land_id = (SELECT ctx.land_id()));
GRANT SELECT ON portal.obstacle_history TO portal_app;

CREATE FUNCTION portal.note_obstacle() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
BEGIN
  PERFORM set_config('app.land_id', NEW.land_id::text, true); -- the operator repairs without a context
  INSERT INTO portal.obstacle_history (land_id, org_id, obstacle_id, open, known_on)
    VALUES (NEW.land_id, NEW.org_id, NEW.obstacle_id, portal.obstacle_open(NEW), portal.today());
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION portal.note_obstacle() FROM PUBLIC;
CREATE TRIGGER opened AFTER INSERT ON portal.obstacle FOR EACH ROW EXECUTE FUNCTION portal.note_obstacle();
CREATE TRIGGER opened_or_closed AFTER UPDATE OF state, merged_into ON portal.obstacle FOR EACH ROW
  WHEN (portal.obstacle_open(OLD) <> portal.obstacle_open(NEW)) EXECUTE FUNCTION portal.note_obstacle();

-- Of the Lands that are there already it is known from today on.
DO $$
DECLARE
  l record;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.scope', 'land', true);
    UPDATE portal.land SET obstacles_since = portal.today() WHERE land_id = l.land_id;
    INSERT INTO portal.obstacle_history (land_id, org_id, obstacle_id, open, known_on)
      SELECT o.land_id, o.org_id, o.obstacle_id, portal.obstacle_open(o), portal.today() FROM portal.obstacle o WHERE o.land_id = l.land_id;
  END LOOP;
  PERFORM set_config('app.land_id', '', true), set_config('app.scope', '', true);
END $$;
COMMIT;
