BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.coordination_before(text, uuid);
COMMIT;
