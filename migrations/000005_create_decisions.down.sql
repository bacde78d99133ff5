BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.decision_condition, portal.review, portal.decision;
DROP FUNCTION portal.decision_frozen();
COMMIT;
