BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.saved_view;
COMMIT;
