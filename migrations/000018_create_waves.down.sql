BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.onboarding DROP COLUMN wave_no, DROP COLUMN held;
DROP TABLE portal.pilot_application, portal.pilot_call, portal.rollin_letter, portal.rollin_left_out, portal.wave_evaluation, portal.wave, portal.rollin_draft;
COMMIT;
