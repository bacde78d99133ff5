-- Removes a Land with everything that belongs to it, in one transaction. See tenants.md.
--
--   psql "$MIGRATE_DATABASE_URL" -v ON_ERROR_STOP=1 -c "SET removal.land = 'demoland'" -f delete-land.sql
--
-- Needs a superuser: the trail refuses deletions, and only a superuser may switch such rules off. No key leads from one Land
-- to another, so nothing of others hangs on what goes.
DO $$
DECLARE
  gone uuid;
  people uuid[];
  place record;
  amount bigint;
BEGIN
  SELECT land_id INTO STRICT gone FROM portal.land WHERE key = current_setting('removal.land');
  SELECT array_agg(DISTINCT person_id) INTO people FROM auth.membership WHERE land_id = gone;
  -- Who worked nowhere else keeps a number without a name: portal erasures list tells of it, so that an older backup that
  -- comes back loses the names again.
  PERFORM auth.erase_person(p, clock_timestamp()) FROM unnest(people) AS p
    WHERE NOT EXISTS (SELECT FROM auth.membership m WHERE m.person_id = p AND m.land_id <> gone);
  PERFORM set_config('session_replication_role', 'replica', true);
  DELETE FROM auth.session s USING auth.membership m WHERE m.membership_id = s.membership_id AND m.land_id = gone;
  DELETE FROM river.river_job WHERE gone::text IN (metadata ->> 'land', args ->> 'land'); -- ordered by people, and of the daily rounds
  FOR place IN
    SELECT c.table_schema, c.table_name
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.column_name = 'land_id' AND t.table_type = 'BASE TABLE' AND c.table_schema IN ('portal', 'auth')
    ORDER BY 1, 2
  LOOP
    EXECUTE format('DELETE FROM %I.%I WHERE land_id = $1', place.table_schema, place.table_name) USING gone;
    GET DIAGNOSTICS amount = ROW_COUNT;
    RAISE NOTICE '% rows of %.%', amount, place.table_schema, place.table_name;
  END LOOP;
END $$;
