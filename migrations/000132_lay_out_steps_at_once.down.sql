BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION portal.steps_laid_out() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE portal.step s SET resting = true
    FROM added a
    JOIN portal.onboarding o ON o.land_id = a.land_id AND o.org_id = a.org_id AND o.onboarding_id = a.onboarding_id
    WHERE portal.rests(o.state, o.held) AND s.land_id = a.land_id AND s.org_id = a.org_id AND s.step_id = a.step_id;
  RETURN NULL;
END $$;
COMMIT;
