BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.service_fact;
COMMIT;
