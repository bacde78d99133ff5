BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.decision_record (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  part text NOT NULL CHECK (part IN ('whole', 'public')),
  form text NOT NULL CHECK (form IN ('json', 'pdf')),
  made_at timestamptz NOT NULL,
  body bytea NOT NULL CHECK (octet_length(body) BETWEEN 1 AND 20971520),
  sha256 bytea NOT NULL CHECK (sha256 = sha256(body)),
  PRIMARY KEY (land_id, org_id, decision_id, part, form),
  FOREIGN KEY (land_id, org_id, decision_id) REFERENCES portal.decision (land_id, org_id, decision_id));
COMMENT ON TABLE portal.decision_record IS 'The Vermerk of a decision as it was signed: whole for its ministry, and the public part for the Land. Never changed, never deleted; its hashes stand in the audit trail.';
CALL portal.wall('portal.decision_record');
CREATE POLICY ministry_reads ON portal.decision_record FOR SELECT USING (org_id = (SELECT ctx.org_id()));
CREATE POLICY members_read_public ON portal.decision_record FOR SELECT USING (part = 'public');
-- Who decides writes the record, in the very transaction; the print comes from the workers.
CREATE POLICY decider_writes ON portal.decision_record FOR INSERT WITH CHECK (
  form = 'json' AND org_id = (SELECT ctx.org_id()) AND EXISTS (
    SELECT FROM portal.decision d
    WHERE d.land_id = decision_record.land_id AND d.org_id = decision_record.org_id AND d.decision_id = decision_record.decision_id
      AND d.decided_by = (SELECT ctx.person_id()) AND d.decided_at = decision_record.made_at));
CREATE POLICY workers_print ON portal.decision_record FOR INSERT WITH CHECK (
  form = 'pdf' AND part = 'whole' AND (SELECT ctx.person_id()) = ctx.automatic());
GRANT SELECT, INSERT ON portal.decision_record TO portal_app;

CREATE FUNCTION portal.record_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'a Vermerk does not change' USING ERRCODE = 'PR001';
END $$;
REVOKE EXECUTE ON FUNCTION portal.record_kept() FROM PUBLIC;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON portal.decision_record FOR EACH ROW EXECUTE FUNCTION portal.record_kept();
CREATE TRIGGER kept_whole BEFORE TRUNCATE ON portal.decision_record FOR EACH STATEMENT EXECUTE FUNCTION portal.record_kept();

-- A worker acts for the Land, which never reads a ministry's papers. These two let it carry one to the press and back.
CREATE FUNCTION ctx.to_print(p_decision uuid) RETURNS TABLE (org_id uuid, title text, body bytea, made_at timestamptz)
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
    WHERE r.land_id = ctx.land_id() AND r.org_id = ministry AND r.decision_id = p_decision AND r.part = 'whole' AND r.form = 'json'
      AND NOT EXISTS (SELECT FROM portal.decision_record p
        WHERE p.land_id = r.land_id AND p.org_id = r.org_id AND p.decision_id = r.decision_id AND p.part = r.part AND p.form = 'pdf');
  PERFORM set_config('app.org_id', own, true);
END $$;
REVOKE EXECUTE ON FUNCTION ctx.to_print(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.to_print(uuid) TO portal_worker;
COMMIT;
