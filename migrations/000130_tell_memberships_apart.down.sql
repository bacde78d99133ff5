BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION ctx.platform_organisations() RETURNS TABLE (land_key text, land text, org_key text, kind text, name text, people bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  l uuid;
BEGIN
  IF ctx.scope() IS DISTINCT FROM 'platform' THEN
    RETURN;
  END IF;
  FOR l IN SELECT * FROM auth.laender() LOOP
    PERFORM set_config('app.land_id', l::text, true);
    RETURN QUERY
      SELECT a.key, a.name, o.key, o.kind, o.name, (SELECT count(*) FROM auth.membership m WHERE m.land_id = o.land_id AND m.org_id = o.org_id AND m.status = 'active')
      FROM portal.organisation o JOIN portal.land a USING (land_id)
      WHERE o.land_id = l;
  END LOOP;
  PERFORM set_config('app.land_id', own, true);
END $$;
CREATE OR REPLACE FUNCTION ctx.land_people() RETURNS TABLE (person_id uuid, name text, email text, active boolean, places text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.person_id, p.name, p.email, bool_or(m.status = 'active'), array_agg(DISTINCT o.short ORDER BY o.short)
  FROM auth.membership m
  JOIN auth.person p USING (person_id)
  JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
  WHERE m.land_id = ctx.land_id() AND ctx.scope() = 'land' AND p.erased_at IS NULL
  GROUP BY p.person_id $$;
DROP FUNCTION ctx.coordinates_alone(uuid);
DROP FUNCTION ctx.ended_before(uuid, uuid);
CREATE OR REPLACE FUNCTION ctx.open_session(p_issuer text, p_subject text, p_name text, p_email text, p_token bytea, p_id_token text,
  p_sid text, p_issued timestamptz, p_claims jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who uuid;
  membership uuid;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('sign-in ' || p_issuer, 0));
  PERFORM pg_advisory_xact_lock(hashtextextended('person ' || p_issuer || ' ' || p_subject, 0)); -- two first sign-ins make one person
  IF auth.logged_out(p_issuer, p_subject, p_sid, p_issued) THEN
    RETURN 'ended';
  END IF;
  UPDATE auth.person SET name = coalesce(NULLIF(p_name, ''), name), email = coalesce(NULLIF(p_email, ''), email)
    WHERE issuer = p_issuer AND subject = p_subject RETURNING person_id INTO who;
  who := auth.apply_claims(who, p_issuer, p_subject, p_name, p_email, p_claims);
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
DROP TRIGGER given_again ON auth.membership;
DROP FUNCTION auth.given_again();
ALTER TABLE auth.membership DROP COLUMN given_at;
COMMIT;
