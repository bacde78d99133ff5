-- The chart of the Lagebild asks of every onboarding when it began and for which day it was planned first. Both never change:
-- they stand in the onboarding, and nobody looks for the first row of its history.
BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';
ALTER TABLE portal.onboarding ADD COLUMN begun_on date, ADD COLUMN first_target_on date;
COMMENT ON COLUMN portal.onboarding.begun_on IS 'The day in Germany on which it came into being: known_on of the first row of its history.';
COMMENT ON COLUMN portal.onboarding.first_target_on IS 'The Produktivstart that was planned first: target_on of the first row of its history.';

CREATE FUNCTION portal.begin_onboarding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.begun_on := portal.today();
  NEW.first_target_on := NEW.target_on;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.begin_onboarding() FROM PUBLIC;
CREATE TRIGGER begins BEFORE INSERT ON portal.onboarding FOR EACH ROW EXECUTE FUNCTION portal.begin_onboarding();

DO $$
DECLARE
  l record;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.scope', 'land', true);
    UPDATE portal.onboarding o SET begun_on = h.known_on, first_target_on = h.target_on
    FROM (
      SELECT DISTINCT ON (h.onboarding_id) h.onboarding_id, h.known_on, h.target_on FROM portal.onboarding_history h
      WHERE h.land_id = l.land_id
      ORDER BY h.onboarding_id, h.seq) h
    WHERE o.land_id = l.land_id AND o.onboarding_id = h.onboarding_id;
  END LOOP;
  PERFORM set_config('app.land_id', '', true), set_config('app.scope', '', true);
END $$;

-- Which onboardings are another than on a day that is over.
CREATE INDEX onboarding_history_by_day ON portal.onboarding_history (land_id, known_on);
COMMIT;
