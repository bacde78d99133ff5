BEGIN;
SET LOCAL ROLE portal_owner;
-- As in migration 98, and whether the service is live in every competent body: with three bodies and more, "all of them" points at
-- nobody whom "22 of 22" does not point at.
DROP FUNCTION ctx.land_reach();
CREATE FUNCTION ctx.land_reach() RETURNS TABLE (service_id uuid, live int, whole int, area boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF ctx.scope() IS DISTINCT FROM 'body' THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT r.service_id, CASE WHEN r.live BETWEEN 1 AND 2 THEN NULL ELSE r.live END, r.whole, r.live = r.whole AND NOT EXISTS (
    SELECT FROM portal.service_body b
    WHERE b.land_id = ctx.land_id() AND b.service_id = r.service_id AND NOT EXISTS (
      SELECT FROM portal.onboarding o WHERE o.land_id = b.land_id AND o.service_id = b.service_id AND o.org_id = b.org_id))
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
