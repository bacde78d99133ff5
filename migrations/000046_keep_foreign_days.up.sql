BEGIN;
SET LOCAL ROLE portal_owner;
-- While a step is checked, its body waits for others, as it does while the step lies with them (table waiting).
ALTER TABLE portal.step ADD COLUMN checked_days int NOT NULL DEFAULT 0 CHECK (checked_days >= 0),
  ADD COLUMN checked_workdays int NOT NULL DEFAULT 0 CHECK (checked_workdays >= 0);
COMMENT ON COLUMN portal.step.checked_days IS 'For how many days it lay with whoever checks it, in all checks that ended. Kept by a trigger; a check that lasts counts from state_since.';
CREATE FUNCTION portal.time_checked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  was date := (OLD.state_since AT TIME ZONE 'Europe/Berlin')::date;
  becomes date := (NEW.state_since AT TIME ZONE 'Europe/Berlin')::date;
BEGIN
  IF OLD.state = 'submitted' THEN
    NEW.checked_days := OLD.checked_days + greatest(0, becomes - was);
    NEW.checked_workdays := OLD.checked_workdays + portal.workdays(was, greatest(was, becomes));
  ELSIF becomes < was THEN -- undone: the check goes on as if it had not ended
    NEW.checked_days := greatest(0, OLD.checked_days - (was - becomes));
    NEW.checked_workdays := greatest(0, OLD.checked_workdays - portal.workdays(becomes, was));
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.time_checked() FROM PUBLIC;
CREATE TRIGGER time_checked BEFORE UPDATE OF state ON portal.step FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND 'submitted' IN (OLD.state, NEW.state)) EXECUTE FUNCTION portal.time_checked();

ALTER TABLE portal.usual_time ADD COLUMN away_days int NOT NULL DEFAULT 0 CHECK (away_days >= 0);
COMMENT ON COLUMN portal.usual_time.away_days IS 'How many working days the step lay with others besides: the median of the same bodies.';
COMMENT ON TABLE portal.rollin_draft IS 'What the Land has prepared of a roll-in that has not started: scope, waves, dates and letter. With the start it becomes the roll-in; the letter stays, for bodies that are taken in later.';
GRANT UPDATE (away_days) ON portal.usual_time TO portal_app;
COMMIT;
