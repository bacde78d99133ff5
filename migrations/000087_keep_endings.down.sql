BEGIN;
SET LOCAL ROLE portal_owner;
-- Vermerke never go: with endings on file this does not go back.
DROP FUNCTION ctx.to_print(uuid, text);
DROP POLICY workers_print ON portal.decision_record;
CREATE POLICY workers_print ON portal.decision_record FOR INSERT WITH CHECK (
  form = 'pdf' AND part = 'whole' AND (SELECT ctx.person_id()) = ctx.automatic());
DROP POLICY ender_writes ON portal.decision_record;
DROP POLICY decider_writes ON portal.decision_record;
CREATE POLICY decider_writes ON portal.decision_record FOR INSERT WITH CHECK (
  form = 'json' AND org_id = (SELECT ctx.org_id()) AND EXISTS (
    SELECT FROM portal.decision d
    WHERE d.land_id = decision_record.land_id AND d.org_id = decision_record.org_id AND d.decision_id = decision_record.decision_id
      AND d.decided_by = (SELECT ctx.person_id()) AND d.decided_at = decision_record.made_at));
DROP POLICY members_read_public ON portal.decision_record;
CREATE POLICY members_read_public ON portal.decision_record FOR SELECT USING (part = 'public');
ALTER TABLE portal.decision_record
  DROP CONSTRAINT decision_record_part_check,
  ADD CONSTRAINT decision_record_part_check CHECK (part IN ('whole', 'public'));
COMMENT ON TABLE portal.decision_record IS 'The Vermerk of a decision as it was signed: whole for its ministry, and the public part for the Land. Never changed, never deleted; its hashes stand in the audit trail.';
COMMIT;
