BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.event (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  event_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('consultation', 'information', 'on_site', 'advice', 'jour_fixe', 'committee', 'pilod', 'workshop', 'training', 'network')),
  series_no int CHECK (series_no BETWEEN 1 AND 9999),
  title text NOT NULL CHECK (title <> ''),
  goal text NOT NULL DEFAULT '',
  audience text NOT NULL DEFAULT '',
  place text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '' CHECK (address = '' OR address ~ '^https?://'),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  seats int CHECK (seats BETWEEN 1 AND 10000),
  register_until date,
  materials jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(materials) = 'array'),
  result text NOT NULL DEFAULT '',
  cancelled text NOT NULL DEFAULT '',
  made_at timestamptz NOT NULL,
  changed_by uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (land_id, event_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  CONSTRAINT begins_before_it_ends CHECK (ends_at > starts_at),
  CONSTRAINT takes_place_somewhere CHECK (place <> '' OR address <> ''));
COMMENT ON TABLE portal.event IS 'A date that people attend: a numbered Sprechstunde, an information event, advice on site. cancelled says why it does not take place.';
CREATE UNIQUE INDEX event_number_once ON portal.event (land_id, kind, series_no) WHERE series_no IS NOT NULL;
CREATE INDEX event_by_time ON portal.event (land_id, starts_at, event_id);
CALL portal.wall('portal.event');
CALL portal.person('portal.event', '{changed_by}', 'Termine');
CREATE POLICY members_read ON portal.event FOR SELECT USING ((SELECT ctx.scope()) IN ('land', 'ministry', 'body', 'provider', 'committee'));
CREATE POLICY land_adds ON portal.event FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY land_edits ON portal.event FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.event_service (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  event_id uuid NOT NULL,
  service_id uuid NOT NULL,
  PRIMARY KEY (land_id, event_id, service_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, event_id) REFERENCES portal.event,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service);
COMMENT ON TABLE portal.event_service IS 'A service that an event is about.';
CREATE INDEX event_by_service ON portal.event_service (land_id, service_id);
CALL portal.wall('portal.event_service');
CREATE POLICY members_read ON portal.event_service FOR SELECT USING ((SELECT ctx.scope()) IN ('land', 'ministry', 'body', 'provider', 'committee'));
CREATE POLICY land_adds ON portal.event_service FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY land_removes ON portal.event_service FOR DELETE USING ((SELECT ctx.scope()) = 'land');

CREATE TABLE portal.event_registration (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  event_id uuid NOT NULL,
  question text NOT NULL DEFAULT '',
  registered_by uuid NOT NULL,
  registered_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  attended boolean,
  held_on date,
  PRIMARY KEY (land_id, org_id, event_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, event_id) REFERENCES portal.event,
  CONSTRAINT attended_on_a_day CHECK ((attended IS NULL) = (held_on IS NULL)));
COMMENT ON TABLE portal.event_registration IS 'A body that registered for an event, or came without. held_on repeats the day of the event once the Land has noted who came, so that participation is one look at an index.';
CREATE INDEX event_registration_by_event ON portal.event_registration (land_id, event_id, registered_at);
CREATE INDEX event_attendance ON portal.event_registration (land_id, org_id, held_on) WHERE attended;
CALL portal.wall('portal.event_registration');
CALL portal.person('portal.event_registration', '{registered_by}', 'Anmeldungen zu Terminen');
CREATE POLICY readers ON portal.event_registration FOR SELECT USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) IN ('land', 'ministry'));
CREATE POLICY body_registers ON portal.event_registration FOR INSERT WITH CHECK (
  (SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND attended IS NULL);
CREATE POLICY body_changes ON portal.event_registration FOR UPDATE
  USING ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND attended IS NULL)
  WITH CHECK ((SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND attended IS NULL);
CREATE POLICY land_notes ON portal.event_registration FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'land' AND attended IS NOT NULL);
CREATE POLICY land_edits ON portal.event_registration FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');
CREATE POLICY counted ON portal.event_registration FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));

-- event_places says how many are registered, for whoever may not know who, and how many registered before the own body.
CREATE FUNCTION ctx.event_places(p_events uuid[]) RETURNS TABLE (event_id uuid, registered int, before_own int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.event_id, count(*)::int, (count(*) FILTER (WHERE (r.registered_at, r.org_id) < (o.registered_at, o.org_id)))::int
  FROM portal.event_registration r
  LEFT JOIN portal.event_registration o ON o.land_id = r.land_id AND o.event_id = r.event_id AND o.org_id = ctx.org_id() AND o.withdrawn_at IS NULL
  WHERE r.land_id = ctx.land_id() AND r.event_id = ANY (p_events) AND r.withdrawn_at IS NULL
  GROUP BY r.event_id $$;
REVOKE EXECUTE ON FUNCTION ctx.event_places(uuid[]) FROM PUBLIC;

-- event_dates is what a calendar address shows besides due dates: the events that its body is registered for.
CREATE FUNCTION ctx.event_dates(p_token bytea) RETURNS TABLE (
  event_id uuid, title text, starts_at timestamptz, ends_at timestamptz, place text, address text, cancelled boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  c auth.calendar;
BEGIN
  SELECT * INTO c FROM auth.calendar WHERE token_hash = p_token;
  IF NOT EXISTS (SELECT FROM auth.membership m
    WHERE m.person_id = c.person_id AND m.land_id = c.land_id AND m.org_id = c.org_id AND m.status = 'active' AND m.role IN ('KK', 'KB')) THEN
    RETURN;
  END IF;
  PERFORM set_config('app.land_id', c.land_id::text, true), set_config('app.org_id', c.org_id::text, true), set_config('app.scope', 'body', true);
  RETURN QUERY
    SELECT e.event_id, e.title, e.starts_at, e.ends_at, e.place, e.address, e.cancelled <> ''
    FROM portal.event_registration r
    JOIN portal.event e ON e.land_id = r.land_id AND e.event_id = r.event_id
    WHERE r.land_id = c.land_id AND r.org_id = c.org_id AND r.withdrawn_at IS NULL
    ORDER BY e.starts_at DESC, e.event_id
    LIMIT 500;
  PERFORM set_config('app.land_id', '', true), set_config('app.org_id', '', true), set_config('app.scope', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION ctx.event_dates(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.event_places(uuid[]), ctx.event_dates(bytea) TO portal_app;

GRANT SELECT, INSERT, UPDATE (kind, series_no, title, goal, audience, place, address, starts_at, ends_at, seats, register_until, materials, result, cancelled, changed_by, version) ON portal.event TO portal_app;
GRANT SELECT, INSERT, DELETE ON portal.event_service TO portal_app;
GRANT SELECT, INSERT, UPDATE (question, registered_by, registered_at, withdrawn_at, attended, held_on) ON portal.event_registration TO portal_app;
COMMIT;
