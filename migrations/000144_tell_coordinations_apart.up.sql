BEGIN;
SET LOCAL ROLE portal_owner;
-- coordination_before says what became of an invitation into the coordination of a Land, or of a role in it: 'withdrawn',
-- 'accepted', 'ended'; 'missing' if it is open or none such. Two of the platform's administration who take the same away at
-- once want the same.
CREATE FUNCTION ctx.coordination_before(p_key text, p_id uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  l record;
  result text;
BEGIN
  SELECT * INTO l FROM auth.platform_land(p_key);
  IF l.land_id IS NULL THEN
    RETURN 'missing';
  END IF;
  PERFORM set_config('app.land_id', l.land_id::text, true);
  SELECT CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.withdrawn_at IS NOT NULL THEN 'withdrawn' END INTO result
    FROM portal.invitation i WHERE i.land_id = l.land_id AND i.org_id = l.org_id AND i.invitation_id = p_id AND i.role = 'LK';
  IF NOT FOUND THEN
    SELECT 'ended' INTO result FROM auth.membership m JOIN auth.person p USING (person_id)
      WHERE m.membership_id = p_id AND m.land_id = l.land_id AND m.org_id = l.org_id AND m.role = 'LK' AND m.status = 'ended' AND p.issuer <> 'portal:import';
  END IF;
  PERFORM set_config('app.land_id', own, true);
  RETURN coalesce(result, 'missing');
END $$;
REVOKE EXECUTE ON FUNCTION ctx.coordination_before(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.coordination_before(text, uuid) TO portal_app;
COMMIT;
