BEGIN;
SET LOCAL ROLE portal_owner;
DROP INDEX portal.step_of_facts;
COMMIT;
