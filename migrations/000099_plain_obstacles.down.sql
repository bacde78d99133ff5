BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.obstacle DROP COLUMN plain_words, DROP COLUMN plain;
COMMIT;
