BEGIN;
SET LOCAL ROLE portal_owner;
DROP TRIGGER opened_or_closed ON portal.obstacle;
DROP TRIGGER opened ON portal.obstacle;
DROP FUNCTION portal.note_obstacle();
DROP TABLE portal.obstacle_history;
ALTER TABLE portal.obstacle_affected DROP COLUMN known_on;
ALTER TABLE portal.land DROP COLUMN obstacles_since;
COMMIT;
