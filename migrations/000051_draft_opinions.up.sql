BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.opinion_draft (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  opinion_id uuid NOT NULL,
  result text NOT NULL CHECK (result IN ('', 'positive', 'positive_with_conditions', 'negative')),
  note text NOT NULL,
  links text[] NOT NULL CHECK (cardinality(links) <= 20),
  saved_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, opinion_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, opinion_id) REFERENCES portal.opinion (land_id, opinion_id));
COMMENT ON TABLE portal.opinion_draft IS 'A Stellungnahme that is not yet given: the asked organisation alone reads it, the ministry that waits for it does not.';
COMMENT ON COLUMN portal.opinion_draft.version IS 'counts on after the answer, so that the version of a form, which is its sum with that of the opinion, never comes back';
CREATE INDEX opinion_draft_of ON portal.opinion_draft (land_id, opinion_id);
CALL portal.wall('portal.opinion_draft');
CREATE POLICY the_asked_read ON portal.opinion_draft FOR SELECT USING (org_id = (SELECT ctx.org_id()));
CREATE POLICY the_asked_begin ON portal.opinion_draft FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) AND EXISTS (
    SELECT FROM portal.opinion n
    WHERE n.land_id = opinion_draft.land_id AND n.opinion_id = opinion_draft.opinion_id AND n.party_id = opinion_draft.org_id));
CREATE POLICY the_asked_go_on ON portal.opinion_draft FOR UPDATE USING (org_id = (SELECT ctx.org_id()));
GRANT SELECT, INSERT, UPDATE (result, note, links, saved_at, version) ON portal.opinion_draft TO portal_app;
COMMIT;
