-- Search compares all names as portal.plain spells them. An obstacle's words are kept that way, too: "Ueberlastung" and
-- "Uberlastung" find what "Überlastung" finds.
BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.obstacle
  ADD COLUMN plain text GENERATED ALWAYS AS (portal.plain(text)) STORED,
  ADD COLUMN plain_words tsvector GENERATED ALWAYS AS (to_tsvector('pg_catalog.german', portal.plain(text))) STORED;
COMMIT;
