BEGIN;
SET LOCAL ROLE portal_owner;
-- Everybody in the Land may know who pays until when (ctx.funding). Row security shows the records to Land and ministries alone, so
-- towns and providers read that none of their services is paid for.
CREATE FUNCTION ctx.funded(p_service uuid, p_on date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM portal.funding f
    WHERE f.land_id = ctx.land_id() AND f.service_id = p_service AND f.kind = 'funding' AND f.withdrawn_at IS NULL AND p_on BETWEEN f.from_on AND f.to_on) $$;
REVOKE EXECUTE ON FUNCTION ctx.funded(uuid, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.funded(uuid, date) TO portal_app;
COMMIT;
