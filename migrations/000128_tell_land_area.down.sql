BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.land_reach();
CREATE FUNCTION ctx.land_reach() RETURNS TABLE (service_id uuid, live int, whole int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF ctx.scope() IS DISTINCT FROM 'body' THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT r.service_id, CASE WHEN r.live BETWEEN 1 AND 2 THEN NULL ELSE r.live END, r.whole
  FROM (
    SELECT o.service_id, count(*) FILTER (WHERE o.state IN ('live', 'operating'))::int AS live, count(*)::int AS whole
    FROM portal.onboarding o
    WHERE o.land_id = ctx.land_id() AND o.state <> 'not_applicable'
    GROUP BY o.service_id) r
  WHERE r.whole >= 3;
END $$;
REVOKE EXECUTE ON FUNCTION ctx.land_reach() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.land_reach() TO portal_app;
COMMIT;
