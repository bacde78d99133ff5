BEGIN;
SET LOCAL ROLE portal_owner;
ALTER TABLE portal.land ADD COLUMN claims_grant boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN portal.land.claims_grant IS 'Whether rules give people their roles at sign-in. Off, until the Land''s coordination turns it on.';
GRANT UPDATE (claims_grant) ON portal.land TO portal_app;

-- rule_id says which rule gave a membership; NULL: somebody did, by hand. ended_by: no rule revives what a person ended.
ALTER TABLE auth.membership ADD COLUMN rule_id uuid;
ALTER TABLE auth.membership ADD COLUMN ended_by uuid;

CREATE TABLE portal.claim_rule (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  rule_id uuid NOT NULL,
  claim text NOT NULL CHECK (claim <> ''),
  value text NOT NULL CHECK (value <> ''),
  target uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('LR', 'FE', 'FL', 'KK', 'IT', 'GR')),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, rule_id),
  CONSTRAINT claim_rule_once UNIQUE (land_id, claim, value, target, role),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, target) REFERENCES portal.organisation);
COMMENT ON TABLE portal.claim_rule IS 'Whoever the provider says this of gets this role there, when they sign in. A rule gives what the coordination could give by hand, and nothing to the person who made it.';
CALL portal.wall('portal.claim_rule');
CREATE POLICY land_writes ON portal.claim_rule FOR ALL
  USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY signing_in ON portal.claim_rule FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
GRANT SELECT, INSERT, DELETE ON portal.claim_rule TO portal_app;

