BEGIN;
-- The role of the workers: what portal_app may, and besides act for a Land without anybody's session. Roles belong to
-- the cluster: they may exist already. portal_app cannot become it.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_worker') THEN
    CREATE ROLE portal_worker LOGIN INHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
  END IF;
  IF NOT pg_has_role('portal_worker', 'portal_app', 'MEMBER') THEN
    GRANT portal_app TO portal_worker;
  END IF;
END $$;
CREATE SCHEMA river AUTHORIZATION portal_owner;
SET LOCAL ROLE portal_owner;

-- The tables of River 0.51, as its eight migrations leave them (riverpgxv5/migration/main). Only the workers reach them.
CREATE TABLE river.river_migration (
  line text NOT NULL CONSTRAINT line_length CHECK (char_length(line) > 0 AND char_length(line) < 128),
  version bigint NOT NULL CONSTRAINT version_gte_1 CHECK (version >= 1),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (line, version));
COMMENT ON TABLE river.river_migration IS 'Which of River''s own migrations this schema contains.';
INSERT INTO river.river_migration (line, version) SELECT 'main', n FROM generate_series(1, 8) AS n;

CREATE TYPE river.river_job_state AS ENUM ('available', 'cancelled', 'completed', 'discarded', 'pending', 'retryable', 'running', 'scheduled');

CREATE FUNCTION river.river_job_state_in_bitmask(bitmask bit(8), state river.river_job_state) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE state
    WHEN 'available' THEN get_bit(bitmask, 7)
    WHEN 'cancelled' THEN get_bit(bitmask, 6)
    WHEN 'completed' THEN get_bit(bitmask, 5)
    WHEN 'discarded' THEN get_bit(bitmask, 4)
    WHEN 'pending' THEN get_bit(bitmask, 3)
    WHEN 'retryable' THEN get_bit(bitmask, 2)
    WHEN 'running' THEN get_bit(bitmask, 1)
    WHEN 'scheduled' THEN get_bit(bitmask, 0)
    ELSE 0 END = 1 $$;

CREATE TABLE river.river_job (
  id bigserial PRIMARY KEY,
  state river.river_job_state NOT NULL DEFAULT 'available',
  attempt smallint NOT NULL DEFAULT 0,
  max_attempts smallint NOT NULL DEFAULT 25 CONSTRAINT max_attempts_is_positive CHECK (max_attempts > 0),
  attempted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  finalized_at timestamptz,
  scheduled_at timestamptz NOT NULL DEFAULT now(),
  priority smallint NOT NULL DEFAULT 1 CONSTRAINT priority_in_range CHECK (priority BETWEEN 1 AND 4),
  args jsonb NOT NULL,
  attempted_by text[],
  errors jsonb[],
  kind text NOT NULL CONSTRAINT kind_length CHECK (char_length(kind) > 0 AND char_length(kind) < 128),
  metadata jsonb NOT NULL DEFAULT '{}',
  queue text NOT NULL DEFAULT 'default' CONSTRAINT queue_length CHECK (char_length(queue) > 0 AND char_length(queue) < 128),
  tags varchar(255)[] NOT NULL DEFAULT '{}',
  unique_key bytea,
  unique_states bit(8),
  CONSTRAINT finalized_or_finalized_at_null CHECK ((finalized_at IS NOT NULL) = (state IN ('cancelled', 'completed', 'discarded'))));
COMMENT ON TABLE river.river_job IS 'Work that was promised in a transaction and is done after it. Holds ids and no personal data; metadata names the Land.';
CREATE INDEX river_job_kind ON river.river_job (kind);
CREATE INDEX river_job_state_and_finalized_at_index ON river.river_job (state, finalized_at) WHERE finalized_at IS NOT NULL;
CREATE INDEX river_job_prioritized_fetching_index ON river.river_job (state, queue, priority, scheduled_at, id);
CREATE INDEX river_job_args_index ON river.river_job USING gin (args);
CREATE INDEX river_job_metadata_index ON river.river_job USING gin (metadata);
CREATE UNIQUE INDEX river_job_unique_idx ON river.river_job (unique_key)
  WHERE unique_key IS NOT NULL AND unique_states IS NOT NULL AND river.river_job_state_in_bitmask(unique_states, state);

CREATE UNLOGGED TABLE river.river_leader (
  elected_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  leader_id text NOT NULL CONSTRAINT leader_id_length CHECK (char_length(leader_id) > 0 AND char_length(leader_id) < 128),
  name text PRIMARY KEY DEFAULT 'default' CONSTRAINT name_length CHECK (name = 'default'));
