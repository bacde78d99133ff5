-- A trusted extension of the same package as pg_trgm: a search tells slips of the keyboard by the letters that differ.
BEGIN;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA portal;
SET LOCAL ROLE portal_owner;
-- What citizens and clerks call a service, as the Land notes it. The filter of the list looks there, too.
ALTER TABLE portal.service ADD COLUMN also_sought text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN portal.service.also_sought IS 'Other words that people type when they look for this service.';
ALTER TABLE portal.service DROP COLUMN search;
ALTER TABLE portal.service ADD COLUMN
  search text GENERATED ALWAYS AS (portal.fold(name || ' ' || topic_field || ' ' || operator, ozg_ids || leika_keys || also_sought)) STORED;
COMMIT;
