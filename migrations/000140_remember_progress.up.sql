-- A committee reads how far the steps of a pillar are, and compares it with its last report (ADR 0046). What progress said on a
-- day that is over is written down when it first changes on a later day: a body that works a whole day on its steps adds
-- one row for each count.
BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';

ALTER TABLE portal.land ADD COLUMN progress_since date;
COMMENT ON COLUMN portal.land.progress_since IS 'The first day of which progress_history tells everything; NULL: all of them, it was there before the Land.';
ALTER TABLE portal.progress ADD COLUMN counted_on date NOT NULL DEFAULT portal.today();
COMMENT ON COLUMN portal.progress.counted_on IS 'The day since which done and relevant are what they are.';

CREATE TABLE portal.progress_history (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  service_id uuid,
  pillar int NOT NULL,
  scope text NOT NULL,
  relevant int NOT NULL,
  done int NOT NULL,
  from_on date NOT NULL,
  until_on date NOT NULL CHECK (until_on > from_on),
  PRIMARY KEY (land_id, org_id, seq),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin);
COMMENT ON TABLE portal.progress_history IS 'What progress said of done and relevant steps: from the evening of from_on to that before until_on. Only the trigger on progress adds rows; what holds now stands in progress alone.';
CREATE INDEX progress_history_by_end ON portal.progress_history (land_id, until_on);
CALL portal.wall('portal.progress_history');
CREATE POLICY readers ON portal.progress_history FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR scope = 'land' OR (SELECT ctx.scope()) IN ('land', 'committee')
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY trigger_adds ON portal.progress_history FOR INSERT TO portal_owner WITH CHECK (land_id = (SELECT ctx.land_id()));
GRANT SELECT ON portal.progress_history TO portal_app;

CREATE FUNCTION portal.remember_progress() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date;
  own text;
BEGIN
  NEW.counted_on := OLD.counted_on;
  IF OLD.done = NEW.done AND OLD.relevant = NEW.relevant THEN
    RETURN NEW;
  END IF;
  today := portal.today();
  IF OLD.counted_on < today THEN
    own := current_setting('app.land_id', true);
    PERFORM set_config('app.land_id', NEW.land_id::text, true); -- the operator repairs without a context
    INSERT INTO portal.progress_history (land_id, org_id, service_id, pillar, scope, relevant, done, from_on, until_on)
      VALUES (OLD.land_id, OLD.org_id, OLD.service_id, OLD.pillar, OLD.scope, OLD.relevant, OLD.done, OLD.counted_on, today);
    PERFORM set_config('app.land_id', coalesce(own, ''), true);
    NEW.counted_on := today;
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.remember_progress() FROM PUBLIC;
CREATE TRIGGER changed BEFORE UPDATE ON portal.progress FOR EACH ROW EXECUTE FUNCTION portal.remember_progress();

-- Of the Lands that are there already it is known from today on.
DO $$
DECLARE
  l record;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.scope', 'land', true);
    UPDATE portal.land SET progress_since = portal.today() WHERE land_id = l.land_id;
  END LOOP;
  PERFORM set_config('app.land_id', '', true), set_config('app.scope', '', true);
END $$;
COMMIT;
