BEGIN;
-- The migrator owns this table, and nobody else may look into public.
GRANT USAGE ON SCHEMA public TO portal_owner;
GRANT SELECT ON public.schema_migrations TO portal_owner;
SET LOCAL ROLE portal_owner;

-- schema_version tells an instance whether the database has what it was built for. dirty: that migration is under way, or
-- broke off.
CREATE FUNCTION ctx.schema_version() RETURNS TABLE (version bigint, dirty boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.version, m.dirty FROM public.schema_migrations m $$;

-- workload counts jobs and mails by their states, for whoever watches the portal. It names no Land and shows no contents.
CREATE FUNCTION ctx.workload() RETURNS TABLE (what text, state text, amount bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  each_land uuid;
BEGIN
  RETURN QUERY SELECT 'job', j.state::text, count(*) FROM river.river_job j GROUP BY j.state;
  FOR each_land IN SELECT * FROM ctx.work_laender() LOOP
    PERFORM set_config('app.land_id', each_land::text, true);
    RETURN QUERY SELECT 'mail', m.state, count(*) FROM portal.mail m WHERE m.land_id = each_land GROUP BY m.state;
  END LOOP;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
END $$;
REVOKE EXECUTE ON FUNCTION ctx.schema_version(), ctx.workload() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.schema_version() TO portal_app;
GRANT EXECUTE ON FUNCTION ctx.workload() TO portal_worker;
COMMIT;
