BEGIN;
SET LOCAL ROLE portal_owner;
-- Nothing in schema auth is granted to portal_app. It shows the hash of a token; the functions below say who that is.
CREATE TABLE auth.person (
  person_id uuid PRIMARY KEY,
  issuer text NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  email text NOT NULL DEFAULT '',
  UNIQUE (issuer, subject));
COMMENT ON TABLE auth.person IS 'A person as an OpenID provider knows them: issuer and subject, never the e-mail address, say who it is.';

CREATE TABLE auth.membership (
  membership_id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES auth.person,
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('LK', 'LR', 'FE', 'FL', 'KK', 'KB', 'IT', 'GR', 'PA')),
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'ended')),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  UNIQUE (person_id, land_id, org_id, role));
COMMENT ON TABLE auth.membership IS 'A person''s role in an organisation. A session acts under exactly one membership.';
CREATE INDEX membership_by_org ON auth.membership (land_id, org_id);

CREATE TABLE auth.session (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  membership_id uuid NOT NULL REFERENCES auth.membership,
  id_token text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz);
COMMENT ON TABLE auth.session IS 'A signed-in browser. Dead after 30 idle minutes, after expires_at, or once ended_at is set; an ended row stays as a tombstone.';
CREATE INDEX session_by_membership ON auth.session (membership_id);
CREATE INDEX session_by_end ON auth.session (expires_at);

CREATE TABLE auth.attempt (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  state text NOT NULL,
  nonce text NOT NULL,
  verifier text NOT NULL,
  next text NOT NULL,
  expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '10 minutes');
COMMENT ON TABLE auth.attempt IS 'A sign-in on its way to the provider and back, bound to the browser by the token and used once.';

-- actor is what the portal knows of the person behind a session.
CREATE TYPE ctx.actor AS (
  membership_id uuid, person_id uuid, person_name text, role text,
  land_id uuid, land_key text, org_id uuid, org_key text, org_kind text, org_name text, org_short text,
  product text, banner text, official boolean, demo boolean, contact_email text);

