BEGIN;
SET LOCAL ROLE portal_owner;
-- Figures that are not finished: what people typed into a section of the Wirtschaftlichkeitsbetrachtung, as they typed it.
CREATE TABLE portal.assessment_draft (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  decision_id uuid NOT NULL,
  section text NOT NULL CHECK (section IN ('frame', 'reuse', 'own', 'as_is')),
  typed jsonb CHECK (jsonb_typeof(typed) = 'object' AND octet_length(typed::text) <= 1048576),
  saved_by uuid NOT NULL,
  saved_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, decision_id, section),
  FOREIGN KEY (land_id, org_id, decision_id) REFERENCES portal.decision (land_id, org_id, decision_id));
COMMENT ON TABLE portal.assessment_draft IS 'A draft of a section of the Wirtschaftlichkeitsbetrachtung. Nothing is computed from it; a case with one is not submitted.';
COMMENT ON COLUMN portal.assessment_draft.typed IS 'fields of the form with their values; NULL once the section is saved or the draft is dropped';
COMMENT ON COLUMN portal.assessment_draft.version IS 'counts on after the section is saved, so that the version of a form, which is its sum with that of the section, never comes back';
CALL portal.wall('portal.assessment_draft');
CALL portal.person('portal.assessment_draft', '{saved_by}', 'Entwürfe von Wirtschaftlichkeitsbetrachtungen');
CREATE POLICY own ON portal.assessment_draft FOR ALL USING (org_id = (SELECT ctx.org_id())) WITH CHECK (org_id = (SELECT ctx.org_id()) AND saved_by = (SELECT ctx.person_id()));
GRANT SELECT, INSERT, UPDATE (typed, saved_by, saved_at, version) ON portal.assessment_draft TO portal_app;
CREATE TRIGGER open BEFORE INSERT OR UPDATE ON portal.assessment_draft FOR EACH ROW EXECUTE FUNCTION portal.papers_open();
COMMIT;
