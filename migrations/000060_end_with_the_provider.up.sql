BEGIN;
SET LOCAL ROLE portal_owner;
-- session_id names a session to the person it belongs to; its token it never shows. sid is the provider's own session.
ALTER TABLE auth.session ADD COLUMN session_id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE auth.session ADD COLUMN sid text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX session_by_id ON auth.session (session_id);
CREATE INDEX session_by_sid ON auth.session (sid) WHERE sid <> '';

CREATE TABLE auth.logout (
  issuer text NOT NULL,
  jti text NOT NULL,
  sid text NOT NULL,
  subject text NOT NULL,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '11 hours',
  PRIMARY KEY (issuer, jti),
  CHECK (sid <> '' OR subject <> ''));
COMMENT ON TABLE auth.logout IS 'A logout that the OpenID provider told us of. It works once, and outlives every session it ends: a sign-in from before opens none any more.';
CREATE INDEX logout_by_end ON auth.logout (expires_at);

-- end_sessions ends the sessions that a logout of the provider is about; false if it was told before. Where it names a
-- person and a session, sessions of that person of which the provider did not say the sid end too.
CREATE FUNCTION ctx.end_sessions(p_issuer text, p_jti text, p_sid text, p_subject text, p_issued timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- sign-ins share this lock: none of them can slip past a logout that is just being noted
  PERFORM pg_advisory_xact_lock(hashtextextended('sign-in ' || p_issuer, 0));
  DELETE FROM auth.logout WHERE expires_at < clock_timestamp();
  INSERT INTO auth.logout (issuer, jti, sid, subject, issued_at) VALUES (p_issuer, p_jti, p_sid, p_subject, p_issued)
    ON CONFLICT (issuer, jti) DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF p_subject <> '' THEN
    UPDATE auth.session s SET ended_at = clock_timestamp()
      FROM auth.membership m JOIN auth.person p USING (person_id)
      WHERE s.membership_id = m.membership_id AND p.issuer = p_issuer AND p.subject = p_subject
        AND s.ended_at IS NULL AND (p_sid = '' OR s.sid IN ('', p_sid));
  ELSE
    UPDATE auth.session s SET ended_at = clock_timestamp()
      FROM auth.membership m JOIN auth.person p USING (person_id)
      WHERE s.membership_id = m.membership_id AND p.issuer = p_issuer AND s.sid = p_sid AND s.ended_at IS NULL;
  END IF;
  RETURN true;
END $$;

-- logged_out says whether the provider ended what it vouched for.
CREATE FUNCTION auth.logged_out(p_issuer text, p_subject text, p_sid text, p_issued timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM auth.logout l
    WHERE l.issuer = p_issuer AND l.issued_at >= p_issued
      AND (l.sid = p_sid AND p_sid <> '' AND l.subject IN ('', p_subject) OR l.subject = p_subject AND '' IN (l.sid, p_sid))) $$;

-- open_session opens a session for a person the provider vouched for: 'open'; 'unknown' without an active membership,
-- 'ended' if the provider has ended its own session meanwhile. Of several memberships the last one used counts.
CREATE FUNCTION ctx.open_session(p_issuer text, p_subject text, p_name text, p_email text, p_token bytea, p_id_token text,
  p_sid text, p_issued timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who uuid;
  membership uuid;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('sign-in ' || p_issuer, 0));
  IF auth.logged_out(p_issuer, p_subject, p_sid, p_issued) THEN
    RETURN 'ended';
  END IF;
  UPDATE auth.person SET name = coalesce(NULLIF(p_name, ''), name), email = coalesce(NULLIF(p_email, ''), email)
    WHERE issuer = p_issuer AND subject = p_subject RETURNING person_id INTO who;
  SELECT m.membership_id INTO membership FROM auth.membership m
    WHERE m.person_id = who AND m.status = 'active'
    ORDER BY (SELECT max(s.created_at) FROM auth.session s WHERE s.membership_id = m.membership_id) DESC NULLS LAST, m.membership_id
    LIMIT 1;
  IF membership IS NULL THEN
    RETURN 'unknown';
  END IF;
  INSERT INTO auth.session (token_hash, membership_id, id_token, sid, expires_at)
    VALUES (p_token, membership, p_id_token, p_sid, clock_timestamp() + interval '10 hours');
  RETURN 'open';
END $$;

-- sign_in is for the version before this one, while both run.
CREATE OR REPLACE FUNCTION ctx.sign_in(p_issuer text, p_subject text, p_name text, p_email text, p_token bytea, p_id_token text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT ctx.open_session(p_issuer, p_subject, p_name, p_email, p_token, p_id_token, '', clock_timestamp()) = 'open' $$;

-- switch_context goes on under another membership of the same person, with a new token and the old end. The session
-- before is over.
CREATE FUNCTION ctx.switch_context(p_token bytea, p_membership uuid, p_new bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  old auth.session;
BEGIN
  IF NOT EXISTS (SELECT FROM auth.membership m
      WHERE m.membership_id = p_membership AND m.status = 'active' AND m.person_id = (auth.session_membership(p_token)).person_id) THEN
    RETURN false;
  END IF;
  UPDATE auth.session SET ended_at = clock_timestamp() WHERE token_hash = p_token AND ended_at IS NULL RETURNING * INTO old;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO auth.session (token_hash, membership_id, id_token, sid, expires_at)
    VALUES (p_new, p_membership, old.id_token, old.sid, old.expires_at);
  RETURN true;
END $$;

-- own_memberships and own_sessions are what a person sees of themself, in whatever Land.
CREATE FUNCTION ctx.own_memberships() RETURNS TABLE (membership_id uuid, role text, org text, land text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  l uuid;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m WHERE m.person_id = ctx.person_id() AND m.status = 'active' LOOP
    PERFORM set_config('app.land_id', l::text, true);
    RETURN QUERY
      SELECT m.membership_id, m.role, o.name, a.name
      FROM auth.membership m JOIN portal.organisation o USING (land_id, org_id) JOIN portal.land a USING (land_id)
      WHERE m.person_id = ctx.person_id() AND m.status = 'active' AND m.land_id = l;
  END LOOP;
  PERFORM set_config('app.land_id', own, true);
END $$;

CREATE FUNCTION ctx.own_sessions(p_token bytea) RETURNS TABLE (session_id uuid, membership_id uuid, created_at timestamptz, seen_at timestamptz, current boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.session_id, s.membership_id, s.created_at, s.seen_at, s.token_hash = p_token
  FROM auth.session s JOIN auth.membership m USING (membership_id)
  WHERE m.person_id = ctx.person_id() AND m.status = 'active' AND s.ended_at IS NULL
    AND s.expires_at > clock_timestamp() AND s.seen_at > clock_timestamp() - interval '30 minutes' $$;

CREATE FUNCTION ctx.end_own_session(p_session uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH ended AS (
    UPDATE auth.session s SET ended_at = coalesce(s.ended_at, clock_timestamp())
    FROM auth.membership m
    WHERE m.membership_id = s.membership_id AND m.person_id = ctx.person_id() AND s.session_id = p_session
    RETURNING 1)
  SELECT EXISTS (SELECT FROM ended) $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA auth FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION ctx.end_sessions(text, text, text, text, timestamptz), ctx.open_session(text, text, text, text, bytea, text, text, timestamptz),
  ctx.switch_context(bytea, uuid, bytea), ctx.own_memberships(), ctx.own_sessions(bytea), ctx.end_own_session(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.end_sessions(text, text, text, text, timestamptz), ctx.open_session(text, text, text, text, bytea, text, text, timestamptz),
  ctx.switch_context(bytea, uuid, bytea), ctx.own_memberships(), ctx.own_sessions(bytea), ctx.end_own_session(uuid) TO portal_app;
COMMIT;
