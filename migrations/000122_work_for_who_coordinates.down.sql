BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION ctx.work_actor(p_land uuid, p_org uuid) RETURNS SETOF ctx.actor
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
BEGIN
  PERFORM set_config('app.land_id', p_land::text, true);
  RETURN QUERY
    SELECT ctx.automatic(), ctx.automatic(), 'Roll-in-Portal (automatisch)'::text,
      CASE WHEN o.kind = 'state_coordination' THEN 'LK' ELSE 'KK' END, l.land_id, l.key, o.org_id, o.key, o.kind, o.name, o.short,
      l.product, l.banner, l.official, l.demo, l.contact_email, 0, l.fresh_days
    FROM portal.organisation o JOIN portal.land l USING (land_id)
    WHERE o.land_id = p_land AND CASE WHEN p_org IS NULL THEN o.kind = 'state_coordination'
      ELSE o.org_id = p_org AND o.kind IN ('state_coordination', 'district', 'independent_city') END
    ORDER BY o.key
    LIMIT 1;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
END $$;
COMMIT;
