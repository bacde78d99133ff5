BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION portal.plain(text);
COMMIT;
