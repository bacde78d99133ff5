BEGIN;
SET LOCAL ROLE portal_owner;
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
      l.product, l.banner, l.official, l.demo, l.contact_email
    FROM auth.person p, portal.land l, portal.organisation o
    WHERE p.person_id = m.person_id AND l.land_id = m.land_id AND o.land_id = m.land_id AND o.org_id = m.org_id;
  PERFORM set_config('app.land_id', '', true);
END $$;
CREATE OR REPLACE FUNCTION ctx.sign_in(p_issuer text, p_subject text, p_name text, p_email text, p_token bytea, p_id_token text) RETURNS boolean
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
DROP FUNCTION ctx.unsubscribe(text, text[]), ctx.mail_of_token(text), ctx.mailboxes(), ctx.tell(jsonb);
DROP TABLE portal.mail, portal.mail_setting, portal.notice;
DROP FUNCTION ctx.enter_work(uuid, uuid), ctx.work_actor(uuid, uuid), ctx.work_laender(), ctx.automatic(), ctx.add_job(text, jsonb, timestamptz);
ALTER TYPE ctx.actor DROP ATTRIBUTE unread;
DROP SCHEMA river CASCADE;
COMMIT;
