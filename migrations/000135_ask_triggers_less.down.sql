BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';
ALTER TABLE portal.onboarding
  DROP CONSTRAINT onboarding_state_check, DROP CONSTRAINT onboarding_target_cause_check, DROP CONSTRAINT sides_have_reasons,
  ADD CONSTRAINT onboarding_state_check CHECK (state IN ('not_started', 'interested', 'committed', 'preparing', 'connecting', 'testing', 'ready', 'live',
    'operating', 'paused', 'declined', 'not_applicable', 'decommissioned')),
  ADD CONSTRAINT onboarding_target_cause_check CHECK (target_cause IN ('', 'backend', 'staff', 'provider', 'operator', 'law', 'pilots')),
  ADD CONSTRAINT sides_have_reasons CHECK (state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned') OR state_reason <> '');

ALTER POLICY readers ON portal.obstacle_affected TO PUBLIC;

CREATE OR REPLACE TRIGGER finished AFTER UPDATE OF state ON portal.step FOR EACH ROW
  WHEN ((OLD.state IN ('done', 'not_applicable')) <> (NEW.state IN ('done', 'not_applicable'))) EXECUTE FUNCTION portal.step_finished();
CREATE OR REPLACE FUNCTION portal.step_finished() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.org_id = NEW.org_id AND a.step_id = NEW.step_id) THEN
    PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER was_late BEFORE UPDATE OF state, resting, due_on ON portal.step FOR EACH ROW
  WHEN ((OLD.state IN ('done', 'not_applicable') OR OLD.resting, OLD.due_on) IS DISTINCT FROM (NEW.state IN ('done', 'not_applicable') OR NEW.resting, NEW.due_on))
  EXECUTE FUNCTION portal.remember_late();
CREATE OR REPLACE FUNCTION portal.remember_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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

CREATE OR REPLACE TRIGGER time_checked BEFORE UPDATE OF state ON portal.step FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND 'submitted' IN (OLD.state, NEW.state)) EXECUTE FUNCTION portal.time_checked();
CREATE OR REPLACE FUNCTION portal.time_checked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
COMMIT;