COMMENT ON TABLE river.river_leader IS 'Which worker process plans the recurring work.';

CREATE TABLE river.river_queue (
  name text PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  metadata jsonb NOT NULL DEFAULT '{}',
  paused_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP);
COMMENT ON TABLE river.river_queue IS 'The queues of River.';

CREATE TABLE river.river_notification (
  id bigserial PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  payload text NOT NULL,
  topic text NOT NULL CONSTRAINT topic_length CHECK (length(topic) > 0 AND length(topic) < 128));
COMMENT ON TABLE river.river_notification IS 'River''s outbox of wake-up calls; unused while workers poll.';
CREATE INDEX river_notification_created_at_idx ON river.river_notification (created_at);
CREATE INDEX river_notification_topic_id_idx ON river.river_notification (topic, id);

GRANT USAGE ON SCHEMA river TO portal_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA river TO portal_worker;
REVOKE INSERT, UPDATE, DELETE ON river.river_migration FROM portal_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA river TO portal_worker;

-- add_job promises work in the transaction of the act. The Land comes from the context, so nobody orders work for another.
CREATE FUNCTION ctx.add_job(p_kind text, p_args jsonb, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF ctx.land_id() IS NULL THEN
    RAISE EXCEPTION 'no context' USING ERRCODE = '28000';
  END IF;
  INSERT INTO river.river_job (kind, args, metadata, state, scheduled_at)
  VALUES (p_kind, p_args, jsonb_build_object('land', ctx.land_id()),
    CASE WHEN p_at > clock_timestamp() THEN 'scheduled' ELSE 'available' END::river.river_job_state, coalesce(p_at, clock_timestamp()));
END $$;

-- automatic is the person in whose name workers act. It has no account and no membership: nobody can sign in as it.
CREATE FUNCTION ctx.automatic() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT '00000000-0000-4000-8000-000000000001'::uuid $$;

-- work_laender lists the Länder that somebody works in.
CREATE FUNCTION ctx.work_laender() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT m.land_id FROM auth.membership m WHERE m.status = 'active' AND m.role IN ('LK', 'LR') $$;

-- work_actor says in whose name a worker acts in a Land: its coordination, or the organisation that is named.
CREATE FUNCTION ctx.work_actor(p_land uuid, p_org uuid) RETURNS SETOF ctx.actor
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
BEGIN
  PERFORM set_config('app.land_id', p_land::text, true);
  RETURN QUERY
    SELECT ctx.automatic(), ctx.automatic(), 'Roll-in-Portal (automatisch)'::text,
      CASE WHEN o.kind = 'state_coordination' THEN 'LK' ELSE 'KK' END, l.land_id, l.key, o.org_id, o.key, o.kind, o.name, o.short,
      l.product, l.banner, l.official, l.demo, l.contact_email
    FROM portal.organisation o JOIN portal.land l USING (land_id)
    WHERE o.land_id = p_land AND CASE WHEN p_org IS NULL THEN o.kind = 'state_coordination'
      ELSE o.org_id = p_org AND o.kind IN ('state_coordination', 'district', 'independent_city') END
    ORDER BY o.key
    LIMIT 1;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
END $$;

-- enter_work opens the context of a transaction for a worker, as enter does for a session.
CREATE FUNCTION ctx.enter_work(p_land uuid, p_org uuid) RETURNS TABLE (membership_id uuid, entered_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  a ctx.actor;
BEGIN
  SELECT * INTO a FROM ctx.work_actor(p_land, p_org);
  IF a.org_id IS NULL OR p_org IS NULL THEN
    RAISE EXCEPTION 'nobody to act for' USING ERRCODE = '28000';
  END IF;
  PERFORM set_config('app.land_id', p_land::text, true), set_config('app.org_id', p_org::text, true),
    set_config('app.person_id', a.person_id::text, true), set_config('app.scope', ctx.scope_of(a.role), true),
    set_config('app.read_orgs', '', true), set_config('app.read_services', '', true);
  RETURN QUERY SELECT a.membership_id, clock_timestamp();
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA river FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA river TO portal_worker;
REVOKE EXECUTE ON FUNCTION ctx.add_job(text, jsonb, timestamptz), ctx.automatic(), ctx.work_laender(), ctx.work_actor(uuid, uuid), ctx.enter_work(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.add_job(text, jsonb, timestamptz), ctx.automatic() TO portal_app;
GRANT EXECUTE ON FUNCTION ctx.work_laender(), ctx.work_actor(uuid, uuid), ctx.enter_work(uuid, uuid) TO portal_worker;
COMMIT;
