BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.evidence (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  evidence_id uuid NOT NULL,
  step_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> '' AND char_length(name) <= 120),
  version int NOT NULL CHECK (version > 0),
  kind text NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg', 'odt', 'docx', 'xlsx')),
  size int NOT NULL CHECK (size BETWEEN 1 AND 20971520),
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  valid_until date,
  uploaded_by uuid NOT NULL,
  uploaded_at timestamptz NOT NULL,
  deleted_by uuid,
  deleted_at timestamptz,
  PRIMARY KEY (land_id, org_id, evidence_id),
  UNIQUE (land_id, org_id, step_id, name, version),
  FOREIGN KEY (land_id, org_id, step_id) REFERENCES portal.step (land_id, org_id, step_id),
  CONSTRAINT deleted_by_somebody CHECK ((deleted_at IS NULL) = (deleted_by IS NULL)));
COMMENT ON TABLE portal.evidence IS 'A file that shows that a step of a body is done. Never changed: a newer file of the same name is the next version.';
CREATE UNIQUE INDEX evidence_once ON portal.evidence (land_id, org_id, step_id, sha256) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX evidence_by_id ON portal.evidence (land_id, evidence_id);
CALL portal.wall('portal.evidence');
CREATE POLICY readers ON portal.evidence FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY adders ON portal.evidence FOR INSERT WITH CHECK (
  uploaded_by = (SELECT ctx.person_id())
  AND (org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])));
CREATE POLICY removers ON portal.evidence FOR UPDATE
  USING (org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]) AND uploaded_by = (SELECT ctx.person_id()))
  WITH CHECK (deleted_by = (SELECT ctx.person_id()));

-- The bytes stand apart, so that lists never touch them. They are compressed already: Postgres need not try again.
CREATE TABLE portal.evidence_chunk (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  evidence_id uuid NOT NULL,
  no int NOT NULL CHECK (no >= 0),
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 262144),
  PRIMARY KEY (land_id, org_id, evidence_id, no),
  FOREIGN KEY (land_id, org_id, evidence_id) REFERENCES portal.evidence (land_id, org_id, evidence_id) DEFERRABLE INITIALLY DEFERRED);
COMMENT ON TABLE portal.evidence_chunk IS 'The bytes of a file in pieces of 256 KiB. They are written before the row that names them, in one transaction.';
ALTER TABLE portal.evidence_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
CALL portal.wall('portal.evidence_chunk');
CREATE POLICY readers ON portal.evidence_chunk FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY adders ON portal.evidence_chunk FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));

GRANT SELECT, INSERT ON portal.evidence, portal.evidence_chunk TO portal_app;
GRANT UPDATE (deleted_by, deleted_at) ON portal.evidence TO portal_app;
COMMIT;
