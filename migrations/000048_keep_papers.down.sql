BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.purge_evidence(timestamptz, timestamptz);
CREATE FUNCTION ctx.purge_evidence(p_before timestamptz, p_now timestamptz) RETURNS TABLE (org_id uuid, step_id uuid, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF ctx.person_id() IS DISTINCT FROM ctx.automatic() THEN
    RAISE EXCEPTION 'only the daily round purges files' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
    WITH gone AS (
      UPDATE portal.evidence e SET purged_at = p_now
      WHERE e.land_id = ctx.land_id() AND e.deleted_at < p_before AND e.purged_at IS NULL
      RETURNING e.land_id, e.org_id, e.evidence_id, e.step_id, e.name
    ), bytes AS (
      DELETE FROM portal.evidence_chunk c USING gone g
      WHERE c.land_id = g.land_id AND c.org_id = g.org_id AND c.evidence_id = g.evidence_id
    )
    SELECT g.org_id, g.step_id, g.name FROM gone g ORDER BY g.org_id, g.evidence_id;
END $$;
REVOKE EXECUTE ON FUNCTION ctx.purge_evidence(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.purge_evidence(timestamptz, timestamptz) TO portal_app;
DROP TRIGGER proofs_open ON portal.evidence;
DROP FUNCTION portal.proofs_open();
DROP TRIGGER open ON portal.evidence;
ALTER TABLE portal.evidence NO FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.evidence_chunk NO FORCE ROW LEVEL SECURITY;
DELETE FROM portal.evidence_chunk c USING portal.evidence e
  WHERE c.land_id = e.land_id AND c.org_id = e.org_id AND c.evidence_id = e.evidence_id AND e.step_id IS NULL;
DELETE FROM portal.evidence WHERE step_id IS NULL;
ALTER TABLE portal.evidence_chunk FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.evidence FORCE ROW LEVEL SECURITY;
SET CONSTRAINTS ALL IMMEDIATE;
DROP POLICY readers ON portal.evidence_chunk;
CREATE POLICY readers ON portal.evidence_chunk FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY ministry_checks ON portal.evidence_chunk FOR SELECT USING (
  (SELECT ctx.scope()) = 'ministry' AND EXISTS (
    SELECT FROM portal.evidence e
    WHERE e.land_id = evidence_chunk.land_id AND e.org_id = evidence_chunk.org_id AND e.evidence_id = evidence_chunk.evidence_id));
DROP POLICY readers ON portal.evidence;
CREATE POLICY readers ON portal.evidence FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
ALTER TABLE portal.evidence
  DROP CONSTRAINT of_one_record, DROP COLUMN condition_id, DROP COLUMN section, DROP COLUMN decision_id;
ALTER TABLE portal.evidence ALTER COLUMN step_id SET NOT NULL;
COMMENT ON TABLE portal.evidence IS 'A file that shows that a step of a body is done. Never changed: a newer file of the same name is the next version.';
COMMENT ON COLUMN portal.evidence.org_id IS NULL;
COMMIT;
