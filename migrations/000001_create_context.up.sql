BEGIN;
-- Roles belong to the cluster, not to the database: they may exist already.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_owner') THEN
    CREATE ROLE portal_owner NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_app') THEN
    CREATE ROLE portal_app LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
  END IF;
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA ctx AUTHORIZATION portal_owner;
CREATE SCHEMA auth AUTHORIZATION portal_owner;
CREATE SCHEMA portal AUTHORIZATION portal_owner;
SET LOCAL ROLE portal_owner;
GRANT USAGE ON SCHEMA ctx, portal TO portal_app;

-- Who is asking. The readers turn an unset or empty setting into NULL, and NULL equals nothing: no context, no rows.
CREATE FUNCTION ctx.land_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('app.land_id', true), '')::uuid $$;
CREATE FUNCTION ctx.org_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('app.org_id', true), '')::uuid $$;
CREATE FUNCTION ctx.person_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('app.person_id', true), '')::uuid $$;
CREATE FUNCTION ctx.scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('app.scope', true), '') $$;
CREATE FUNCTION ctx.read_orgs() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(NULLIF(current_setting('app.read_orgs', true), ''), '{}')::uuid[] $$;
CREATE FUNCTION ctx.read_services() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(NULLIF(current_setting('app.read_services', true), ''), '{}')::uuid[] $$;

-- fold makes German search tolerant: "fuehrerschein" and "Führerschein" become the same word. It is IMMUTABLE, unlike
-- unaccent(), so that columns and indexes may use it.
CREATE FUNCTION portal.fold(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT replace(replace(replace(replace(lower(word), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss') $$;
CREATE FUNCTION portal.fold(word text, more text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT portal.fold(word || ' ' || array_to_string(more, ' ')) $$;

-- wall forces row security on a table and puts the wall between the Länder around it. Every tenant table calls it.
CREATE PROCEDURE portal.wall(tab regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tab);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tab);
  EXECUTE format('CREATE POLICY wall ON %s AS RESTRICTIVE USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()))', tab);
END $$;
REVOKE EXECUTE ON PROCEDURE portal.wall(regclass) FROM PUBLIC;

CREATE TABLE portal.land (
  land_id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE,
  name text NOT NULL,
  product text NOT NULL,
  banner text NOT NULL,
  official boolean NOT NULL DEFAULT false,
  demo boolean NOT NULL DEFAULT false,
  contact_email text NOT NULL);
COMMENT ON TABLE portal.land IS 'A tenant: one Land with its own organisations, services and figures.';
CALL portal.wall('portal.land');
CREATE POLICY members_read ON portal.land FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY operator_adds ON portal.land FOR INSERT TO portal_owner WITH CHECK (land_id = (SELECT ctx.land_id()));
CREATE POLICY operator_edits ON portal.land FOR UPDATE TO portal_owner USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()));

CREATE TABLE portal.organisation (
  land_id uuid NOT NULL REFERENCES portal.land,
  org_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('state_coordination', 'ministry', 'district', 'independent_city', 'it_provider', 'efa_provider', 'association', 'committee', 'operator')),
  key text NOT NULL,
  name text NOT NULL,
  short text NOT NULL,
  task text NOT NULL DEFAULT '',
  valid_from date,
  valid_to date CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from),
  successor_key text,
  seat text NOT NULL DEFAULT '',
  population int CHECK (population > 0),
  population_on date,
  tile_column int,
  tile_row int,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, org_id),
  UNIQUE (land_id, key));
COMMENT ON TABLE portal.organisation IS 'A body, ministry, provider, committee or coordination office of a Land. Never deleted: it ends and names its successor.';
CALL portal.wall('portal.organisation');
CREATE POLICY members_read ON portal.organisation FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_adds ON portal.organisation FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_edits ON portal.organisation FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.assignment (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  provider_id uuid NOT NULL,
  PRIMARY KEY (land_id, org_id, provider_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, provider_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.assignment IS 'Which IT provider works for which body; the body''s checklists become readable to the provider.';
CREATE INDEX assignment_by_provider ON portal.assignment (land_id, provider_id);
CALL portal.wall('portal.assignment');
CREATE POLICY parties_read ON portal.assignment FOR SELECT USING (org_id = (SELECT ctx.org_id()) OR provider_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land');
CREATE POLICY land_writes ON portal.assignment FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_ends ON portal.assignment FOR DELETE USING ((SELECT ctx.scope()) = 'land');

GRANT SELECT ON portal.land TO portal_app;
GRANT SELECT, INSERT, UPDATE ON portal.organisation TO portal_app;
GRANT SELECT, INSERT, DELETE ON portal.assignment TO portal_app;
COMMIT;
