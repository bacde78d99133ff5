BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.service_body, portal.service;
COMMIT;
