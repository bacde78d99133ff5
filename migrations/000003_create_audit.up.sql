BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.audit_event (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor uuid NOT NULL,
  actor_org uuid NOT NULL,
  action text NOT NULL,
  kind text NOT NULL,
  record uuid NOT NULL,
  parent uuid,
  title text NOT NULL DEFAULT '',
  visibility text NOT NULL CHECK (visibility IN ('private', 'org', 'land')),
  changes jsonb NOT NULL DEFAULT '[]',
  prev bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (land_id, org_id, seq),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.audit_event IS 'Who changed what and when, written in the transaction of the change; one hash chain for each organisation.';
COMMENT ON COLUMN portal.audit_event.visibility IS 'private: the organisation alone; org: also the Land and assigned providers; land: everybody in the Land';
CREATE INDEX audit_by_record ON portal.audit_event (land_id, record, at DESC);
CREATE INDEX audit_by_parent ON portal.audit_event (land_id, parent, at DESC) WHERE parent IS NOT NULL;
CALL portal.wall('portal.audit_event');
CREATE POLICY readers ON portal.audit_event FOR SELECT USING (
  org_id = (SELECT ctx.org_id())
  OR visibility = 'land'
  OR visibility = 'org' AND ((SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])));
CREATE POLICY writers ON portal.audit_event FOR INSERT WITH CHECK (
  actor = (SELECT ctx.person_id()) AND actor_org = (SELECT ctx.org_id())
  AND (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])));

-- The chain is made by the database, one for each organisation, serialised by a lock. It needs READ COMMITTED.
-- The head of each chain stands apart, because the writer may not be allowed to read the chain it adds to.
CREATE TABLE auth.chain_head (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (land_id, org_id));
COMMENT ON TABLE auth.chain_head IS 'The last link of each organisation''s audit chain; its row lock orders the writers.';

CREATE FUNCTION portal.audit_hash(e portal.audit_event) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(e.prev || convert_to(jsonb_build_array(e.land_id, e.org_id, e.seq,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.actor, e.actor_org, e.action, e.kind, e.record, e.parent, e.title, e.visibility, e.changes)::text, 'UTF8')) $$;

CREATE FUNCTION portal.audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head auth.chain_head;
BEGIN
  INSERT INTO auth.chain_head AS h (land_id, org_id, seq, hash) VALUES (NEW.land_id, NEW.org_id, 1, '')
    ON CONFLICT (land_id, org_id) DO UPDATE SET seq = h.seq + 1
    RETURNING h.* INTO head;
  NEW.seq := head.seq;
  NEW.prev := CASE WHEN head.seq = 1 THEN sha256('genesis'::bytea) ELSE head.hash END;
  NEW.hash := portal.audit_hash(NEW);
  UPDATE auth.chain_head SET hash = NEW.hash WHERE land_id = NEW.land_id AND org_id = NEW.org_id;
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON portal.audit_event FOR EACH ROW EXECUTE FUNCTION portal.audit_chain();

REVOKE EXECUTE ON FUNCTION portal.audit_chain(), portal.audit_hash(portal.audit_event) FROM PUBLIC;
GRANT SELECT, INSERT ON portal.audit_event TO portal_app;
COMMIT;
