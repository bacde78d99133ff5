BEGIN;
SET LOCAL ROLE portal_owner;
-- The platform's administration invites the coordination of a Land, and nobody else does.
ALTER TABLE portal.invitation
  DROP CONSTRAINT invitation_role_check,
  ADD CONSTRAINT invitation_role_check CHECK (role IN ('LK', 'LR', 'FE', 'FL', 'KK', 'KB', 'IT', 'GR'));
CREATE POLICY platform_invites_coordinations ON portal.invitation AS RESTRICTIVE FOR INSERT TO portal_app WITH CHECK (role <> 'LK');
CREATE POLICY platform_changes_them ON portal.invitation AS RESTRICTIVE FOR UPDATE TO portal_app
  USING (role <> 'LK' OR (SELECT ctx.person_id()) = ctx.automatic()) WITH CHECK (role <> 'LK' OR (SELECT ctx.person_id()) = ctx.automatic());

-- laender are all that somebody has set up: also those in which nobody has a role yet.
CREATE FUNCTION auth.laender() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT m.land_id FROM auth.membership m UNION SELECT h.land_id FROM auth.chain_head h $$;

-- auth.coordinates says whether somebody who can sign in coordinates an organisation, besides one person. The technical
-- person under whose name data are imported has the role and nobody behind it.
CREATE FUNCTION auth.coordinates(p_land uuid, p_org uuid, p_role text, p_besides uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM auth.membership x JOIN auth.person p USING (person_id)
    WHERE x.land_id = p_land AND x.org_id = p_org AND x.role = p_role AND x.status = 'active' AND x.person_id <> p_besides AND p.issuer <> 'portal:import') $$;
CREATE OR REPLACE FUNCTION auth.last_coordination(p_person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM auth.membership m
    WHERE m.person_id = p_person AND m.status = 'active' AND m.role IN ('KK', 'LK') AND NOT auth.coordinates(m.land_id, m.org_id, m.role, m.person_id)) $$;
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
    IF NOT auth.coordinates(m.land_id, m.org_id, m.role, m.person_id) THEN
      RETURN 'last';
    END IF;
  END IF;
  UPDATE auth.membership SET status = 'ended', ended_by = ctx.person_id() WHERE membership_id = p_membership;
  RETURN 'ended';
END $$;

-- platform_organisations is all that the platform's administration sees of the Länder: names, no contents.
DROP FUNCTION ctx.platform_organisations();
CREATE FUNCTION ctx.platform_organisations() RETURNS TABLE (land_key text, land text, org_key text, kind text, name text, people bigint)
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

-- platform_land finds a Land by its key, and the organisation that coordinates it today; no row for anybody but the
-- platform's administration.
CREATE FUNCTION auth.platform_land(p_key text) RETURNS TABLE (land_id uuid, org_id uuid, land text, org text, org_key text)
LANGUAGE plpgsql AS $$
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
      SELECT a.land_id, o.org_id, a.name, o.name, o.key
      FROM portal.land a JOIN portal.organisation o USING (land_id)
      CROSS JOIN LATERAL (SELECT count(*) AS n FROM auth.membership m JOIN auth.person p USING (person_id)
        WHERE m.land_id = o.land_id AND m.org_id = o.org_id AND m.role = 'LK' AND m.status = 'active' AND p.issuer <> 'portal:import') c
      WHERE a.land_id = l AND a.key = p_key AND o.kind = 'state_coordination'
      ORDER BY o.valid_to IS NOT NULL, c.n DESC, o.key
      LIMIT 1;
  END LOOP;
  PERFORM set_config('app.land_id', own, true);
END $$;

