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

ALTER TYPE ctx.actor ADD ATTRIBUTE unread int;

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
      l.product, l.banner, l.official, l.demo, l.contact_email, 0
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

-- What happened, and who hears of it: a row for each person.
CREATE TABLE portal.notice (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  person_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  text text NOT NULL CHECK (text <> ''),
  path text NOT NULL CHECK (path LIKE '/%'),
  about text NOT NULL DEFAULT '',
  role text NOT NULL,
  urgent boolean NOT NULL,
  at timestamptz NOT NULL,
  read_at timestamptz,
  mail text NOT NULL DEFAULT 'due' CHECK (mail IN ('due', 'made', 'none')),
  mail_id uuid,
  PRIMARY KEY (land_id, notice_id),
  UNIQUE (land_id, org_id, person_id, key),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  CONSTRAINT made_by_a_mail CHECK ((mail = 'made') = (mail_id IS NOT NULL)));
COMMENT ON TABLE portal.notice IS 'One thing that one person hears of, in the portal and perhaps by mail. The person''s own: nobody else reads it.';
COMMENT ON COLUMN portal.notice.key IS 'what happened; told again, it is not said twice';
CREATE INDEX notice_by_person ON portal.notice (land_id, person_id, org_id, at DESC);
CREATE INDEX notice_unread ON portal.notice (land_id, person_id, org_id) WHERE read_at IS NULL;
CREATE INDEX notice_to_mail ON portal.notice (land_id, at) WHERE mail = 'due';
CREATE INDEX notice_by_mail ON portal.notice (land_id, mail_id) WHERE mail_id IS NOT NULL;
CALL portal.wall('portal.notice');
CREATE POLICY own_read ON portal.notice FOR SELECT USING (person_id = (SELECT ctx.person_id()) AND org_id = (SELECT ctx.org_id()));
CREATE POLICY own_mark ON portal.notice FOR UPDATE USING (person_id = (SELECT ctx.person_id()) AND org_id = (SELECT ctx.org_id()))
  WITH CHECK (person_id = (SELECT ctx.person_id()) AND org_id = (SELECT ctx.org_id()));
CREATE POLICY told ON portal.notice FOR ALL TO portal_owner USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()));
CREATE POLICY mailed ON portal.notice FOR ALL TO portal_worker
  USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.mail_setting (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  person_id uuid NOT NULL,
  digest_hour int NOT NULL DEFAULT 8 CHECK (digest_hour BETWEEN 0 AND 23),
  muted text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (land_id, org_id, person_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.mail_setting IS 'When a person wants the day''s mail, and which kinds of notices they want by no mail. No row: the usual.';
CALL portal.wall('portal.mail_setting');
CREATE POLICY own ON portal.mail_setting FOR ALL USING (person_id = (SELECT ctx.person_id()) AND org_id = (SELECT ctx.org_id()))
  WITH CHECK (person_id = (SELECT ctx.person_id()) AND org_id = (SELECT ctx.org_id()));
CREATE POLICY unsubscribed ON portal.mail_setting FOR ALL TO portal_owner
  USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()));

CREATE TABLE portal.mail (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  person_id uuid NOT NULL,
  mail_id uuid NOT NULL,
  key text NOT NULL,
  address text NOT NULL,
  name text NOT NULL,
  token text NOT NULL UNIQUE,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'failing', 'sent', 'refused')),
  attempts int NOT NULL DEFAULT 0,
  error text NOT NULL DEFAULT '',
  made_at timestamptz NOT NULL,
  tried_at timestamptz,
  PRIMARY KEY (land_id, mail_id),
  UNIQUE (land_id, person_id, key),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.mail IS 'A mail to one person: made once, sent until it is accepted or refused. What it says stands in its notices.';
