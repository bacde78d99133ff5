BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION ctx.people() RETURNS TABLE (person_id uuid, org_id uuid, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.person_id, m.org_id,
    CASE WHEN p.erased_at IS NULL THEN p.name ELSE p.name || ', ' || first_value(o.short) OVER (PARTITION BY m.person_id ORDER BY m.membership_id) END, m.role
  FROM auth.membership m JOIN auth.person p USING (person_id)
  JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
  WHERE m.land_id = ctx.land_id() AND (m.org_id = ctx.org_id() OR ctx.scope() = 'land') $$;
COMMIT;
