BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TYPE ctx.actor DROP ATTRIBUTE fresh_days;
CREATE OR REPLACE FUNCTION ctx.work_actor(p_land uuid, p_org uuid) RETURNS SETOF ctx.actor
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
BEGIN
  PERFORM set_config('app.land_id', p_land::text, true);
  RETURN QUERY
    SELECT ctx.automatic(), ctx.automatic(), 'Roll-in-Portal (automatisch)'::text,
      CASE WHEN o.kind = 'state_coordination' THEN 'LK' ELSE 'KK' END, l.land_id, l.key, o.org_id, o.key, o.kind, o.name, o.short,
      l.product, l.banner, l.official, l.demo, l.contact_email, 0
    FROM portal.organisation o JOIN portal.land l USING (land_id)
    WHERE o.land_id = p_land AND CASE WHEN p_org IS NULL THEN o.kind = 'state_coordination'
      ELSE o.org_id = p_org AND o.kind IN ('state_coordination', 'district', 'independent_city') END
    ORDER BY o.key
    LIMIT 1;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
END $$;

CREATE OR REPLACE FUNCTION ctx.session(p_token bytea) RETURNS SETOF ctx.actor
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  m auth.membership;
BEGIN
  m := auth.session_membership(p_token);
  IF m.membership_id IS NULL THEN
    RETURN;
  END IF;
  UPDATE auth.session SET seen_at = clock_timestamp()
    WHERE token_hash = p_token AND seen_at < clock_timestamp() - interval '1 minute';
  -- land and organisation stand behind the wall: open it for this statement's transaction only
  PERFORM set_config('app.land_id', m.land_id::text, true);
  RETURN QUERY
    SELECT m.membership_id, m.person_id, p.name, m.role, l.land_id, l.key, o.org_id, o.key, o.kind, o.name, o.short,
      l.product, l.banner, l.official, l.demo, l.contact_email,
      (SELECT count(*)::int FROM portal.notice n
        WHERE n.land_id = m.land_id AND n.person_id = m.person_id AND n.org_id = m.org_id AND n.read_at IS NULL)
    FROM auth.person p, portal.land l, portal.organisation o
    WHERE p.person_id = m.person_id AND l.land_id = m.land_id AND o.land_id = m.land_id AND o.org_id = m.org_id;
  PERFORM set_config('app.land_id', '', true);
END $$;
REVOKE UPDATE (fresh_days) ON portal.land FROM portal_app;
DROP POLICY land_sets ON portal.land;
ALTER TABLE portal.land DROP COLUMN fresh_days;
COMMIT;
