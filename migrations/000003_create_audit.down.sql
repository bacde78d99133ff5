BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.audit_event CASCADE;
DROP FUNCTION portal.audit_chain();
DROP TABLE auth.chain_head;
COMMIT;
