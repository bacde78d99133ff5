BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.onboarding DROP COLUMN confirmed_at;
DROP TABLE portal.waiting;
COMMIT;
