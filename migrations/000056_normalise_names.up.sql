BEGIN;
SET LOCAL ROLE portal_owner;
-- plain goes further than fold: umlauts written in either way become their vowel, so that the German stemmer finds
-- "Städte" for "Stadt". Search compares plain with plain. Row security lets no index answer an operator that is not
-- leakproof, and those of words and trigrams are not: a search reads the names of one Land by land_id, never a step's.
CREATE FUNCTION portal.plain(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT replace(replace(replace(portal.fold(word), 'ae', 'a'), 'oe', 'o'), 'ue', 'u') $$;
COMMENT ON FUNCTION portal.plain(text) IS 'A name as search compares it: lower case, umlauts and their spellings with e as plain vowels, ß as ss.';
COMMIT;
