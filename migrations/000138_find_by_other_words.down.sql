BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.service DROP COLUMN search;
ALTER TABLE portal.service DROP COLUMN also_sought;
ALTER TABLE portal.service ADD COLUMN
  search text GENERATED ALWAYS AS (portal.fold(name || ' ' || topic_field || ' ' || operator, ozg_ids || leika_keys)) STORED;
RESET ROLE;
DROP EXTENSION fuzzystrmatch;
COMMIT;