CREATE FUNCTION ctx.scope_of(role text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN role IN ('LK', 'LR') THEN 'land' WHEN role IN ('FE', 'FL') THEN 'ministry'
    WHEN role IN ('KK', 'KB') THEN 'body' WHEN role = 'IT' THEN 'provider' WHEN role = 'GR' THEN 'committee' ELSE 'platform' END $$;

-- session_membership is the one place that says when a session counts.
CREATE FUNCTION auth.session_membership(p_token bytea) RETURNS auth.membership LANGUAGE sql STABLE AS $$
  SELECT m.*
  FROM auth.session s JOIN auth.membership m USING (membership_id)
  WHERE s.token_hash = p_token AND s.ended_at IS NULL AND m.status = 'active'
    AND s.expires_at > clock_timestamp() AND s.seen_at > clock_timestamp() - interval '30 minutes' $$;

-- enter opens the context of a transaction for the person behind a session token and returns the database's time.
-- The app never names a tenant: it only shows the token.
CREATE FUNCTION ctx.enter(p_token bytea) RETURNS TABLE (membership_id uuid, entered_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  m auth.membership;
  scope text;
BEGIN
  m := auth.session_membership(p_token);
  IF m.membership_id IS NULL THEN
    RAISE EXCEPTION 'no session' USING ERRCODE = '28000';
  END IF;
  scope := ctx.scope_of(m.role);
  PERFORM set_config('app.land_id', m.land_id::text, true), set_config('app.org_id', m.org_id::text, true),
    set_config('app.person_id', m.person_id::text, true), set_config('app.scope', scope, true),
    set_config('app.read_orgs', '', true), set_config('app.read_services', '', true);
  IF scope = 'provider' THEN
    PERFORM set_config('app.read_orgs', coalesce((SELECT array_agg(a.org_id)::text FROM portal.assignment a
      WHERE a.land_id = m.land_id AND a.provider_id = m.org_id), ''), true);
  ELSIF scope = 'ministry' THEN
    PERFORM set_config('app.read_services', coalesce((SELECT array_agg(s.service_id)::text FROM portal.service s
      WHERE s.land_id = m.land_id AND s.ministry_id = m.org_id), ''), true);
  END IF;
  RETURN QUERY SELECT m.membership_id, clock_timestamp();
END $$;

-- session says who is signed in and keeps the session awake, at most one write a minute.
CREATE FUNCTION ctx.session(p_token bytea) RETURNS SETOF ctx.actor
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
      l.product, l.banner, l.official, l.demo, l.contact_email
    FROM auth.person p, portal.land l, portal.organisation o
    WHERE p.person_id = m.person_id AND l.land_id = m.land_id AND o.land_id = m.land_id AND o.org_id = m.org_id;
  PERFORM set_config('app.land_id', '', true);
END $$;

CREATE FUNCTION ctx.begin_sign_in(p_token bytea, p_state text, p_nonce text, p_verifier text, p_next text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM auth.attempt WHERE expires_at < clock_timestamp();
  DELETE FROM auth.session WHERE expires_at < clock_timestamp() - interval '1 day';
  INSERT INTO auth.attempt (token_hash, state, nonce, verifier, next) VALUES (p_token, p_state, p_nonce, p_verifier, p_next) $$;

-- take_sign_in hands out an attempt once.
CREATE FUNCTION ctx.take_sign_in(p_token bytea) RETURNS TABLE (state text, nonce text, verifier text, next text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM auth.attempt a WHERE a.token_hash = p_token AND a.expires_at > clock_timestamp()
  RETURNING a.state, a.nonce, a.verifier, a.next $$;

-- sign_in opens a session for the first active membership of a person the provider vouched for; false if there is none.
CREATE FUNCTION ctx.sign_in(p_issuer text, p_subject text, p_name text, p_email text, p_token bytea, p_id_token text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who uuid;
  membership uuid;
BEGIN
  UPDATE auth.person SET name = coalesce(NULLIF(p_name, ''), name), email = p_email
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

-- sign_out ends a session for good and returns its id token, which the provider's logout wants as a hint.
CREATE FUNCTION ctx.sign_out(p_token bytea) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE auth.session SET ended_at = clock_timestamp() WHERE token_hash = p_token AND ended_at IS NULL RETURNING id_token $$;

-- people names those whom the context may know: everyone of the own organisation, and for the Land everyone in it.
CREATE FUNCTION ctx.people() RETURNS TABLE (person_id uuid, org_id uuid, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.person_id, m.org_id, p.name, m.role
  FROM auth.membership m JOIN auth.person p USING (person_id)
  WHERE m.land_id = ctx.land_id() AND (m.org_id = ctx.org_id() OR ctx.scope() = 'land') $$;

-- platform_organisations is all that the platform's administration sees of the Länder: names, no contents.
CREATE FUNCTION ctx.platform_organisations() RETURNS TABLE (land text, org_key text, kind text, name text, people bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  l record;
BEGIN
  IF ctx.scope() IS DISTINCT FROM 'platform' THEN
    RETURN;
  END IF;
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true);
    RETURN QUERY
      SELECT a.name, o.key, o.kind, o.name, (SELECT count(*) FROM auth.membership m WHERE m.land_id = o.land_id AND m.org_id = o.org_id AND m.status = 'active')
      FROM portal.organisation o JOIN portal.land a USING (land_id)
      WHERE o.land_id = l.land_id;
  END LOOP;
  PERFORM set_config('app.land_id', own, true);
END $$;

-- ping proves that the database answers.
CREATE FUNCTION ctx.ping() RETURNS int LANGUAGE sql STABLE AS $$ SELECT 1 $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA auth FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ctx FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ctx TO portal_app;
COMMIT;
