BEGIN;
SET LOCAL ROLE portal_owner;
-- A step may be laid out for an onboarding that rests. Of the steps that are new it takes the few onboardings they are for: Postgres
-- knows nothing of a transition table, and went through all new steps again for each onboarding of a roll-in.
CREATE OR REPLACE FUNCTION portal.steps_laid_out() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  WITH laid AS MATERIALIZED (SELECT DISTINCT a.land_id, a.org_id, a.onboarding_id FROM added a)
  UPDATE portal.step s SET resting = true
    FROM laid l
    JOIN portal.onboarding o ON o.land_id = l.land_id AND o.org_id = l.org_id AND o.onboarding_id = l.onboarding_id
    WHERE portal.rests(o.state, o.held) AND s.land_id = l.land_id AND s.org_id = l.org_id AND s.onboarding_id = l.onboarding_id AND NOT s.resting;
  RETURN NULL;
END $$;
COMMIT;
