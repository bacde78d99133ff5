BEGIN;
SET LOCAL ROLE portal_owner;
DROP INDEX portal.onboarding_history_by_day;
DROP TRIGGER begins ON portal.onboarding;
DROP FUNCTION portal.begin_onboarding();
ALTER TABLE portal.onboarding DROP COLUMN begun_on, DROP COLUMN first_target_on;
COMMIT;
