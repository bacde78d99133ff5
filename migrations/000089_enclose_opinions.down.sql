BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION ctx.purge_evidence(p_before timestamptz, p_now timestamptz) RETURNS TABLE (org_id uuid, step_id uuid, name text, kind text)
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
DROP TRIGGER enclosures_open ON portal.evidence;
DROP FUNCTION portal.enclosures_open();
DROP POLICY readers ON portal.evidence;
CREATE POLICY readers ON portal.evidence FOR SELECT USING (
  org_id = (SELECT ctx.org_id())
  OR step_id IS NOT NULL AND ((SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  OR condition_id IS NOT NULL AND EXISTS (SELECT FROM portal.condition c WHERE c.land_id = evidence.land_id AND c.condition_id = evidence.condition_id));
ALTER TABLE portal.evidence
  DROP CONSTRAINT of_one_record,
  DROP COLUMN opinion_id,
  ADD CONSTRAINT of_one_record CHECK (num_nonnulls(step_id, decision_id, condition_id) = 1 AND (decision_id IS NULL) = (section IS NULL));
COMMIT;
