BEGIN;
SET LOCAL ROLE portal_owner;
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
DROP FUNCTION ctx.end_own_session(uuid);
DROP FUNCTION ctx.own_sessions(bytea);
DROP FUNCTION ctx.own_memberships();
DROP FUNCTION ctx.switch_context(bytea, uuid, bytea);
DROP FUNCTION ctx.open_session(text, text, text, text, bytea, text, text, timestamptz);
DROP FUNCTION auth.logged_out(text, text, text, timestamptz);
DROP FUNCTION ctx.end_sessions(text, text, text, text, timestamptz);
DROP TABLE auth.logout;
ALTER TABLE auth.session DROP COLUMN sid, DROP COLUMN session_id;
COMMIT;
