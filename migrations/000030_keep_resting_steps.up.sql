BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.step ADD COLUMN resting boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN portal.step.resting IS 'Nobody has to do it now: its onboarding rests or is held, or it is a basis step that no running onboarding leans on. Kept by triggers; portal verify progress recounts it.';

-- rests says whether an onboarding rests (State.Aside) or waits for the pilots.
CREATE FUNCTION portal.rests(state text, held boolean) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT held OR state IN ('paused', 'declined', 'not_applicable', 'decommissioned') $$;

-- leant says whether a running onboarding needs a basis step. It is volatile so that it sees what was committed while an
-- UPDATE waited for the row of the step: two onboardings of a body may fall asleep at the same moment.
CREATE FUNCTION portal.leant(land uuid, org uuid, step uuid) RETURNS boolean LANGUAGE sql VOLATILE
  AS $$ SELECT EXISTS (
    SELECT FROM portal.onboarding_basis l
    JOIN portal.onboarding o ON o.land_id = l.land_id AND o.org_id = l.org_id AND o.onboarding_id = l.onboarding_id
    WHERE l.land_id = land AND l.org_id = org AND l.step_id = step AND l.reason = '' AND NOT portal.rests(o.state, o.held)) $$;

-- An onboarding falls asleep or wakes up: its steps do so with it, and so do the basis steps that nobody else needs.
CREATE FUNCTION portal.onboarding_turned() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE portal.step s SET resting = portal.rests(NEW.state, NEW.held)
    WHERE s.land_id = NEW.land_id AND s.org_id = NEW.org_id AND s.onboarding_id = NEW.onboarding_id;
  UPDATE portal.step s SET resting = NOT portal.leant(s.land_id, s.org_id, s.step_id)
    FROM portal.onboarding_basis l
    WHERE l.land_id = NEW.land_id AND l.org_id = NEW.org_id AND l.onboarding_id = NEW.onboarding_id
      AND s.land_id = l.land_id AND s.org_id = l.org_id AND s.step_id = l.step_id;
  RETURN NULL;
END $$;
CREATE TRIGGER turned AFTER UPDATE OF state, held ON portal.onboarding FOR EACH ROW
  WHEN (portal.rests(OLD.state, OLD.held) <> portal.rests(NEW.state, NEW.held)) EXECUTE FUNCTION portal.onboarding_turned();

-- Basis steps come before what leans on them, and a service may do without one later on.
CREATE FUNCTION portal.steps_leant_on() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE portal.step s SET resting = NOT s.resting
    FROM (SELECT DISTINCT t.land_id, t.org_id, t.step_id FROM touched t) t
    WHERE s.land_id = t.land_id AND s.org_id = t.org_id AND s.step_id = t.step_id
      AND s.resting = portal.leant(s.land_id, s.org_id, s.step_id);
  RETURN NULL;
END $$;
CREATE TRIGGER leant_on AFTER INSERT ON portal.onboarding_basis REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION portal.steps_leant_on();
CREATE TRIGGER overruled AFTER UPDATE ON portal.onboarding_basis REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION portal.steps_leant_on();

-- A step may be laid out for an onboarding that rests.
CREATE FUNCTION portal.steps_laid_out() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE portal.step s SET resting = true
    FROM added a
    JOIN portal.onboarding o ON o.land_id = a.land_id AND o.org_id = a.org_id AND o.onboarding_id = a.onboarding_id
    WHERE portal.rests(o.state, o.held) AND s.land_id = a.land_id AND s.org_id = a.org_id AND s.step_id = a.step_id;
  RETURN NULL;
END $$;
CREATE TRIGGER laid_out AFTER INSERT ON portal.step REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION portal.steps_laid_out();

REVOKE EXECUTE ON FUNCTION portal.onboarding_turned(), portal.steps_leant_on(), portal.steps_laid_out() FROM PUBLIC;

-- What stands in the tables already: row security binds the owner, so it is done Land by Land.
DO $$
DECLARE
  l record;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.scope', 'land', true);
    UPDATE portal.step s SET resting = true
      FROM portal.onboarding o
      WHERE o.land_id = s.land_id AND o.org_id = s.org_id AND o.onboarding_id = s.onboarding_id AND portal.rests(o.state, o.held);
    UPDATE portal.step s SET resting = true
      WHERE s.scope = 'basis' AND NOT portal.leant(s.land_id, s.org_id, s.step_id);
  END LOOP;
  PERFORM set_config('app.land_id', '', true), set_config('app.scope', '', true);
END $$;

DROP INDEX portal.step_unfinished_by_due;
CREATE INDEX step_to_do ON portal.step (land_id, due_on, org_id) WHERE state NOT IN ('done', 'not_applicable') AND NOT resting;
COMMIT;
