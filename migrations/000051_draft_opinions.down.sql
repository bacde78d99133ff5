BEGIN;
SET LOCAL ROLE portal_owner;
DROP TABLE portal.opinion_draft;
COMMIT;
