BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.moment();
COMMIT;
