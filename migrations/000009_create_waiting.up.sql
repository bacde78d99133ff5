BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.waiting (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  waiting_id uuid NOT NULL,
  step_id uuid NOT NULL,
  party_id uuid,
  party text NOT NULL DEFAULT '',
  party_key text NOT NULL GENERATED ALWAYS AS (
    CASE WHEN party_id IS NULL THEN '~' || trim(BOTH '-' FROM regexp_replace(portal.fold(party), '[^a-z0-9]+', '-', 'g')) ELSE party_id::text END) STORED,
  ticket text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT '',
  since date NOT NULL,
  started_by uuid NOT NULL,
  started_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  PRIMARY KEY (land_id, org_id, waiting_id),
  FOREIGN KEY (land_id, org_id, step_id) REFERENCES portal.step (land_id, org_id, step_id),
  FOREIGN KEY (land_id, party_id) REFERENCES portal.organisation,
  CONSTRAINT one_party CHECK ((party_id IS NULL) = (party <> '')),
  CONSTRAINT ended_by_somebody CHECK ((ended_at IS NULL) = (ended_by IS NULL)));
COMMENT ON TABLE portal.waiting IS 'A period in which a step lies with others: an organisation of the Land, or a party by its name. A period that ended never changes.';
CREATE UNIQUE INDEX waiting_once ON portal.waiting (land_id, org_id, step_id) WHERE ended_at IS NULL;
CREATE INDEX waiting_by_step ON portal.waiting (land_id, step_id);
CREATE INDEX waiting_by_party ON portal.waiting (land_id, party_key) WHERE ended_at IS NULL;
CALL portal.wall('portal.waiting');
CREATE POLICY readers ON portal.waiting FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])
  OR (SELECT ctx.scope()) = 'ministry' AND EXISTS (
    SELECT FROM portal.step s WHERE s.land_id = waiting.land_id AND s.org_id = waiting.org_id AND s.step_id = waiting.step_id));
CREATE POLICY workers_add ON portal.waiting FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY workers_end ON portal.waiting FOR UPDATE
  USING (ended_at IS NULL AND (org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])))
  WITH CHECK (org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
GRANT SELECT, INSERT, UPDATE (ended_by, ended_at) ON portal.waiting TO portal_app;

ALTER TABLE portal.onboarding ADD COLUMN confirmed_at timestamptz;
COMMENT ON COLUMN portal.onboarding.confirmed_at IS 'When the body last said how this stands; every act on a step says it, too.';
COMMIT;
