BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION ctx.land_people() RETURNS TABLE (person_id uuid, name text, email text, active boolean, places text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.person_id, p.name, p.email, bool_or(m.status = 'active'), array_agg(DISTINCT o.short ORDER BY o.short)
  FROM auth.membership m
  JOIN auth.person p USING (person_id)
  JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
  WHERE m.land_id = ctx.land_id() AND ctx.scope() = 'land'
  GROUP BY p.person_id $$;
CREATE OR REPLACE FUNCTION ctx.people() RETURNS TABLE (person_id uuid, org_id uuid, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.person_id, m.org_id, p.name, m.role
  FROM auth.membership m JOIN auth.person p USING (person_id)
  WHERE m.land_id = ctx.land_id() AND (m.org_id = ctx.org_id() OR ctx.scope() = 'land') $$;
DROP FUNCTION ctx.purge(text, timestamptz, timestamptz);
DROP FUNCTION auth.erase_person(uuid, timestamptz);
DROP POLICY erased ON portal.rollin_draft;
DROP POLICY erased ON portal.barrier_report;
DROP POLICY erased ON portal.mail;
DROP POLICY erased ON portal.question_seen;
DROP POLICY erased ON portal.saved_view;
DROP TRIGGER stay_erased ON auth.person;
DROP FUNCTION auth.stay_erased();
ALTER TABLE auth.person DROP COLUMN erased_at;
DROP TRIGGER note_end ON auth.membership;
DROP FUNCTION auth.note_end();
ALTER TABLE auth.membership DROP COLUMN ended_at;
DELETE FROM auth.person_column WHERE tab = 'portal.retention'::regclass;
DROP TABLE portal.retention;
COMMIT;
