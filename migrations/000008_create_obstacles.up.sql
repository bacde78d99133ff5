BEGIN;
-- A trusted extension: whoever migrates may create it, its owner need not be a superuser. It stands in the schema that
-- the application reaches; nothing is left in public.
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA portal;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.obstacle (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  obstacle_id uuid NOT NULL,
  no int NOT NULL CHECK (no > 0),
  text text NOT NULL CHECK (text <> ''),
  dimension text NOT NULL CHECK (dimension IN ('organisational', 'technical', 'financial', 'legal')),
  service_id uuid NOT NULL,
  step_key text NOT NULL,
  step_title text NOT NULL,
  state text NOT NULL DEFAULT 'reported' CHECK (state IN ('reported', 'confirmed', 'in_progress', 'resolved', 'accepted', 'rejected')),
  state_since timestamptz NOT NULL,
  reported_at timestamptz NOT NULL,
  severity int CHECK (severity BETWEEN 1 AND 3),
  solvable_by text NOT NULL DEFAULT '' CHECK (solvable_by IN ('', 'body', 'land', 'laender', 'federal', 'provider')),
  scope text NOT NULL DEFAULT '' CHECK (scope IN ('', 'body', 'service', 'land', 'federal')),
  due_on date,
  solution text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  escalated_to text NOT NULL DEFAULT '',
  escalated_on date,
  merged_into uuid,
  changed_by uuid,
  version bigint NOT NULL DEFAULT 1,
  folded text GENERATED ALWAYS AS (portal.fold(text)) STORED,
  words tsvector GENERATED ALWAYS AS (to_tsvector('pg_catalog.german', portal.fold(text))) STORED,
  PRIMARY KEY (land_id, obstacle_id),
  UNIQUE (land_id, no),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, service_id) REFERENCES portal.rollin,
  FOREIGN KEY (land_id, merged_into) REFERENCES portal.obstacle,
  CONSTRAINT resolved_in_words CHECK (state <> 'resolved' OR solution <> ''),
  CONSTRAINT ended_with_reason CHECK (state NOT IN ('accepted', 'rejected') OR reason <> ''),
  CONSTRAINT escalated_whole CHECK ((escalated_to = '') = (escalated_on IS NULL)),
  CONSTRAINT merged_into_another CHECK (merged_into <> obstacle_id));
COMMENT ON TABLE portal.obstacle IS 'What hinders bodies at a step. It belongs to the coordination of the Land, so that no row says who reported it.';
COMMENT ON COLUMN portal.obstacle.service_id IS 'Of the first report; whom it affects in which services stands in obstacle_affected.';
CREATE INDEX obstacle_by_service ON portal.obstacle (land_id, service_id);
CREATE INDEX obstacle_by_words ON portal.obstacle USING gin (words);
CREATE INDEX obstacle_by_letters ON portal.obstacle USING gin (folded portal.gin_trgm_ops);

CREATE TABLE portal.obstacle_affected (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  obstacle_id uuid NOT NULL,
  step_id uuid NOT NULL,
  service_id uuid NOT NULL,
  basis boolean NOT NULL,
  blocking boolean NOT NULL,
  since timestamptz NOT NULL,
  left_at timestamptz,
  PRIMARY KEY (land_id, org_id, obstacle_id, step_id),
  FOREIGN KEY (land_id, obstacle_id) REFERENCES portal.obstacle,
  FOREIGN KEY (land_id, org_id, step_id) REFERENCES portal.step (land_id, org_id, step_id),
  FOREIGN KEY (land_id, org_id, service_id) REFERENCES portal.onboarding (land_id, org_id, service_id));
COMMENT ON TABLE portal.obstacle_affected IS 'Which body an obstacle hinders at which of its steps, in the checklist of which service. The body''s own: other bodies learn how many, never who.';
CREATE INDEX affected_by_obstacle ON portal.obstacle_affected (land_id, obstacle_id);
CREATE INDEX affected_by_step ON portal.obstacle_affected (land_id, org_id, step_id);

