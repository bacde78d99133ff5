BEGIN;
SET LOCAL ROLE portal_owner;
-- Whoever owns the database can write a chain of the trail anew, from the first entry to its head. What was signed before,
-- with a key that the database does not know, and is kept by the organisation itself shows that (ADR 0038).
CREATE TABLE portal.checkpoint (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  at timestamptz NOT NULL,
  signature bytea NOT NULL,
  PRIMARY KEY (land_id, org_id, seq),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.checkpoint IS 'Where the trail of an organisation stood at a time, signed by the portal; the organisation keeps copies of its own.';
COMMENT ON COLUMN portal.checkpoint.seq IS 'the last entry of the chain at that time, and hash its hash';
CALL portal.wall('portal.checkpoint');
CREATE POLICY readers ON portal.checkpoint FOR SELECT TO portal_app USING (org_id = (SELECT ctx.org_id()));
CREATE POLICY workers ON portal.checkpoint FOR ALL TO portal_worker
  USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()));
GRANT SELECT ON portal.checkpoint TO portal_app;
GRANT SELECT, INSERT ON portal.checkpoint TO portal_worker;

-- chain_heads are the last links of all chains of the Land: numbers and hashes, no contents.
CREATE FUNCTION ctx.chain_heads() RETURNS TABLE (org_id uuid, seq bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT h.org_id, h.seq, h.hash FROM auth.chain_head h WHERE h.land_id = ctx.land_id() $$;
REVOKE EXECUTE ON FUNCTION ctx.chain_heads() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.chain_heads() TO portal_worker;
COMMIT;
