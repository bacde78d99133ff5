BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.end_coordination(text, uuid, timestamptz, jsonb);
DROP FUNCTION ctx.uninvite_coordination(text, uuid, timestamptz);
DROP FUNCTION ctx.invite_coordination(text, uuid, text, timestamptz, timestamptz, jsonb);
DROP FUNCTION ctx.coordination(text);
DROP FUNCTION auth.platform_land(text);
CREATE OR REPLACE FUNCTION ctx.invitation_of(p_hash bytea) RETURNS TABLE (product text, org text, role text, email text, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l uuid;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l::text, true);
    RETURN QUERY
      SELECT a.product, o.name, i.role, i.email, i.expires_at
      FROM portal.invitation i JOIN portal.land a ON a.land_id = i.land_id JOIN portal.organisation o ON o.land_id = i.land_id AND o.org_id = i.org_id
      WHERE i.land_id = l AND i.token_hash = p_hash AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > clock_timestamp();
    EXIT WHEN FOUND;
  END LOOP;
  PERFORM set_config('app.land_id', '', true);
END $$;
CREATE OR REPLACE FUNCTION ctx.accept_invitation(p_hash bytea, p_issuer text, p_subject text, p_name text, p_email text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  i portal.invitation;
  l uuid;
  who uuid;
  given uuid;
  result text := 'gone';
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l::text, true);
    SELECT x.* INTO i FROM portal.invitation x
      WHERE x.land_id = l AND x.token_hash = p_hash AND x.accepted_at IS NULL AND x.withdrawn_at IS NULL AND x.expires_at > clock_timestamp()
      FOR UPDATE;
    CONTINUE WHEN NOT FOUND OR NOT EXISTS (SELECT FROM auth.membership m
      WHERE m.person_id = i.invited_by AND m.land_id = l AND m.status = 'active' AND (m.role = 'LK' OR m.role = 'KK' AND m.org_id = i.org_id));
    IF lower(i.email) <> lower(p_email) THEN
      result := 'address';
      EXIT;
    END IF;
    IF EXISTS (SELECT FROM auth.person p WHERE p.person_id = i.invited_by AND p.issuer = p_issuer AND p.subject = p_subject) THEN
      result := 'own';
      EXIT;
    END IF;
    INSERT INTO auth.person AS p (person_id, issuer, subject, name, email)
      VALUES (gen_random_uuid(), p_issuer, p_subject, coalesce(NULLIF(p_name, ''), p_email), p_email)
      ON CONFLICT (issuer, subject) DO UPDATE SET email = excluded.email RETURNING p.person_id INTO who;
    INSERT INTO auth.membership (membership_id, person_id, land_id, org_id, role) VALUES (gen_random_uuid(), who, l, i.org_id, i.role)
      ON CONFLICT (person_id, land_id, org_id, role) DO UPDATE SET status = 'active', rule_id = NULL, ended_by = NULL
      RETURNING membership_id INTO given;
    UPDATE portal.invitation SET accepted_at = clock_timestamp(), token_hash = NULL WHERE land_id = l AND invitation_id = i.invitation_id;
    PERFORM set_config('app.org_id', i.org_id::text, true), set_config('app.person_id', who::text, true), set_config('app.scope', 'body', true);
    INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, parent, title, visibility, changes)
    VALUES (l, i.org_id, clock_timestamp(), who, i.org_id, 'member.joined', 'membership', given, i.invitation_id, 'Zugang durch Einladung', 'org',
      jsonb_build_array(jsonb_build_object('field', 'Rolle', 'old', '', 'new', i.role)));
    PERFORM set_config('app.org_id', '', true), set_config('app.person_id', '', true), set_config('app.scope', '', true);
    result := 'accepted';
    EXIT;
  END LOOP;
  PERFORM set_config('app.land_id', '', true);
  RETURN result;
END $$;
DROP FUNCTION ctx.platform_organisations();
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
REVOKE EXECUTE ON FUNCTION ctx.platform_organisations() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.platform_organisations() TO portal_app;
CREATE OR REPLACE FUNCTION ctx.end_membership(p_membership uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  m auth.membership;
BEGIN
  SELECT x.* INTO m FROM auth.membership x
    WHERE x.membership_id = p_membership AND x.land_id = ctx.land_id() AND x.status = 'active' AND (x.org_id = ctx.org_id() OR ctx.scope() = 'land');
  IF m.membership_id IS NULL THEN
    RETURN 'missing';
  END IF;
  IF m.role IN ('KK', 'LK') THEN
    -- two who end each other's wait here, and the second finds one left
    PERFORM pg_advisory_xact_lock(hashtextextended('members ' || m.org_id, 0));
    IF NOT EXISTS (SELECT FROM auth.membership x
        WHERE x.land_id = m.land_id AND x.org_id = m.org_id AND x.role = m.role AND x.status = 'active' AND x.membership_id <> m.membership_id) THEN
      RETURN 'last';
    END IF;
  END IF;
  UPDATE auth.membership SET status = 'ended', ended_by = ctx.person_id() WHERE membership_id = p_membership;
  RETURN 'ended';
END $$;
CREATE OR REPLACE FUNCTION auth.last_coordination(p_person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM auth.membership m
    WHERE m.person_id = p_person AND m.status = 'active' AND m.role IN ('KK', 'LK') AND NOT EXISTS (
      SELECT FROM auth.membership x WHERE x.land_id = m.land_id AND x.org_id = m.org_id AND x.role = m.role AND x.status = 'active' AND x.person_id <> m.person_id)) $$;
DROP FUNCTION auth.coordinates(uuid, uuid, text, uuid);
DROP FUNCTION auth.laender();
DROP POLICY platform_changes_them ON portal.invitation;
DROP POLICY platform_invites_coordinations ON portal.invitation;
ALTER TABLE portal.invitation
  DROP CONSTRAINT invitation_role_check,
  ADD CONSTRAINT invitation_role_check CHECK (role IN ('LR', 'FE', 'FL', 'KK', 'KB', 'IT', 'GR')) NOT VALID;
COMMIT;
