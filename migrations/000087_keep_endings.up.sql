BEGIN;
SET LOCAL ROLE portal_owner;
-- How an approval ended, revoked or after its last day, goes on file like the decision itself.
ALTER TABLE portal.decision_record
  DROP CONSTRAINT decision_record_part_check,
  ADD CONSTRAINT decision_record_part_check CHECK (part IN ('whole', 'public', 'ending', 'ending_public'));
COMMENT ON TABLE portal.decision_record IS 'The Vermerk of a decision as it was signed, and that of its end: whole for its ministry, and the public part for the Land. Never changed, never deleted; its hashes stand in the audit trail.';
DROP POLICY members_read_public ON portal.decision_record;
CREATE POLICY members_read_public ON portal.decision_record FOR SELECT USING (part IN ('public', 'ending_public'));
DROP POLICY decider_writes ON portal.decision_record;
CREATE POLICY decider_writes ON portal.decision_record FOR INSERT WITH CHECK (
  form = 'json' AND part IN ('whole', 'public') AND org_id = (SELECT ctx.org_id()) AND EXISTS (
    SELECT FROM portal.decision d
    WHERE d.land_id = decision_record.land_id AND d.org_id = decision_record.org_id AND d.decision_id = decision_record.decision_id
      AND d.decided_by = (SELECT ctx.person_id()) AND d.decided_at = decision_record.made_at));
-- Who revokes writes how it ended, in the very transaction; the workers do for what is over.
CREATE POLICY ender_writes ON portal.decision_record FOR INSERT WITH CHECK (
  form = 'json' AND part IN ('ending', 'ending_public') AND EXISTS (
    SELECT FROM portal.decision d
    WHERE d.land_id = decision_record.land_id AND d.org_id = decision_record.org_id AND d.decision_id = decision_record.decision_id
      AND d.state_since = decision_record.made_at
      AND (d.state = 'revoked' AND d.org_id = (SELECT ctx.org_id()) AND d.revoked_by = (SELECT ctx.person_id())
        OR d.state = 'expired' AND (SELECT ctx.person_id()) = ctx.automatic())));
DROP POLICY workers_print ON portal.decision_record;
CREATE POLICY workers_print ON portal.decision_record FOR INSERT WITH CHECK (
  form = 'pdf' AND part IN ('whole', 'ending') AND (SELECT ctx.person_id()) = ctx.automatic());

-- As before, for either Vermerk.
CREATE FUNCTION ctx.to_print(p_decision uuid, p_part text) RETURNS TABLE (org_id uuid, title text, body bytea, made_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  own text := current_setting('app.org_id', true);
  ministry uuid;
BEGIN
  SELECT d.org_id INTO ministry FROM portal.decision d WHERE d.land_id = ctx.land_id() AND d.decision_id = p_decision;
  PERFORM set_config('app.org_id', coalesce(ministry::text, ''), true);
  RETURN QUERY
    SELECT r.org_id, s.name, r.body, r.made_at
    FROM portal.decision_record r
    JOIN portal.decision d USING (land_id, decision_id)
    JOIN portal.service s USING (land_id, service_id)
    WHERE r.land_id = ctx.land_id() AND r.org_id = ministry AND r.decision_id = p_decision AND r.part = p_part AND r.part IN ('whole', 'ending') AND r.form = 'json'
      AND NOT EXISTS (SELECT FROM portal.decision_record p
        WHERE p.land_id = r.land_id AND p.org_id = r.org_id AND p.decision_id = r.decision_id AND p.part = r.part AND p.form = 'pdf');
  PERFORM set_config('app.org_id', own, true);
END $$;
REVOKE EXECUTE ON FUNCTION ctx.to_print(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.to_print(uuid, text) TO portal_worker;
COMMIT;