COMMENT ON COLUMN portal.mail.key IS 'digest and the day, or the one notice it is about: there is never a second';
CREATE INDEX mail_by_state ON portal.mail (land_id, state, made_at DESC);
CALL portal.wall('portal.mail');
CREATE POLICY land_reads ON portal.mail FOR SELECT USING ((SELECT ctx.scope()) = 'land');
CREATE POLICY workers_add ON portal.mail FOR INSERT TO portal_worker WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY workers_note ON portal.mail FOR UPDATE TO portal_worker USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY workers_drop ON portal.mail FOR DELETE TO portal_worker USING ((SELECT ctx.scope()) = 'land');
CREATE POLICY unsubscribed ON portal.mail FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));

-- tell writes notices for those whom they concern, and never for the person who acts. It knows the people of all
-- organisations, which the acting person does not. What is urgent orders its mail at once.
CREATE FUNCTION ctx.tell(p_notices jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  urgent boolean;
  told int;
BEGIN
  WITH said AS (
    INSERT INTO portal.notice (land_id, org_id, person_id, notice_id, key, kind, text, path, about, role, urgent, at)
    SELECT DISTINCT ON (n.key, m.org_id, m.person_id)
      m.land_id, m.org_id, m.person_id, gen_random_uuid(), n.key, n.kind, n.text, n.path, n.about, m.role, n.urgent, n.at
    FROM jsonb_to_recordset(p_notices) AS n (key text, kind text, text text, path text, about text, urgent boolean, at timestamptz,
      orgs uuid[], keys text[], person uuid, coordination boolean, roles text[])
    JOIN auth.membership m ON m.land_id = ctx.land_id() AND m.status = 'active'
      AND (cardinality(n.roles) = 0 OR m.role = ANY (n.roles))
      AND (n.person IS NULL OR m.person_id = n.person)
      AND (cardinality(n.orgs) = 0 OR m.org_id = ANY (n.orgs))
    JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
      AND (cardinality(n.keys) = 0 OR o.key = ANY (n.keys))
      AND (NOT n.coordination OR o.kind = 'state_coordination')
    WHERE m.person_id <> ctx.person_id()
      AND (n.coordination OR n.person IS NOT NULL OR cardinality(n.orgs) > 0 OR cardinality(n.keys) > 0)
    ORDER BY n.key, m.org_id, m.person_id, m.role
    ON CONFLICT (land_id, org_id, person_id, key) DO NOTHING
    RETURNING notice.urgent)
  SELECT count(*), coalesce(bool_or(said.urgent), false) INTO told, urgent FROM said;
  IF urgent THEN
    PERFORM ctx.add_job('notify.collect', '{}', NULL);
  END IF;
  RETURN told;
END $$;

-- mailboxes says where the people of the Land get their mail, and when.
CREATE FUNCTION ctx.mailboxes() RETURNS TABLE (person_id uuid, org_id uuid, name text, email text, digest_hour int, muted text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT p.person_id, m.org_id, p.name, p.email, coalesce(s.digest_hour, 8), coalesce(s.muted, '{}')
  FROM auth.membership m
  JOIN auth.person p USING (person_id)
  LEFT JOIN portal.mail_setting s ON s.land_id = m.land_id AND s.org_id = m.org_id AND s.person_id = m.person_id
  WHERE m.land_id = ctx.land_id() AND m.status = 'active' AND ctx.scope() = 'land' $$;

-- mail_of_token and unsubscribe work without a session: whoever holds a mail may turn its kinds off.
CREATE FUNCTION ctx.mail_of_token(p_token text) RETURNS TABLE (land text, kinds text[], muted text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l uuid;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l::text, true);
    RETURN QUERY
      SELECT a.product, array_agg(DISTINCT n.kind ORDER BY n.kind), coalesce(s.muted, '{}')
      FROM portal.mail m
      JOIN portal.land a ON a.land_id = m.land_id
      JOIN portal.notice n ON n.land_id = m.land_id AND n.mail_id = m.mail_id
      LEFT JOIN portal.mail_setting s ON s.land_id = m.land_id AND s.org_id = m.org_id AND s.person_id = m.person_id
      WHERE m.land_id = l AND m.token = p_token
      GROUP BY a.product, s.muted;
    EXIT WHEN FOUND;
  END LOOP;
  PERFORM set_config('app.land_id', '', true);
END $$;

CREATE FUNCTION ctx.unsubscribe(p_token text, p_kinds text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l uuid;
  done boolean := false;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l::text, true);
    INSERT INTO portal.mail_setting AS s (land_id, org_id, person_id, muted)
    SELECT m.land_id, m.org_id, m.person_id, p_kinds FROM portal.mail m WHERE m.land_id = l AND m.token = p_token
    ON CONFLICT (land_id, org_id, person_id) DO UPDATE
      SET muted = (SELECT array_agg(DISTINCT k ORDER BY k) FROM unnest(s.muted || excluded.muted) AS k);
    done := FOUND;
    EXIT WHEN done;
  END LOOP;
  PERFORM set_config('app.land_id', '', true);
  RETURN done;
END $$;

-- session also says how many notices are unread, so that every page can show it without asking.
CREATE OR REPLACE FUNCTION ctx.session(p_token bytea) RETURNS SETOF ctx.actor
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  m auth.membership;
BEGIN
  m := auth.session_membership(p_token);
  IF m.membership_id IS NULL THEN
    RETURN;
  END IF;
  UPDATE auth.session SET seen_at = clock_timestamp()
    WHERE token_hash = p_token AND seen_at < clock_timestamp() - interval '1 minute';
  -- land and organisation stand behind the wall: open it for this statement's transaction only
  PERFORM set_config('app.land_id', m.land_id::text, true);
  RETURN QUERY
    SELECT m.membership_id, m.person_id, p.name, m.role, l.land_id, l.key, o.org_id, o.key, o.kind, o.name, o.short,
      l.product, l.banner, l.official, l.demo, l.contact_email,
      (SELECT count(*)::int FROM portal.notice n
        WHERE n.land_id = m.land_id AND n.person_id = m.person_id AND n.org_id = m.org_id AND n.read_at IS NULL)
    FROM auth.person p, portal.land l, portal.organisation o
    WHERE p.person_id = m.person_id AND l.land_id = m.land_id AND o.land_id = m.land_id AND o.org_id = m.org_id;
  PERFORM set_config('app.land_id', '', true);
END $$;

-- sign_in keeps a known address when the provider does not say one: mails go there.
CREATE OR REPLACE FUNCTION ctx.sign_in(p_issuer text, p_subject text, p_name text, p_email text, p_token bytea, p_id_token text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who uuid;
  membership uuid;
BEGIN
  UPDATE auth.person SET name = coalesce(NULLIF(p_name, ''), name), email = coalesce(NULLIF(p_email, ''), email)
    WHERE issuer = p_issuer AND subject = p_subject RETURNING person_id INTO who;
  SELECT m.membership_id INTO membership FROM auth.membership m
    WHERE m.person_id = who AND m.status = 'active' ORDER BY m.membership_id LIMIT 1;
  IF membership IS NULL THEN
    RETURN false;
  END IF;
  INSERT INTO auth.session (token_hash, membership_id, id_token, expires_at)
    VALUES (p_token, membership, p_id_token, clock_timestamp() + interval '10 hours');
  RETURN true;
END $$;

REVOKE EXECUTE ON FUNCTION ctx.tell(jsonb), ctx.mailboxes(), ctx.mail_of_token(text), ctx.unsubscribe(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.tell(jsonb), ctx.mail_of_token(text), ctx.unsubscribe(text, text[]) TO portal_app;
GRANT EXECUTE ON FUNCTION ctx.mailboxes() TO portal_worker;
GRANT SELECT, UPDATE (read_at) ON portal.notice TO portal_app;
GRANT UPDATE (mail, mail_id), DELETE ON portal.notice TO portal_worker;
GRANT SELECT, INSERT, UPDATE ON portal.mail_setting TO portal_app;
GRANT SELECT ON portal.mail TO portal_app;
GRANT INSERT, UPDATE, DELETE ON portal.mail TO portal_worker;
COMMIT;
