BEGIN;
SET LOCAL ROLE portal_owner;
DROP TRIGGER not_prepared ON portal.decision;
DROP FUNCTION portal.decision_not_prepared();
COMMIT;
