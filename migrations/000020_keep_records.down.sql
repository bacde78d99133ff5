BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.to_print(uuid);
DROP TABLE portal.decision_record;
DROP FUNCTION portal.record_kept();
COMMIT;