CALL portal.wall('portal.obstacle');
CALL portal.wall('portal.obstacle_affected');
CREATE POLICY readers ON portal.obstacle_affected FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land'
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])
  OR basis AND (SELECT ctx.scope()) = 'ministry');
CREATE POLICY counted ON portal.obstacle_affected FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY adders ON portal.obstacle_affected FOR INSERT WITH CHECK (
  (SELECT ctx.scope()) = 'land' OR (SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));
CREATE POLICY workers ON portal.obstacle_affected FOR UPDATE
  USING ((SELECT ctx.scope()) = 'land' OR (SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()))
  WITH CHECK ((SELECT ctx.scope()) = 'land' OR (SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()));

-- Bodies may meet every obstacle, to find out whether theirs is known already.
CREATE POLICY readers ON portal.obstacle FOR SELECT USING (
  (SELECT ctx.scope()) IN ('land', 'body')
  OR EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = obstacle.land_id AND a.obstacle_id = obstacle.obstacle_id));
CREATE POLICY counted ON portal.obstacle FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY bodies_report ON portal.obstacle FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'body' AND state = 'reported');
CREATE POLICY land_works ON portal.obstacle FOR UPDATE USING ((SELECT ctx.scope()) = 'land') WITH CHECK ((SELECT ctx.scope()) = 'land');

-- obstacle_open is the one place that says which obstacles still hinder.
CREATE FUNCTION portal.obstacle_open(o portal.obstacle) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT o.state IN ('reported', 'confirmed', 'in_progress') AND o.merged_into IS NULL $$;

-- blockade is every step that an open obstacle blocks, and blocked_onboarding what that does to the onboardings. Both
-- are derived, and show to each reader what the tables show.
CREATE VIEW portal.blockade WITH (security_invoker = true) AS
  SELECT a.land_id, a.org_id, a.step_id, o.obstacle_id, o.no
  FROM portal.obstacle_affected a
  JOIN portal.obstacle o ON o.land_id = a.land_id AND o.obstacle_id = a.obstacle_id
  JOIN portal.step s ON s.land_id = a.land_id AND s.org_id = a.org_id AND s.step_id = a.step_id
  WHERE a.blocking AND a.left_at IS NULL AND portal.obstacle_open(o) AND s.state NOT IN ('done', 'not_applicable');

CREATE VIEW portal.blocked_onboarding WITH (security_invoker = true) AS
  SELECT DISTINCT o.land_id, o.org_id, o.onboarding_id
  FROM portal.blockade k
  JOIN portal.step s ON s.land_id = k.land_id AND s.org_id = k.org_id AND s.step_id = k.step_id
  LEFT JOIN portal.onboarding_basis l ON l.land_id = k.land_id AND l.org_id = k.org_id AND l.step_id = k.step_id AND l.reason = ''
  JOIN portal.onboarding o ON o.land_id = k.land_id AND o.org_id = k.org_id AND o.onboarding_id = coalesce(s.onboarding_id, l.onboarding_id)
  WHERE o.live_on IS NULL AND o.state NOT IN ('paused', 'declined', 'not_applicable', 'decommissioned');

-- obstacle_reach counts whom each obstacle affects, and tells nobody who that is.
CREATE FUNCTION ctx.obstacle_reach() RETURNS TABLE (obstacle_id uuid, dimension text, open boolean, bodies int, services int, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT o.obstacle_id, o.dimension, portal.obstacle_open(o), count(DISTINCT a.org_id)::int, count(DISTINCT a.service_id)::int, min(a.since)
  FROM portal.obstacle o
  LEFT JOIN portal.obstacle_affected a ON a.land_id = o.land_id AND a.obstacle_id = o.obstacle_id AND a.left_at IS NULL
  WHERE o.land_id = ctx.land_id() AND ctx.scope() <> 'platform'
  GROUP BY o.land_id, o.obstacle_id $$;
REVOKE EXECUTE ON FUNCTION ctx.obstacle_reach() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.obstacle_reach() TO portal_app;

GRANT SELECT, INSERT, UPDATE ON portal.obstacle, portal.obstacle_affected TO portal_app;
GRANT SELECT ON portal.blockade, portal.blocked_onboarding TO portal_app;
COMMIT;
