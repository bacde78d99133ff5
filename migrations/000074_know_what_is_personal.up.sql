BEGIN;
SET LOCAL ROLE portal_owner;
-- Which columns say who did something, and which tables are somebody's own. A test walks the catalogue and fails on a
-- column that could name a person and stands neither here nor among those that are exempt with a reason.
CREATE TABLE auth.person_column (
  tab regclass NOT NULL,
  col name NOT NULL,
  title text NOT NULL,
  owned boolean NOT NULL,
  PRIMARY KEY (tab, col));
COMMENT ON TABLE auth.person_column IS 'Columns that name a person: what Art. 15 DSGVO has to tell of. Owned rows are the person''s own business and are told whole, of others only what was done when.';

-- subject is whom an export is about. Only the functions below set it; it opens nothing for the application's role.
CREATE FUNCTION ctx.subject() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('app.subject', true), '')::uuid $$;

-- person registers the person columns of a table, as wall puts the wall around it: every table with such columns calls it.
CREATE PROCEDURE portal.person(tab regclass, cols name[], title text, owned boolean DEFAULT false) LANGUAGE plpgsql AS $$
DECLARE
  mine text := (SELECT string_agg(format('%I = (SELECT ctx.subject())', c), ' OR ') FROM unnest(cols) AS c);
BEGIN
  EXECUTE format('CREATE POLICY subject ON %s FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()) AND (%s))', tab, mine);
  INSERT INTO auth.person_column SELECT tab, c, title, owned FROM unnest(cols) AS c;
END $$;
REVOKE EXECUTE ON PROCEDURE portal.person(regclass, name[], text, boolean) FROM PUBLIC;

CALL portal.person('portal.delegation', '{from_person,to_person}', 'Vertretungen', true);
CALL portal.person('portal.mail', '{person_id}', 'E-Mails an die Person', true);
CALL portal.person('portal.mail_setting', '{person_id}', 'Einstellungen für E-Mails', true);
CALL portal.person('portal.notice', '{person_id}', 'Mitteilungen an die Person', true);
CALL portal.person('portal.question_post', '{by_person}', 'Beiträge zu Fragen', true);
CALL portal.person('portal.question_seen', '{person_id}', 'Gelesene Fragen', true);
CALL portal.person('portal.saved_view', '{person_id}', 'Ansichten der Matrix', true);
CALL portal.person('portal.assessment', '{saved_by}', 'Wirtschaftlichkeitsbetrachtungen');
CALL portal.person('portal.assessment_option', '{saved_by}', 'Alternativen von Wirtschaftlichkeitsbetrachtungen');
CALL portal.person('portal.audit_event', '{actor}', 'Verlauf');
CALL portal.person('portal.barrier_report', '{answered_by}', 'Gemeldete Barrieren');
CALL portal.person('portal.batch', '{made_by}', 'Sammeländerungen');
CALL portal.person('portal.claim_rule', '{changed_by}', 'Anmelderegeln');
CALL portal.person('portal.condition', '{reported_by,settled_by}', 'Auflagen');
CALL portal.person('portal.decision', '{decided_by,requested_by,revoked_by,submitted_by}', 'Nachnutzungsentscheidungen');
CALL portal.person('portal.evidence', '{deleted_by,uploaded_by}', 'Nachweise');
CALL portal.person('portal.experience', '{released_by,withdrawn_by}', 'Erfahrungen');
CALL portal.person('portal.funding', '{saved_by}', 'Finanzierungen');
CALL portal.person('portal.help', '{published_by,withdrawn_by}', 'Hilfen');
CALL portal.person('portal.hint', '{taken_by}', 'Hinweise');
CALL portal.person('portal.invitation', '{invited_by}', 'Einladungen');
CALL portal.person('portal.legal_text', '{published_by}', 'Pflichtseiten');
CALL portal.person('portal.matter', '{changed_by}', 'Grundsatzentscheidungen');
CALL portal.person('portal.obstacle', '{changed_by}', 'Hürden');
CALL portal.person('portal.onboarding_basis', '{overruled_by}', 'Ausnahmen von Basisaufgaben');
CALL portal.person('portal.opinion', '{answered_by,asked_by}', 'Stellungnahmen');
CALL portal.person('portal.pilot_application', '{applied_by}', 'Bewerbungen als Pilotkommune');
CALL portal.person('portal.pilot_call', '{decided_by,published_by}', 'Pilotaufrufe');
CALL portal.person('portal.profile_fact', '{confirmed_by}', 'Angaben im Profil');
CALL portal.person('portal.question', '{asked_by,last_by}', 'Fragen');
CALL portal.person('portal.review', '{reviewed_by}', 'Prüfungen');
CALL portal.person('portal.rollin', '{started_by}', 'Roll-ins');
CALL portal.person('portal.rollin_draft', '{changed_by}', 'Geplante Roll-ins');
CALL portal.person('portal.rollin_left_out', '{left_out_by}', 'Ausgenommene Einheiten');
CALL portal.person('portal.rollin_letter', '{sent_by}', 'Schreiben zum Roll-in');
CALL portal.person('portal.service', '{changed_by}', 'Leistungen');
CALL portal.person('portal.service_fact', '{saved_by}', 'Angaben zu Leistungen');
CALL portal.person('portal.step', '{changed_by,submitted_by}', 'Aufgaben');
CALL portal.person('portal.template_version', '{published_by}', 'Vorlagen');
CALL portal.person('portal.waiting', '{ended_by,started_by}', 'Abgegebene Aufgaben');
CALL portal.person('portal.wave_evaluation', '{decided_by}', 'Auswertungen von Wellen');

