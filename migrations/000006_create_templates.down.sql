BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.template_step, portal.template_version;
COMMIT;
