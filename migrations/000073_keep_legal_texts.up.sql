BEGIN;
SET LOCAL ROLE portal_owner;
-- What every public body must offer, as the Land words it. A version is never changed: the next one stands beside it.
CREATE TABLE portal.legal_text (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  page text NOT NULL CHECK (page IN ('impressum', 'datenschutz', 'barrierefreiheit')),
  version int NOT NULL CHECK (version > 0),
  body text NOT NULL CHECK (body <> '' AND char_length(body) <= 50000),
  published_by uuid NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, page, version),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.legal_text IS 'Impressum, Datenschutz and Erklärung zur Barrierefreiheit of a Land in Markdown, version by version. The newest is what everybody reads.';
CALL portal.wall('portal.legal_text');
CREATE POLICY members_read ON portal.legal_text FOR SELECT USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY land_publishes ON portal.legal_text FOR INSERT
  WITH CHECK ((SELECT ctx.scope()) = 'land' AND org_id = (SELECT ctx.org_id()) AND published_by = (SELECT ctx.person_id()));
GRANT SELECT, INSERT ON portal.legal_text TO portal_app;

-- Whoever meets a barrier tells of it, signed in or not. The portal does not note who that was beyond what they say.
CREATE TABLE portal.barrier_report (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  report_id uuid NOT NULL,
  at timestamptz NOT NULL,
  place text NOT NULL DEFAULT '' CHECK (char_length(place) <= 300),
  message text NOT NULL CHECK (message <> '' AND char_length(message) <= 5000),
  name text NOT NULL DEFAULT '' CHECK (char_length(name) <= 200),
  email text NOT NULL DEFAULT '' CHECK (char_length(email) <= 254),
  answer text NOT NULL DEFAULT '' CHECK (char_length(answer) <= 5000),
  answered_by uuid,
  answered_at timestamptz,
  PRIMARY KEY (land_id, report_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  CONSTRAINT answered_whole CHECK ((answered_by IS NULL) = (answered_at IS NULL) AND (answered_by IS NULL) = (answer = '')));
COMMENT ON TABLE portal.barrier_report IS 'What somebody could not do in the portal because of a barrier, and what the Land did about it (ThürBarrWebG).';
CREATE INDEX barrier_report_by_age ON portal.barrier_report (land_id, at DESC);
CALL portal.wall('portal.barrier_report');
CREATE POLICY land_reads ON portal.barrier_report FOR SELECT USING ((SELECT ctx.scope()) = 'land');
CREATE POLICY land_answers ON portal.barrier_report FOR UPDATE USING ((SELECT ctx.scope()) = 'land')
  WITH CHECK (answered_by = (SELECT ctx.person_id()));
CREATE POLICY reported ON portal.barrier_report FOR INSERT TO portal_owner WITH CHECK (land_id = (SELECT ctx.land_id()));
GRANT SELECT ON portal.barrier_report TO portal_app;
GRANT UPDATE (answer, answered_by, answered_at) ON portal.barrier_report TO portal_app;

-- legal_page is what strangers read: the Länder that use the portal, and the newest text of the one they mean. Without a
-- key it is the only one there is.
CREATE FUNCTION ctx.legal_page(p_land text, p_page text) RETURNS TABLE (
  key text, name text, contact_email text, chosen boolean, version int, body text, published_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  laender uuid[] := ARRAY(SELECT DISTINCT m.land_id FROM auth.membership m WHERE m.status = 'active' AND m.role = 'LK');
  l uuid;
BEGIN
  FOREACH l IN ARRAY laender LOOP
    PERFORM set_config('app.land_id', l::text, true);
    RETURN QUERY
      SELECT a.key, a.name, a.contact_email, c.chosen, coalesce(t.version, 0), coalesce(t.body, ''), t.published_at
      FROM portal.land a
      CROSS JOIN LATERAL (SELECT a.key = p_land OR p_land = '' AND cardinality(laender) = 1 AS chosen) c
      LEFT JOIN LATERAL (
        SELECT x.version, x.body, x.published_at
        FROM portal.legal_text x
        WHERE x.land_id = a.land_id AND x.page = p_page AND c.chosen
        ORDER BY x.version DESC
        LIMIT 1) t ON true
      WHERE a.land_id = l;
  END LOOP;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
END $$;

-- report_barrier takes in what somebody says, tells the Land's coordination and writes the trail: 'taken'; 'known', if the
-- form came before; 'nobody' without such a Land; 'busy' when more came in than people can send: ten in ten minutes, a
-- hundred in a day.
CREATE FUNCTION ctx.report_barrier(p_land text, p_id uuid, p_place text, p_message text, p_name text, p_email text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text[] := ARRAY[current_setting('app.land_id', true), current_setting('app.org_id', true), current_setting('app.person_id', true), current_setting('app.scope', true)];
  stamp timestamptz := coalesce(NULLIF(current_setting('app.now', true), '')::timestamptz, clock_timestamp());
  l uuid;
  coordination uuid;
  result text := 'nobody';
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m WHERE m.status = 'active' AND m.role = 'LK' LOOP
    PERFORM set_config('app.land_id', l::text, true);
    SELECT o.org_id INTO coordination
      FROM portal.land a JOIN portal.organisation o ON o.land_id = a.land_id AND o.kind = 'state_coordination'
      WHERE a.land_id = l AND a.key = p_land ORDER BY o.key LIMIT 1;
    EXIT WHEN coordination IS NOT NULL;
  END LOOP;
  IF coordination IS NOT NULL THEN
    PERFORM set_config('app.org_id', coordination::text, true), set_config('app.person_id', ctx.automatic()::text, true), set_config('app.scope', 'land', true);
    PERFORM pg_advisory_xact_lock(hashtextextended('barriers ' || l, 0)); -- the bound holds for those who come at once
    IF EXISTS (SELECT FROM portal.barrier_report b WHERE b.land_id = l AND b.report_id = p_id) THEN
      result := 'known';
    ELSIF (SELECT count(*) FILTER (WHERE b.at > stamp - interval '10 minutes') >= 10 OR count(*) >= 100
        FROM portal.barrier_report b WHERE b.land_id = l AND b.at > stamp - interval '1 day') THEN
      result := 'busy';
    ELSE
      INSERT INTO portal.barrier_report (land_id, org_id, report_id, at, place, message, name, email)
        VALUES (l, coordination, p_id, stamp, p_place, p_message, p_name, p_email);
      INSERT INTO portal.audit_event (land_id, org_id, at, actor, actor_org, action, kind, record, title, visibility)
        VALUES (l, coordination, stamp, ctx.automatic(), coordination, 'barrier.report', 'barrier_report', p_id, 'Gemeldete Barriere', 'org');
      PERFORM ctx.tell(jsonb_build_array(jsonb_build_object('key', p_id, 'kind', 'barrier.reported', 'text', 'Jemand meldet eine Barriere im Portal.',
        'path', '/einstellungen/barrieren/' || p_id, 'about', '', 'urgent', false, 'at', stamp, 'orgs', ARRAY[]::uuid[], 'keys', ARRAY[]::text[],
        'person', NULL, 'coordination', true, 'roles', ARRAY['LK'])));
      result := 'taken';
    END IF;
  END IF;
  PERFORM set_config('app.land_id', coalesce(own[1], ''), true), set_config('app.org_id', coalesce(own[2], ''), true),
    set_config('app.person_id', coalesce(own[3], ''), true), set_config('app.scope', coalesce(own[4], ''), true);
  RETURN result;
END $$;
REVOKE EXECUTE ON FUNCTION ctx.legal_page(text, text), ctx.report_barrier(text, uuid, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.legal_page(text, text), ctx.report_barrier(text, uuid, text, text, text, text) TO portal_app;
COMMIT;