-- claim_says compares a claim: its whole name first, since names may be addresses with dots, then as a path with dots.
-- Of a list, one entry must be the value.
CREATE FUNCTION auth.claim_says(p_claims jsonb, p_name text, p_value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(CASE jsonb_typeof(c) WHEN 'array' THEN c ? p_value WHEN 'object' THEN false ELSE c #>> '{}' = p_value END, false)
  FROM coalesce(p_claims -> p_name, p_claims #> string_to_array(p_name, '.')) AS c $$;

-- judge_claims is the one place that says what rules make of claims, at sign-in and in a trial, in the Land of the
-- context: differs; own (the person made the rule); gone (the organisation); by hand (has it anyway); has; ended (by a
-- person); grants.
CREATE FUNCTION auth.judge_claims(p_person uuid, p_claims jsonb)
RETURNS TABLE (rule_id uuid, claim text, value text, owner uuid, org_id uuid, org text, role text, verdict text) LANGUAGE sql STABLE AS $$
  SELECT r.rule_id, r.claim, r.value, r.org_id, r.target, o.name, r.role,
    CASE WHEN NOT auth.claim_says(p_claims, r.claim, r.value) THEN 'differs'
      WHEN r.changed_by = p_person THEN 'own'
      WHEN o.valid_to < current_date THEN 'gone'
      WHEN m.status = 'active' AND m.rule_id IS NULL THEN 'by hand'
      WHEN m.status = 'active' THEN 'has'
      WHEN m.ended_by IS NOT NULL THEN 'ended'
      ELSE 'grants' END
  FROM portal.claim_rule r
  JOIN portal.organisation o ON o.land_id = r.land_id AND o.org_id = r.target
  LEFT JOIN auth.membership m ON m.person_id = p_person AND m.land_id = r.land_id AND m.org_id = r.target AND m.role = r.role
  WHERE r.land_id = ctx.land_id() $$;

-- note_grant writes the trail of a membership that a rule gave or ended.
CREATE FUNCTION auth.note_grant(p_membership uuid, p_action text, p_rule text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  m auth.membership;
  coordination uuid;
BEGIN
  SELECT * INTO m FROM auth.membership WHERE membership_id = p_membership;
  SELECT o.org_id INTO coordination FROM portal.organisation o
    WHERE o.land_id = m.land_id AND o.kind = 'state_coordination' ORDER BY o.key LIMIT 1;
  PERFORM set_config('app.org_id', coordination::text, true), set_config('app.person_id', ctx.automatic()::text, true),
    set_config('app.scope', 'land', true);
  INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, title, visibility, changes)
  VALUES (m.land_id, m.org_id, clock_timestamp(), ctx.automatic(), coordination, p_action, 'membership', m.membership_id, 'Zugang durch Anmelderegel', 'org',
    jsonb_build_array(jsonb_build_object('field', 'Regel', 'old', '', 'new', p_rule),
      jsonb_build_object('field', 'Rolle', 'old', CASE WHEN m.status = 'active' THEN '' ELSE m.role END, 'new', CASE WHEN m.status = 'active' THEN m.role ELSE '' END)));
  PERFORM set_config('app.org_id', '', true), set_config('app.person_id', '', true), set_config('app.scope', '', true);
END $$;

-- apply_claims gives a person what the rules of the Lands say, ends what rules once gave and give no more, and returns
-- who that is: a new person, if a rule speaks for one.
CREATE FUNCTION auth.apply_claims(p_who uuid, p_issuer text, p_subject text, p_name text, p_email text, p_claims jsonb) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  who uuid := p_who;
  l uuid;
  j record;
  given uuid;
  active boolean;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l::text, true);
    SELECT a.claims_grant INTO active FROM portal.land a WHERE a.land_id = l;
    FOR j IN SELECT DISTINCT ON (v.org_id, v.role) v.* FROM auth.judge_claims(who, p_claims) v
        WHERE active AND v.verdict = 'grants' ORDER BY v.org_id, v.role, v.rule_id LOOP
      IF who IS NULL THEN
        INSERT INTO auth.person (person_id, issuer, subject, name, email)
          VALUES (gen_random_uuid(), p_issuer, p_subject, coalesce(NULLIF(p_name, ''), p_subject), p_email) RETURNING person_id INTO who;
      END IF;
      INSERT INTO auth.membership (membership_id, person_id, land_id, org_id, role, rule_id)
        VALUES (gen_random_uuid(), who, l, j.org_id, j.role, j.rule_id)
        ON CONFLICT (person_id, land_id, org_id, role) DO UPDATE SET status = 'active', rule_id = excluded.rule_id
        RETURNING membership_id INTO given;
      PERFORM auth.note_grant(given, 'member.granted', j.claim || ' = ' || j.value);
    END LOOP;
    FOR given IN UPDATE auth.membership m SET status = 'ended'
        WHERE m.person_id = who AND m.land_id = l AND m.status = 'active' AND m.rule_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM auth.judge_claims(who, p_claims) v WHERE active AND v.org_id = m.org_id AND v.role = m.role AND v.verdict IN ('has', 'grants'))
        RETURNING m.membership_id LOOP
      PERFORM auth.note_grant(given, 'member.ended', '');
    END LOOP;
  END LOOP;
  PERFORM set_config('app.land_id', '', true);
  RETURN who;
END $$;

DROP FUNCTION ctx.open_session(text, text, text, text, bytea, text, text, timestamptz);
-- open_session opens a session for a person the provider vouched for: 'open'; 'unknown' without an active membership,
-- 'ended' if the provider has ended its own session meanwhile. Of several memberships the last one used counts.
CREATE FUNCTION ctx.open_session(p_issuer text, p_subject text, p_name text, p_email text, p_token bytea, p_id_token text,
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

CREATE OR REPLACE FUNCTION ctx.sign_in(p_issuer text, p_subject text, p_name text, p_email text, p_token bytea, p_id_token text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT ctx.open_session(p_issuer, p_subject, p_name, p_email, p_token, p_id_token, '', clock_timestamp(), '{}') = 'open' $$;

-- try_claims says what would come of a sign-in in the Land of the context, and which rule says so. Memberships that the
-- person has by hand come along without a rule.
CREATE FUNCTION ctx.try_claims(p_claims jsonb) RETURNS TABLE (rule_id uuid, claim text, value text, org text, role text, verdict text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  who uuid;
BEGIN
  IF ctx.scope() IS DISTINCT FROM 'land' THEN
    RETURN;
  END IF;
  SELECT p.person_id INTO who FROM auth.person p WHERE p.issuer = p_claims ->> 'iss' AND p.subject = p_claims ->> 'sub';
  RETURN QUERY SELECT j.rule_id, j.claim, j.value, j.org, j.role, j.verdict FROM auth.judge_claims(who, p_claims) j;
  RETURN QUERY SELECT NULL::uuid, ''::text, ''::text, o.name, m.role, 'by hand'::text
    FROM auth.membership m JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
    WHERE m.person_id = who AND m.land_id = ctx.land_id() AND m.status = 'active' AND m.rule_id IS NULL;
END $$;

-- rule_members counts whom a rule lets in; end_rule ends them. Both are for the Land whose rule it is.
CREATE FUNCTION ctx.rule_members() RETURNS TABLE (rule_id uuid, people int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.rule_id, count(*)::int FROM auth.membership m
  WHERE m.land_id = ctx.land_id() AND ctx.scope() = 'land' AND m.status = 'active' AND m.rule_id IS NOT NULL
  GROUP BY m.rule_id $$;
CREATE FUNCTION ctx.end_rule(p_rule uuid) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH ended AS (
    UPDATE auth.membership m SET status = 'ended'
    WHERE m.land_id = ctx.land_id() AND ctx.scope() = 'land' AND m.status = 'active' AND m.rule_id = p_rule
    RETURNING 1)
  SELECT count(*)::int FROM ended $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA auth FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION ctx.open_session(text, text, text, text, bytea, text, text, timestamptz, jsonb), ctx.try_claims(jsonb), ctx.rule_members(), ctx.end_rule(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.open_session(text, text, text, text, bytea, text, text, timestamptz, jsonb), ctx.try_claims(jsonb), ctx.rule_members(), ctx.end_rule(uuid) TO portal_app;
COMMIT;
