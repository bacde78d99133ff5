BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.saved_view (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  view_id uuid NOT NULL,
  person_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> '' AND char_length(name) <= 80),
  query text NOT NULL CHECK (char_length(query) <= 2000),
  shared boolean NOT NULL DEFAULT false,
  saved_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id, view_id),
  UNIQUE (land_id, org_id, person_id, name),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.saved_view IS 'Filters, columns and order of the matrix under a name. It belongs to a person; shared, the people of the same organisation read it, too.';
CALL portal.wall('portal.saved_view');
CREATE POLICY readers ON portal.saved_view FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) AND (shared OR person_id = (SELECT ctx.person_id())));
CREATE POLICY owner_adds ON portal.saved_view FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) AND person_id = (SELECT ctx.person_id()));
CREATE POLICY owner_edits ON portal.saved_view FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) AND person_id = (SELECT ctx.person_id()))
  WITH CHECK (org_id = (SELECT ctx.org_id()) AND person_id = (SELECT ctx.person_id()));
CREATE POLICY owner_deletes ON portal.saved_view FOR DELETE USING (
  org_id = (SELECT ctx.org_id()) AND person_id = (SELECT ctx.person_id()));
GRANT SELECT, INSERT, DELETE, UPDATE (name, shared, version) ON portal.saved_view TO portal_app;
COMMIT;