-- coordination is what the platform's administration sees of who coordinates a Land: those whose role it may end, without
-- their addresses, and whom it has invited.
CREATE FUNCTION ctx.coordination(p_key text) RETURNS TABLE (land text, org text, members jsonb, invitations jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  l record;
BEGIN
  SELECT * INTO l FROM auth.platform_land(p_key);
  IF l.land_id IS NULL THEN
    RETURN;
  END IF;
  PERFORM set_config('app.land_id', l.land_id::text, true);
  RETURN QUERY SELECT l.land, l.org, (
    SELECT coalesce(jsonb_agg(jsonb_build_object('ID', m.membership_id, 'Person', m.person_id, 'Name', p.name, 'Role', m.role) ORDER BY p.name COLLATE "de-x-icu", m.membership_id), '[]')
    FROM auth.membership m JOIN auth.person p USING (person_id)
    WHERE m.land_id = l.land_id AND m.org_id = l.org_id AND m.role = 'LK' AND m.status = 'active' AND p.issuer <> 'portal:import'), (
    SELECT coalesce(jsonb_agg(jsonb_build_object('ID', i.invitation_id, 'Email', i.email, 'Role', i.role, 'ExpiresAt', i.expires_at, 'Mail', i.mail,
      'Expired', i.expires_at <= clock_timestamp()) ORDER BY i.created_at DESC, i.invitation_id), '[]')
    FROM portal.invitation i WHERE i.land_id = l.land_id AND i.org_id = l.org_id AND i.role = 'LK' AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL);
  PERFORM set_config('app.land_id', own, true);
END $$;

-- invite_coordination offers the coordination of a Land to an address: 'invited', and every coordinator of the Land hears of
-- it by mail; 'repeated' for the same invitation, 'has' for somebody who has the role, 'own' for the inviter's own address,
-- 'missing' without such a Land.
CREATE FUNCTION ctx.invite_coordination(p_key text, p_invitation uuid, p_email text, p_now timestamptz, p_expires timestamptz, p_notice jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  own_org text := current_setting('app.org_id', true);
  own_scope text := current_setting('app.scope', true);
  l record;
  result text := 'invited';
BEGIN
  SELECT * INTO l FROM auth.platform_land(p_key);
  IF l.land_id IS NULL THEN
    RETURN 'missing';
  END IF;
  IF EXISTS (SELECT FROM auth.person p WHERE p.person_id = ctx.person_id() AND lower(p.email) = lower(p_email)) THEN
    RETURN 'own';
  END IF;
  IF EXISTS (SELECT FROM auth.membership m JOIN auth.person p USING (person_id)
      WHERE m.land_id = l.land_id AND m.org_id = l.org_id AND m.role = 'LK' AND m.status = 'active' AND lower(p.email) = lower(p_email)) THEN
    RETURN 'has';
  END IF;
  PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.org_id', l.org_id::text, true), set_config('app.scope', 'land', true);
  UPDATE portal.invitation SET withdrawn_at = p_now, token_hash = NULL
    WHERE land_id = l.land_id AND org_id = l.org_id AND role = 'LK' AND lower(email) = lower(p_email) AND invitation_id <> p_invitation
      AND accepted_at IS NULL AND withdrawn_at IS NULL;
  INSERT INTO portal.invitation (land_id, org_id, invitation_id, email, role, invited_by, created_at, expires_at)
    VALUES (l.land_id, l.org_id, p_invitation, p_email, 'LK', ctx.person_id(), p_now, p_expires)
    ON CONFLICT (land_id, invitation_id) DO NOTHING;
  IF FOUND THEN
    INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, title, visibility, changes)
      VALUES (l.land_id, l.org_id, p_now, ctx.person_id(), l.org_id, 'member.platform-invited', 'invitation', p_invitation, 'Einladung', 'org',
        jsonb_build_array(jsonb_build_object('field', 'Rolle', 'old', '', 'new', 'LK')));
    PERFORM ctx.tell(jsonb_build_array(p_notice || jsonb_build_object('orgs', jsonb_build_array(l.org_id), 'path', '/organisationen/' || l.org_key || '/mitglieder')));
    PERFORM ctx.add_job('identity.invite', jsonb_build_object('invitation', p_invitation), NULL);
  ELSE
    result := 'repeated';
  END IF;
  PERFORM set_config('app.land_id', own, true), set_config('app.org_id', own_org, true), set_config('app.scope', own_scope, true);
  RETURN result;
END $$;

-- uninvite_coordination takes such an invitation back; false if it is not open.
CREATE FUNCTION ctx.uninvite_coordination(p_key text, p_invitation uuid, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  own_org text := current_setting('app.org_id', true);
  own_scope text := current_setting('app.scope', true);
  l record;
  done boolean := false;
BEGIN
  SELECT * INTO l FROM auth.platform_land(p_key);
  IF l.land_id IS NULL THEN
    RETURN false;
  END IF;
  PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.org_id', l.org_id::text, true), set_config('app.scope', 'land', true);
  UPDATE portal.invitation SET withdrawn_at = p_now, token_hash = NULL
    WHERE land_id = l.land_id AND invitation_id = p_invitation AND role = 'LK' AND accepted_at IS NULL AND withdrawn_at IS NULL;
  IF FOUND THEN
    done := true;
    INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, title, visibility, changes)
      VALUES (l.land_id, l.org_id, p_now, ctx.person_id(), l.org_id, 'member.platform-uninvited', 'invitation', p_invitation, 'Einladung', 'org',
        jsonb_build_array(jsonb_build_object('field', 'Rolle', 'old', 'LK', 'new', '')));
  END IF;
  PERFORM set_config('app.land_id', own, true), set_config('app.org_id', own_org, true), set_config('app.scope', own_scope, true);
  RETURN done;
END $$;

-- end_coordination ends the role of somebody who coordinates a Land: 'ended'; 'last' for the last one, who stays; 'missing' if
-- there is none such. The others of the Land hear of it.
CREATE FUNCTION ctx.end_coordination(p_key text, p_membership uuid, p_now timestamptz, p_notice jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  own_org text := current_setting('app.org_id', true);
  own_scope text := current_setting('app.scope', true);
  l record;
  result text;
BEGIN
  SELECT * INTO l FROM auth.platform_land(p_key);
  IF NOT EXISTS (SELECT FROM auth.membership m JOIN auth.person p USING (person_id)
      WHERE m.membership_id = p_membership AND m.land_id = l.land_id AND m.org_id = l.org_id AND m.role = 'LK' AND p.issuer <> 'portal:import') THEN
    RETURN 'missing';
  END IF;
  PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.org_id', l.org_id::text, true), set_config('app.scope', 'land', true);
  result := ctx.end_membership(p_membership);
  IF result = 'ended' THEN
    INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, title, visibility, changes)
      VALUES (l.land_id, l.org_id, p_now, ctx.person_id(), l.org_id, 'member.platform-ended', 'membership', p_membership, 'Zugang', 'org',
        jsonb_build_array(jsonb_build_object('field', 'Rolle', 'old', 'LK', 'new', '')));
    PERFORM ctx.tell(jsonb_build_array(p_notice || jsonb_build_object('orgs', jsonb_build_array(l.org_id), 'path', '/organisationen/' || l.org_key || '/mitglieder')));
  END IF;
  PERFORM set_config('app.land_id', own, true), set_config('app.org_id', own_org, true), set_config('app.scope', own_scope, true);
  RETURN result;
END $$;

-- An invitation may now be the first of its Land, and from the platform's administration.
CREATE OR REPLACE FUNCTION ctx.invitation_of(p_hash bytea) RETURNS TABLE (product text, org text, role text, email text, expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l uuid;
BEGIN
  FOR l IN SELECT * FROM auth.laender() LOOP
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
  FOR l IN SELECT * FROM auth.laender() LOOP
    PERFORM set_config('app.land_id', l::text, true);
    SELECT x.* INTO i FROM portal.invitation x
      WHERE x.land_id = l AND x.token_hash = p_hash AND x.accepted_at IS NULL AND x.withdrawn_at IS NULL AND x.expires_at > clock_timestamp()
      FOR UPDATE;
    CONTINUE WHEN NOT FOUND OR NOT EXISTS (SELECT FROM auth.membership m
      WHERE m.person_id = i.invited_by AND m.status = 'active' AND CASE WHEN i.role = 'LK' THEN m.role = 'PA'
        ELSE m.land_id = l AND (m.role = 'LK' OR m.role = 'KK' AND m.org_id = i.org_id) END);
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

REVOKE EXECUTE ON FUNCTION auth.laender(), auth.coordinates(uuid, uuid, text, uuid), auth.platform_land(text), ctx.platform_organisations(), ctx.coordination(text),
  ctx.invite_coordination(text, uuid, text, timestamptz, timestamptz, jsonb), ctx.uninvite_coordination(text, uuid, timestamptz), ctx.end_coordination(text, uuid, timestamptz, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.platform_organisations(), ctx.coordination(text),
  ctx.invite_coordination(text, uuid, text, timestamptz, timestamptz, jsonb), ctx.uninvite_coordination(text, uuid, timestamptz), ctx.end_coordination(text, uuid, timestamptz, jsonb) TO portal_app;
COMMIT;