-- may_know says whether the context may know a person: oneself, and the Land's coordination everybody who has or had a
-- role in the Land.
CREATE FUNCTION auth.may_know(p_person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT ctx.land_id() IS NOT NULL AND (p_person = ctx.person_id()
    OR ctx.scope() = 'land' AND EXISTS (SELECT FROM auth.membership m WHERE m.person_id = p_person AND m.land_id = ctx.land_id())) $$;

-- person_data is all that the Land of the context holds on a person. To themself it tells what is their own whole; to the
-- coordination only what was done when, for a ministry's or a body's private texts are not the Land's to read.
CREATE FUNCTION ctx.person_data(p_person uuid) RETURNS TABLE (title text, part text, entries jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  whole boolean := p_person = ctx.person_id();
  c record;
  keep text[];
  found jsonb;
BEGIN
  IF NOT auth.may_know(p_person) THEN
    RETURN;
  END IF;
  PERFORM set_config('app.subject', p_person::text, true);
  RETURN QUERY SELECT 'Person'::text, ''::text, jsonb_agg(jsonb_build_object('name', p.name, 'email', p.email, 'issuer', p.issuer, 'subject', p.subject))
    FROM auth.person p WHERE p.person_id = p_person;
  RETURN QUERY SELECT 'Zugänge'::text, ''::text, jsonb_agg(jsonb_build_object('org', o.name, 'role', m.role, 'status', m.status) ORDER BY m.membership_id)
    FROM auth.membership m JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
    WHERE m.person_id = p_person AND m.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Sitzungen'::text, ''::text, coalesce(jsonb_agg(jsonb_build_object('created_at', s.created_at, 'seen_at', s.seen_at, 'expires_at', s.expires_at, 'ended_at', s.ended_at) ORDER BY s.created_at, s.session_id), '[]')
    FROM auth.session s JOIN auth.membership m USING (membership_id) WHERE m.person_id = p_person AND m.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Kalenderadressen'::text, ''::text, coalesce(jsonb_agg(jsonb_build_object('org', o.short, 'opened_at', k.opened_at) ORDER BY k.opened_at, o.key), '[]')
    FROM auth.calendar k JOIN portal.organisation o ON o.land_id = k.land_id AND o.org_id = k.org_id WHERE k.person_id = p_person AND k.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Beendete Zugänge anderer'::text, 'ended_by'::text, coalesce(jsonb_agg(jsonb_build_object('membership_id', m.membership_id, 'role', m.role) ORDER BY m.membership_id), '[]')
    FROM auth.membership m WHERE m.ended_by = p_person AND m.land_id = ctx.land_id();
  RETURN QUERY SELECT 'Einladungen an die Person'::text, ''::text, coalesce(jsonb_agg(jsonb_build_object('email', i.email, 'role', i.role, 'created_at', i.created_at, 'accepted_at', i.accepted_at) ORDER BY i.created_at, i.invitation_id), '[]')
    FROM portal.invitation i JOIN auth.person p ON lower(p.email) = lower(i.email) WHERE p.person_id = p_person AND i.land_id = ctx.land_id();
  FOR c IN SELECT x.* FROM auth.person_column x ORDER BY x.title, x.col LOOP
    keep := ARRAY(SELECT a.attname::text FROM pg_attribute a
      WHERE a.attrelid = c.tab AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('land_id', 'org_id', 'token') AND a.atttypid <> 'bytea'::regtype
        AND NOT EXISTS (SELECT FROM auth.person_column x WHERE x.tab = c.tab AND x.col = a.attname)
        AND (c.owned AND whole OR a.atttypid IN ('timestamptz'::regtype, 'date'::regtype, 'uuid'::regtype) OR a.attname IN ('kind', 'action')));
    EXECUTE format('SELECT jsonb_agg(r.entry) FROM (SELECT jsonb_object_agg(k.key, k.value) || CASE WHEN o.short IS NULL THEN ''{}'' ELSE jsonb_build_object(''org'', o.short) END AS entry
      FROM %s t
      CROSS JOIN LATERAL jsonb_each(to_jsonb(t)) k
      LEFT JOIN portal.organisation o ON o.land_id = t.land_id AND o.org_id = (to_jsonb(t) ->> ''org_id'')::uuid
      WHERE t.land_id = $1 AND t.%I = $2 AND k.key = ANY ($3)
      GROUP BY t.ctid, o.short ORDER BY t.ctid) r', c.tab, c.col) INTO found USING ctx.land_id(), p_person, keep;
    IF found IS NOT NULL THEN
      RETURN QUERY SELECT c.title, c.col::text, found;
    END IF;
  END LOOP;
  PERFORM set_config('app.subject', '', true);
END $$;

-- land_people are those the Land answers for: everybody with a role in it, now or once.
CREATE FUNCTION ctx.land_people() RETURNS TABLE (person_id uuid, name text, email text, active boolean, places text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.person_id, p.name, p.email, bool_or(m.status = 'active'), array_agg(DISTINCT o.short ORDER BY o.short)
  FROM auth.membership m
  JOIN auth.person p USING (person_id)
  JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
  WHERE m.land_id = ctx.land_id() AND ctx.scope() = 'land'
  GROUP BY p.person_id $$;

-- correct_person sets right what the portal holds of a person (Art. 16 DSGVO); false if it is not what the form showed
-- any more. The provider's word counts again at the next sign-in.
CREATE FUNCTION ctx.correct_person(p_person uuid, p_name text, p_email text, p_was_name text, p_was_email text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH corrected AS (
    UPDATE auth.person p SET name = p_name, email = p_email
    WHERE p.person_id = p_person AND ctx.scope() = 'land' AND auth.may_know(p_person) AND p_name <> ''
      AND p.name = p_was_name AND p.email = p_was_email
    RETURNING 1)
  SELECT EXISTS (SELECT FROM corrected) $$;

REVOKE EXECUTE ON FUNCTION auth.may_know(uuid), ctx.subject(), ctx.person_data(uuid), ctx.land_people(), ctx.correct_person(uuid, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.person_data(uuid), ctx.land_people(), ctx.correct_person(uuid, text, text, text, text) TO portal_app;
COMMIT;
