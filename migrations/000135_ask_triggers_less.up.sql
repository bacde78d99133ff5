BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';
-- Postgres reads the stored text of a WHEN and of a CHECK anew in each statement, and prepares every policy of a table that a
-- trigger looks into. A function it keeps: so the triggers of a step judge in their functions whether they are meant.
CREATE OR REPLACE FUNCTION portal.time_checked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  was date;
  becomes date;
BEGIN
  IF OLD.state = NEW.state OR 'submitted' NOT IN (OLD.state, NEW.state) THEN
    RETURN NEW;
  END IF;
  was := (OLD.state_since AT TIME ZONE 'Europe/Berlin')::date;
  becomes := (NEW.state_since AT TIME ZONE 'Europe/Berlin')::date;
  IF OLD.state = 'submitted' THEN
    NEW.checked_days := OLD.checked_days + greatest(0, becomes - was);
    NEW.checked_workdays := OLD.checked_workdays + portal.workdays(was, greatest(was, becomes));
  ELSIF becomes < was THEN -- undone: the check goes on as if it had not ended
    NEW.checked_days := greatest(0, OLD.checked_days - (was - becomes));
    NEW.checked_workdays := greatest(0, OLD.checked_workdays - portal.workdays(becomes, was));
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER time_checked BEFORE UPDATE OF state ON portal.step FOR EACH ROW EXECUTE FUNCTION portal.time_checked();

CREATE OR REPLACE FUNCTION portal.remember_late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  rested boolean := OLD.state IN ('done', 'not_applicable') OR OLD.resting;
  today date;
  begun date;
  own text;
BEGIN
  IF rested = (NEW.state IN ('done', 'not_applicable') OR NEW.resting) AND OLD.due_on = NEW.due_on THEN
    RETURN NEW;
  END IF;
  today := portal.today();
  begun := greatest(OLD.due_on + 1, OLD.to_do_on);
  NEW.to_do_on := today;
  IF NOT rested AND begun < today THEN
    own := current_setting('app.land_id', true);
    PERFORM set_config('app.land_id', NEW.land_id::text, true); -- the operator repairs without a context
    INSERT INTO portal.late_history (land_id, org_id, step_id, service_id, scope, due_on, from_on, until_on)
      VALUES (OLD.land_id, OLD.org_id, OLD.step_id, OLD.service_id, OLD.scope, OLD.due_on, begun, today);
    PERFORM set_config('app.land_id', coalesce(own, ''), true);
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER was_late BEFORE UPDATE OF state, resting, due_on ON portal.step FOR EACH ROW EXECUTE FUNCTION portal.remember_late();

CREATE OR REPLACE FUNCTION portal.step_finished() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (OLD.state IN ('done', 'not_applicable')) <> (NEW.state IN ('done', 'not_applicable'))
    AND EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.org_id = NEW.org_id AND a.step_id = NEW.step_id) THEN
    PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER finished AFTER UPDATE OF state ON portal.step FOR EACH ROW EXECUTE FUNCTION portal.step_finished();

-- The owner, for whom these triggers look, reads all of its Land already (policy counted).
ALTER POLICY readers ON portal.obstacle_affected TO portal_app, portal_worker;

-- A list that is written as one constant is read several times faster than one of many.
ALTER TABLE portal.onboarding
  DROP CONSTRAINT onboarding_state_check, DROP CONSTRAINT onboarding_target_cause_check, DROP CONSTRAINT sides_have_reasons,
  ADD CONSTRAINT onboarding_state_check CHECK (state = ANY ('{not_started,interested,committed,preparing,connecting,testing,ready,live,operating,paused,declined,not_applicable,decommissioned}'::text[])),
  ADD CONSTRAINT onboarding_target_cause_check CHECK (target_cause = ANY ('{"",backend,staff,provider,operator,law,pilots}'::text[])),
  ADD CONSTRAINT sides_have_reasons CHECK (state <> ALL ('{paused,declined,not_applicable,decommissioned}'::text[]) OR state_reason <> '');
COMMIT;
