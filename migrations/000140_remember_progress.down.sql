BEGIN;
SET LOCAL ROLE portal_owner;
DROP TRIGGER changed ON portal.progress;
DROP FUNCTION portal.remember_progress();
DROP TABLE portal.progress_history;
ALTER TABLE portal.progress DROP COLUMN counted_on;
ALTER TABLE portal.land DROP COLUMN progress_since;
COMMIT;
