BEGIN;
SET LOCAL ROLE portal_owner;
-- Which role was given last, which had ended before, and which has nobody behind it.
ALTER TABLE auth.membership ADD COLUMN given_at timestamptz;
ALTER TABLE auth.membership ALTER COLUMN given_at SET DEFAULT clock_timestamp();
COMMENT ON COLUMN auth.membership.given_at IS 'When the role was given, or given again by an invitation. NULL: before that was noted.';

-- a role that is given again by an invitation counts as new
CREATE FUNCTION auth.given_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.given_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER given_again BEFORE UPDATE OF status ON auth.membership FOR EACH ROW WHEN (OLD.status = 'ended' AND NEW.status = 'active')
  EXECUTE FUNCTION auth.given_again();

-- open_session opens a session for a person the provider vouched for: 'open'; 'unknown' without an active membership,
-- 'ended' if the provider has ended its own session meanwhile. Of several memberships the one counts that was used or given
-- last: whoever takes an invitation stands where it leads.
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
    ORDER BY greatest(m.given_at, (SELECT max(s.created_at) FROM auth.session s WHERE s.membership_id = m.membership_id)) DESC NULLS LAST, m.membership_id
    LIMIT 1;
  IF membership IS NULL THEN
    RETURN 'unknown';
  END IF;
  INSERT INTO auth.session (token_hash, membership_id, id_token, sid, expires_at)
    VALUES (p_token, membership, p_id_token, p_sid, clock_timestamp() + interval '10 hours');
  RETURN 'open';
END $$;

-- ended_before says that a role in an organisation of the context has ended: two who end it at once want the same.
CREATE FUNCTION ctx.ended_before(p_org uuid, p_membership uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM auth.membership m
    WHERE m.membership_id = p_membership AND m.land_id = ctx.land_id() AND m.org_id = p_org AND m.status = 'ended'
      AND (ctx.scope() = 'land' OR ctx.scope() = 'body' AND m.org_id = ctx.org_id())) $$;

-- coordinates_alone says that nobody else of the Land's coordination could approve what the context asks for one person.
CREATE FUNCTION ctx.coordinates_alone(p_besides uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT ctx.scope() = 'land' AND NOT EXISTS (SELECT FROM auth.membership x JOIN auth.person p USING (person_id)
    WHERE x.land_id = ctx.land_id() AND x.role = 'LK' AND x.status = 'active' AND x.person_id NOT IN (ctx.person_id(), p_besides) AND p.issuer <> 'portal:import') $$;
REVOKE EXECUTE ON FUNCTION auth.given_again(), ctx.ended_before(uuid, uuid), ctx.coordinates_alone(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.ended_before(uuid, uuid), ctx.coordinates_alone(uuid) TO portal_app;

-- land_people are those the Land answers for: everybody with a role in it, now or once, who is not erased.
CREATE OR REPLACE FUNCTION ctx.land_people() RETURNS TABLE (person_id uuid, name text, email text, active boolean, places text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.person_id, p.name, p.email, bool_or(m.status = 'active'), array_agg(DISTINCT o.short ORDER BY o.short)
  FROM auth.membership m
  JOIN auth.person p USING (person_id)
  JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
  WHERE m.land_id = ctx.land_id() AND ctx.scope() = 'land' AND p.issuer <> 'portal:import' AND p.erased_at IS NULL
  GROUP BY p.person_id $$;

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
      SELECT a.key, a.name, o.key, o.kind, o.name, (SELECT count(DISTINCT m.person_id) FROM auth.membership m JOIN auth.person p USING (person_id)
        WHERE m.land_id = o.land_id AND m.org_id = o.org_id AND m.status = 'active' AND p.issuer <> 'portal:import')
      FROM portal.organisation o JOIN portal.land a USING (land_id)
      WHERE o.land_id = l;
  END LOOP;
  PERFORM set_config('app.land_id', own, true);
END $$;
COMMIT;
