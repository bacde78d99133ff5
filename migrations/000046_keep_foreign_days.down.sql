BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.usual_time DROP COLUMN away_days;
DROP TRIGGER time_checked ON portal.step;
DROP FUNCTION portal.time_checked();
ALTER TABLE portal.step DROP COLUMN checked_days, DROP COLUMN checked_workdays;
COMMIT;
