BEGIN;
SET LOCAL ROLE portal_owner;
-- The store of files takes in what a review leans on and what shows that an Auflage is fulfilled, beside the evidence of steps.
ALTER TABLE portal.evidence
  ALTER COLUMN step_id DROP NOT NULL,
  ADD COLUMN decision_id uuid,
  ADD COLUMN section text CHECK (section IN ('professional', 'technical', 'privacy', 'economic')),
  ADD COLUMN condition_id uuid,
  ADD CONSTRAINT of_one_record CHECK (num_nonnulls(step_id, decision_id, condition_id) = 1 AND (decision_id IS NULL) = (section IS NULL)),
  ADD FOREIGN KEY (land_id, org_id, decision_id, section) REFERENCES portal.review (land_id, org_id, decision_id, kind),
  ADD FOREIGN KEY (land_id, condition_id) REFERENCES portal.condition (land_id, condition_id);
COMMENT ON TABLE portal.evidence IS 'A file: evidence of a step of a body, a paper of a review, or what shows that an Auflage is fulfilled. Never changed: a newer file of the same name is the next version.';
COMMENT ON COLUMN portal.evidence.org_id IS 'whose file it is: the body of the step, the ministry of the review, the owner of the Auflage';
CREATE UNIQUE INDEX paper_version ON portal.evidence (land_id, org_id, decision_id, section, name, version) WHERE decision_id IS NOT NULL;
CREATE UNIQUE INDEX paper_once ON portal.evidence (land_id, org_id, decision_id, section, sha256) WHERE decision_id IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX proof_version ON portal.evidence (land_id, org_id, condition_id, name, version) WHERE condition_id IS NOT NULL;
CREATE UNIQUE INDEX proof_once ON portal.evidence (land_id, org_id, condition_id, sha256) WHERE condition_id IS NOT NULL AND deleted_at IS NULL;

-- Papers of a review are their ministry's alone. What shows that an Auflage is fulfilled reads whoever follows the Auflage.
DROP POLICY readers ON portal.evidence;
CREATE POLICY readers ON portal.evidence FOR SELECT USING (
  org_id = (SELECT ctx.org_id())
  OR step_id IS NOT NULL AND ((SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  OR condition_id IS NOT NULL AND EXISTS (SELECT FROM portal.condition c WHERE c.land_id = evidence.land_id AND c.condition_id = evidence.condition_id));
DROP POLICY readers ON portal.evidence_chunk;
CREATE POLICY readers ON portal.evidence_chunk FOR SELECT USING (
  org_id = (SELECT ctx.org_id())
  OR EXISTS (
    SELECT FROM portal.evidence e
    WHERE e.land_id = evidence_chunk.land_id AND e.org_id = evidence_chunk.org_id AND e.evidence_id = evidence_chunk.evidence_id));
DROP POLICY ministry_checks ON portal.evidence_chunk;

-- A paper comes and goes while its case is prepared, never from under the Vermerk. Its bytes stay as long as the row.
CREATE TRIGGER open BEFORE INSERT OR UPDATE OF deleted_at, deleted_by ON portal.evidence FOR EACH ROW
  WHEN (NEW.decision_id IS NOT NULL) EXECUTE FUNCTION portal.papers_open();
CREATE FUNCTION portal.proofs_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM portal.condition c
    WHERE c.land_id = NEW.land_id AND c.condition_id = NEW.condition_id AND c.state = 'open' AND c.owner_id = NEW.org_id) THEN
    RAISE EXCEPTION 'this Auflage takes no files' USING ERRCODE = 'PR001';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.proofs_open() FROM PUBLIC;
CREATE TRIGGER proofs_open BEFORE INSERT OR UPDATE OF deleted_at, deleted_by ON portal.evidence FOR EACH ROW
  WHEN (NEW.condition_id IS NOT NULL) EXECUTE FUNCTION portal.proofs_open();

-- The daily round names the record that a purged file belonged to: step_id keeps its name for programs of before.
DROP FUNCTION ctx.purge_evidence(timestamptz, timestamptz);
CREATE FUNCTION ctx.purge_evidence(p_before timestamptz, p_now timestamptz) RETURNS TABLE (org_id uuid, step_id uuid, name text, kind text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF ctx.person_id() IS DISTINCT FROM ctx.automatic() THEN
    RAISE EXCEPTION 'only the daily round purges files' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
    WITH gone AS (
      UPDATE portal.evidence e SET purged_at = p_now
      WHERE e.land_id = ctx.land_id() AND e.deleted_at < p_before AND e.purged_at IS NULL
      RETURNING e.land_id, e.org_id, e.evidence_id, e.step_id, e.decision_id, e.condition_id, e.name
    ), bytes AS (
      DELETE FROM portal.evidence_chunk c USING gone g
      WHERE c.land_id = g.land_id AND c.org_id = g.org_id AND c.evidence_id = g.evidence_id
    )
    SELECT g.org_id, coalesce(g.step_id, g.decision_id, g.condition_id), g.name,
      CASE WHEN g.step_id IS NOT NULL THEN 'step' WHEN g.decision_id IS NOT NULL THEN 'review' ELSE 'condition' END
    FROM gone g ORDER BY g.org_id, g.evidence_id;
END $$;
REVOKE EXECUTE ON FUNCTION ctx.purge_evidence(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.purge_evidence(timestamptz, timestamptz) TO portal_app;
COMMIT;
