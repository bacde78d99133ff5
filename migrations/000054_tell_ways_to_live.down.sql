BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.ways_to_live();
COMMIT;
