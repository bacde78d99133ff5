BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.end_rule(uuid);
DROP FUNCTION ctx.rule_members();
DROP FUNCTION ctx.try_claims(jsonb);
DROP FUNCTION ctx.open_session(text, text, text, text, bytea, text, text, timestamptz, jsonb);
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

REVOKE EXECUTE ON FUNCTION ctx.open_session(text, text, text, text, bytea, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.open_session(text, text, text, text, bytea, text, text, timestamptz) TO portal_app;
DROP FUNCTION auth.apply_claims(uuid, text, text, text, text, jsonb);
DROP FUNCTION auth.note_grant(uuid, text, text);
DROP FUNCTION auth.judge_claims(uuid, jsonb);
DROP FUNCTION auth.claim_says(jsonb, text, text);
DROP TABLE portal.claim_rule;
ALTER TABLE auth.membership DROP COLUMN ended_by, DROP COLUMN rule_id;
ALTER TABLE portal.land DROP COLUMN claims_grant;
COMMIT;
