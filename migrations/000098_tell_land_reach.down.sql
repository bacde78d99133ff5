BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.land_reach();
COMMIT;
