BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.invitation (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  invitation_id uuid NOT NULL,
  email text NOT NULL CHECK (email LIKE '%@%'),
  role text NOT NULL CHECK (role IN ('LR', 'FE', 'FL', 'KK', 'KB', 'IT', 'GR')),
  token_hash bytea UNIQUE CHECK (octet_length(token_hash) = 32),
  invited_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  mail text NOT NULL DEFAULT 'waiting' CHECK (mail IN ('waiting', 'sent', 'refused')),
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (land_id, invitation_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.invitation IS 'A role offered to whoever reads the mails of an address: once, for 72 hours. The mail alone carries the token, the row only its hash.';
CREATE INDEX invitation_by_org ON portal.invitation (land_id, org_id, created_at DESC);
CREATE UNIQUE INDEX invitation_open ON portal.invitation (land_id, org_id, role, lower(email)) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CALL portal.wall('portal.invitation');
CREATE POLICY those_who_invite ON portal.invitation FOR ALL
  USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land') WITH CHECK (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land');
CREATE POLICY accepting ON portal.invitation FOR ALL TO portal_owner USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()));
GRANT SELECT, INSERT, UPDATE ON portal.invitation TO portal_app;

-- members lists who belongs to an organisation, as far as the context may know.
CREATE FUNCTION ctx.members(p_org uuid) RETURNS TABLE (membership_id uuid, person_id uuid, name text, email text, role text, automatic boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.membership_id, m.person_id, p.name, p.email, m.role, m.rule_id IS NOT NULL
  FROM auth.membership m JOIN auth.person p USING (person_id)
  WHERE m.land_id = ctx.land_id() AND m.org_id = p_org AND m.status = 'active' AND (m.org_id = ctx.org_id() OR ctx.scope() = 'land') $$;

-- end_membership ends a person's role: 'ended'; 'last' for the last coordination of a body or a Land, which stays;
-- 'missing' if there is none such. Sessions under it are dead from the next request on.
CREATE FUNCTION ctx.end_membership(p_membership uuid) RETURNS text
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

-- invitation_of says what an open invitation offers to whoever holds its token.
CREATE FUNCTION ctx.invitation_of(p_hash bytea) RETURNS TABLE (product text, org text, role text, email text, expires_at timestamptz)
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

-- accept_invitation gives the role to a person the provider vouched for: 'accepted'; 'address' if the invitation is for
-- another address, 'own' if the person invited themself; else 'gone'. Whoever invited must still be allowed to.
CREATE FUNCTION ctx.accept_invitation(p_hash bytea, p_issuer text, p_subject text, p_name text, p_email text) RETURNS text
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

REVOKE EXECUTE ON FUNCTION ctx.members(uuid), ctx.end_membership(uuid), ctx.invitation_of(bytea), ctx.accept_invitation(bytea, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.members(uuid), ctx.end_membership(uuid), ctx.invitation_of(bytea), ctx.accept_invitation(bytea, text, text, text, text) TO portal_app;
COMMIT;
