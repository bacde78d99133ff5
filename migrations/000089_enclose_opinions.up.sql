BEGIN;
SET LOCAL ROLE portal_owner;
-- The store of files takes in what an asked organisation encloses with its Stellungnahme.
ALTER TABLE portal.evidence
  ADD COLUMN opinion_id uuid,
  DROP CONSTRAINT of_one_record,
  ADD CONSTRAINT of_one_record CHECK (num_nonnulls(step_id, decision_id, condition_id, opinion_id) = 1 AND (decision_id IS NULL) = (section IS NULL)),
  ADD FOREIGN KEY (land_id, opinion_id) REFERENCES portal.opinion (land_id, opinion_id);
COMMENT ON TABLE portal.evidence IS 'A file: evidence of a step of a body, a paper of a review, what is enclosed with a Stellungnahme, or what shows that an Auflage is fulfilled. Never changed: a newer file of the same name is the next version.';
COMMENT ON COLUMN portal.evidence.org_id IS 'whose file it is: the body of the step, the ministry of the review, the organisation that was asked, the owner of the Auflage';
CREATE UNIQUE INDEX enclosure_version ON portal.evidence (land_id, org_id, opinion_id, name, version) WHERE opinion_id IS NOT NULL;
CREATE UNIQUE INDEX enclosure_once ON portal.evidence (land_id, org_id, opinion_id, sha256) WHERE opinion_id IS NOT NULL AND deleted_at IS NULL;

-- The ministry that asked reads what is enclosed once the answer is given: before, it is a draft.
DROP POLICY readers ON portal.evidence;
CREATE POLICY readers ON portal.evidence FOR SELECT USING (
  org_id = (SELECT ctx.org_id())
  OR step_id IS NOT NULL AND ((SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  OR condition_id IS NOT NULL AND EXISTS (SELECT FROM portal.condition c WHERE c.land_id = evidence.land_id AND c.condition_id = evidence.condition_id)
  OR opinion_id IS NOT NULL AND EXISTS (
    SELECT FROM portal.opinion n
    WHERE n.land_id = evidence.land_id AND n.opinion_id = evidence.opinion_id AND n.org_id = (SELECT ctx.org_id()) AND n.result <> 'open'));

-- It comes and goes until the case closes, never from under the Vermerk.
CREATE FUNCTION portal.enclosures_open() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM portal.opinion n
    WHERE n.land_id = NEW.land_id AND n.opinion_id = NEW.opinion_id AND n.party_id = NEW.org_id AND n.closed_at IS NULL) THEN
    RAISE EXCEPTION 'this Stellungnahme takes no files' USING ERRCODE = 'PR001';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.enclosures_open() FROM PUBLIC;
CREATE TRIGGER enclosures_open BEFORE INSERT OR UPDATE OF deleted_at, deleted_by ON portal.evidence FOR EACH ROW
  WHEN (NEW.opinion_id IS NOT NULL) EXECUTE FUNCTION portal.enclosures_open();

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
      RETURNING e.land_id, e.org_id, e.evidence_id, e.step_id, e.decision_id, e.condition_id, e.opinion_id, e.name
    ), bytes AS (
      DELETE FROM portal.evidence_chunk c USING gone g
      WHERE c.land_id = g.land_id AND c.org_id = g.org_id AND c.evidence_id = g.evidence_id
    )
    SELECT g.org_id, coalesce(g.step_id, g.decision_id, g.condition_id, g.opinion_id), g.name,
      CASE WHEN g.step_id IS NOT NULL THEN 'step' WHEN g.decision_id IS NOT NULL THEN 'review' WHEN g.opinion_id IS NOT NULL THEN 'opinion' ELSE 'condition' END
    FROM gone g ORDER BY g.org_id, g.evidence_id;
END $$;
COMMIT;
