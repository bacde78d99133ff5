BEGIN;
SET LOCAL ROLE portal_owner;
DROP TRIGGER became ON portal.onboarding;
DROP TRIGGER begun ON portal.onboarding;
DROP FUNCTION portal.remember();
DROP TABLE portal.onboarding_history;
ALTER TABLE portal.onboarding DROP COLUMN target_cause, DROP COLUMN target_reason;
COMMIT;
