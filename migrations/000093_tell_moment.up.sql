BEGIN;
SET LOCAL ROLE portal_owner;
-- Whatever changes a record leaves an entry in the trail of an organisation, in the same transaction. So the last links of
-- all chains of a Land name the state of its records: who reads the same twice reads the same records.
CREATE FUNCTION ctx.moment() RETURNS bytea LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT sha256(coalesce(string_agg(h.hash, '' ORDER BY h.org_id), ''))
    FROM auth.chain_head h
    WHERE h.land_id = ctx.land_id());
END $$;
REVOKE EXECUTE ON FUNCTION ctx.moment() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.moment() TO portal_app;
COMMIT;
