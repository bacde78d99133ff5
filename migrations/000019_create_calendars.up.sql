BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE auth.calendar (
  person_id uuid NOT NULL REFERENCES auth.person,
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, land_id, org_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE auth.calendar IS 'A secret address under which a calendar program reads the due dates of a person''s body. It opens nothing else, and ends with the membership.';

-- open_calendar gives the person in this context a new address; the one before ends. close_calendar ends it.
CREATE FUNCTION ctx.open_calendar(p_token bytea, p_now timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO auth.calendar (person_id, land_id, org_id, token_hash, opened_at)
  SELECT ctx.person_id(), ctx.land_id(), ctx.org_id(), p_token, p_now
  WHERE ctx.scope() = 'body'
  ON CONFLICT (person_id, land_id, org_id) DO UPDATE SET token_hash = excluded.token_hash, opened_at = excluded.opened_at $$;

CREATE FUNCTION ctx.close_calendar() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM auth.calendar
  WHERE person_id = ctx.person_id() AND land_id = ctx.land_id() AND org_id = ctx.org_id() $$;

CREATE FUNCTION ctx.calendar_opened() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT opened_at FROM auth.calendar
  WHERE person_id = ctx.person_id() AND land_id = ctx.land_id() AND org_id = ctx.org_id() $$;

-- due_dates is all that a calendar address opens: what the body still has to do, by service and day. No rows at all
-- mean that the address is not known; a body without due dates has one row without a day.
CREATE FUNCTION ctx.due_dates(p_token bytea) RETURNS TABLE (
  at timestamptz, body_key text, body_name text, product text, slug text, service text, due_on date, titles text[], goes_live boolean)
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
    WITH steps AS (
      SELECT s.onboarding_id, s.template_version_id, s.key, s.due_on
      FROM portal.step s
      WHERE s.land_id = c.land_id AND s.org_id = c.org_id AND s.scope = 'kommune' AND s.state NOT IN ('done', 'not_applicable')
      UNION ALL
      (SELECT DISTINCT ON (s.step_id) b.onboarding_id, s.template_version_id, s.key, s.due_on
      FROM portal.step s
      JOIN portal.onboarding_basis b ON b.land_id = s.land_id AND b.org_id = s.org_id AND b.step_id = s.step_id AND b.reason = ''
      WHERE s.land_id = c.land_id AND s.org_id = c.org_id AND s.scope = 'basis' AND s.state NOT IN ('done', 'not_applicable')
      ORDER BY s.step_id, b.onboarding_id)),
    due AS (
      SELECT v.slug, v.name, s.due_on, array_agg(t.title ORDER BY t.no) AS titles, false AS goes_live
      FROM steps s
      JOIN portal.onboarding o ON o.land_id = c.land_id AND o.org_id = c.org_id AND o.onboarding_id = s.onboarding_id
      JOIN portal.service v ON v.land_id = c.land_id AND v.service_id = o.service_id
      JOIN portal.template_step t ON t.land_id = c.land_id AND t.template_version_id = s.template_version_id AND t.key = s.key
      WHERE NOT o.held AND o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned')
      GROUP BY v.slug, v.name, s.due_on
      UNION ALL
      SELECT v.slug, v.name, o.target_on, '{}', true
      FROM portal.onboarding o
      JOIN portal.service v ON v.land_id = c.land_id AND v.service_id = o.service_id
      WHERE o.land_id = c.land_id AND o.org_id = c.org_id AND o.live_on IS NULL AND NOT o.held
        AND o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned'))
    SELECT clock_timestamp(), g.key, g.name, l.product, d.slug, d.name, d.due_on, d.titles, d.goes_live
    FROM portal.organisation g
    JOIN portal.land l ON l.land_id = g.land_id
    LEFT JOIN due d ON true
    WHERE g.land_id = c.land_id AND g.org_id = c.org_id
    ORDER BY d.due_on, d.slug, d.goes_live
    LIMIT 5000;
  PERFORM set_config('app.land_id', '', true), set_config('app.org_id', '', true), set_config('app.scope', '', true);
END $$;

REVOKE EXECUTE ON FUNCTION ctx.open_calendar(bytea, timestamptz), ctx.close_calendar(), ctx.calendar_opened(), ctx.due_dates(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.open_calendar(bytea, timestamptz), ctx.close_calendar(), ctx.calendar_opened(), ctx.due_dates(bytea) TO portal_app;
COMMIT;
