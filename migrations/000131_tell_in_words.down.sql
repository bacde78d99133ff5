BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION ctx.person_data(p_person uuid) RETURNS TABLE (title text, part text, entries jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  whole boolean := p_person = ctx.person_id();
  c record;
  keep text[];
  found jsonb;
BEGIN
  IF NOT auth.may_know(p_person) THEN
    RETURN;
  END IF;
  PERFORM set_config('app.subject', p_person::text, true);
  RETURN QUERY SELECT 'Person'::text, ''::text, jsonb_agg(jsonb_build_object('name', p.name, 'email', p.email, 'issuer', p.issuer, 'subject', p.subject))
    FROM auth.person p WHERE p.person_id = p_person;
  RETURN QUERY SELECT 'Zugänge'::text, ''::text, jsonb_agg(jsonb_build_object('org', o.name, 'role', m.role, 'status', m.status) ORDER BY m.membership_id)
    FROM auth.membership m JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
    WHERE m.person_id = p_person AND m.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Sitzungen'::text, ''::text, coalesce(jsonb_agg(jsonb_build_object('created_at', s.created_at, 'seen_at', s.seen_at, 'expires_at', s.expires_at, 'ended_at', s.ended_at) ORDER BY s.created_at, s.session_id), '[]')
    FROM auth.session s JOIN auth.membership m USING (membership_id) WHERE m.person_id = p_person AND m.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Kalenderadressen'::text, ''::text, coalesce(jsonb_agg(jsonb_build_object('org', o.short, 'opened_at', k.opened_at) ORDER BY k.opened_at, o.key), '[]')
    FROM auth.calendar k JOIN portal.organisation o ON o.land_id = k.land_id AND o.org_id = k.org_id WHERE k.person_id = p_person AND k.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Beendete Zugänge anderer'::text, 'ended_by'::text, coalesce(jsonb_agg(jsonb_build_object('membership_id', m.membership_id, 'role', m.role) ORDER BY m.membership_id), '[]')
    FROM auth.membership m WHERE m.ended_by = p_person AND m.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Einladungen an die Person'::text, ''::text, coalesce(jsonb_agg(jsonb_build_object('email', i.email, 'role', i.role, 'created_at', i.created_at, 'accepted_at', i.accepted_at) ORDER BY i.created_at, i.invitation_id), '[]')
    FROM portal.invitation i JOIN auth.person p ON lower(p.email) = lower(i.email) WHERE p.person_id = p_person AND i.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Ansprechperson im Profil'::text, ''::text, jsonb_agg(f.details || jsonb_build_object('org', o.short, 'confirmed_at', f.confirmed_at, 'released', f.released) ORDER BY o.key, f.fact_id)
    FROM portal.profile_fact f JOIN portal.organisation o ON o.land_id = f.land_id AND o.org_id = f.org_id JOIN auth.person p ON p.person_id = p_person
    WHERE f.land_id = ctx.land_id() AND f.kind = 'contact' AND auth.is_contact(f.org_id, f.details, p_person, f.land_id, p.name, p.email)
    HAVING count(*) > 0;
  FOR c IN SELECT x.* FROM auth.person_column x ORDER BY x.title, x.col LOOP
    keep := ARRAY(SELECT a.attname::text FROM pg_attribute a
      WHERE a.attrelid = c.tab AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('land_id', 'org_id', 'token') AND a.atttypid <> 'bytea'::regtype
        AND NOT EXISTS (SELECT FROM auth.person_column x WHERE x.tab = c.tab AND x.col = a.attname)
        AND (c.owned AND whole OR a.atttypid IN ('timestamptz'::regtype, 'date'::regtype, 'uuid'::regtype) OR a.attname IN ('kind', 'action')));
    EXECUTE format('SELECT jsonb_agg(r.entry) FROM (SELECT jsonb_object_agg(k.key, k.value) || CASE WHEN o.short IS NULL THEN ''{}'' ELSE jsonb_build_object(''org'', o.short) END AS entry
      FROM %s t
      CROSS JOIN LATERAL jsonb_each(to_jsonb(t)) k
      LEFT JOIN portal.organisation o ON o.land_id = t.land_id AND o.org_id = (to_jsonb(t) ->> ''org_id'')::uuid
      WHERE t.land_id = $1 AND t.%I = $2 AND k.key = ANY ($3)
      GROUP BY t.ctid, o.short ORDER BY t.ctid) r', c.tab, c.col) INTO found USING ctx.land_id(), p_person, keep;
    IF found IS NOT NULL THEN
      RETURN QUERY SELECT c.title, c.col::text, found;
    END IF;
  END LOOP;
  PERFORM set_config('app.subject', '', true);
END $$;
COMMIT;
