BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.funded(uuid, date);
COMMIT;
