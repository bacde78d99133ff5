BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.chain_heads();
DROP TABLE portal.checkpoint;
COMMIT;
