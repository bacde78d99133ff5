BEGIN;
SET LOCAL ROLE portal_owner;
-- ways_to_live says of the newest onboardings of the Land that went live how many days it took from each state to the
-- Produktivstart. It names none, so that everybody may reckon with all of them.
CREATE FUNCTION ctx.ways_to_live() RETURNS TABLE (way int, state text, days int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT (dense_rank() OVER (ORDER BY o.live_on, o.onboarding_id))::int, h.state, o.live_on - min(h.valid_on)
    FROM (
      SELECT o.land_id, o.org_id, o.onboarding_id, o.live_on
      FROM portal.onboarding o
      WHERE o.land_id = ctx.land_id() AND o.state IN ('live', 'operating')
      ORDER BY o.live_on DESC, o.onboarding_id
      LIMIT 500) o
    JOIN portal.onboarding_history h ON h.land_id = o.land_id AND h.org_id = o.org_id AND h.onboarding_id = o.onboarding_id
      AND h.live_on IS NULL AND h.valid_on <= o.live_on AND h.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned')
    GROUP BY o.onboarding_id, o.live_on, h.state;
END $$;
REVOKE EXECUTE ON FUNCTION ctx.ways_to_live() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.ways_to_live() TO portal_app;
COMMIT;
