BEGIN;
SET LOCAL ROLE portal_owner;
-- Which steps somebody else checks before they count, and whose evidence holds only for a time.
ALTER TABLE portal.template_step
  ADD COLUMN review text NOT NULL DEFAULT '' CHECK (review IN ('', 'land', 'fachressort', 'it_dienstleister')),
  ADD COLUMN dated boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT land_checks_itself CHECK (scope <> 'land' OR review = ''),
  ADD CONSTRAINT ministry_checks_services CHECK (scope = 'kommune' OR review <> 'fachressort');
ALTER TABLE portal.template_step NO FORCE ROW LEVEL SECURITY;
UPDATE portal.template_step SET review = 'land' WHERE scope <> 'land' AND evidence LIKE '%Vier-Augen%';
ALTER TABLE portal.template_step FORCE ROW LEVEL SECURITY;

ALTER TABLE portal.step ADD COLUMN submitted_org uuid, ADD COLUMN valid_until date;
COMMENT ON COLUMN portal.step.submitted_org IS 'The organisation that submitted the step; portal.other_eyes writes it, nobody else.';
COMMENT ON COLUMN portal.step.valid_until IS 'Until when the text or the link that was given as evidence holds. A file has a day of its own.';
ALTER TABLE portal.step NO FORCE ROW LEVEL SECURITY;
UPDATE portal.step SET submitted_org = org_id WHERE state = 'submitted';
ALTER TABLE portal.step FORCE ROW LEVEL SECURITY;
ALTER TABLE portal.step ADD CONSTRAINT submitted_by_an_organisation CHECK (state <> 'submitted' OR submitted_org IS NOT NULL);
CREATE INDEX step_in_review ON portal.step (land_id, org_id) WHERE state = 'submitted';

-- other_eyes holds what no application may get wrong: a step that asks for a check is accepted by the organisation that
-- checks, and never by the one that submitted it.
CREATE FUNCTION portal.other_eyes() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  scope text := ctx.scope();
  checks text;
BEGIN
  IF scope IS NULL THEN
    RETURN NEW;
  END IF;
  IF scope <> 'land' AND (NEW.template_version_id, NEW.key) IS DISTINCT FROM (OLD.template_version_id, OLD.key) THEN
    RAISE EXCEPTION 'a step stays the step of its template' USING ERRCODE = 'PR015';
  END IF;
  IF NEW.state = 'submitted' AND OLD.state <> 'submitted' THEN
    NEW.submitted_by := ctx.person_id();
    NEW.submitted_org := ctx.org_id();
    RETURN NEW;
  END IF;
  NEW.submitted_org := OLD.submitted_org;
  IF NEW.state = OLD.state OR NEW.state NOT IN ('done', 'returned') THEN
    RETURN NEW;
  END IF;
  SELECT t.review INTO checks
    FROM portal.template_step t
    WHERE t.land_id = OLD.land_id AND t.template_version_id = OLD.template_version_id AND t.key = OLD.key;
  IF checks = '' THEN
    RETURN NEW;
  END IF;
  IF OLD.state <> 'submitted' OR ctx.org_id() = OLD.submitted_org
    OR scope NOT IN ('land', CASE checks WHEN 'it_dienstleister' THEN 'provider' WHEN 'fachressort' THEN 'ministry' ELSE 'land' END) THEN
    RAISE EXCEPTION 'step % is for others to check', OLD.key USING ERRCODE = 'PR015';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER other_eyes BEFORE UPDATE ON portal.step FOR EACH ROW EXECUTE FUNCTION portal.other_eyes();

-- A ministry that the template names checks the steps of its services: it accepts them or returns them, and alters
-- nothing else. A statement does not see what it writes: what is counted anew stands beside the step as it was.
CREATE FUNCTION ctx.ministry_checks(p_org uuid, p_service uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT ctx.scope() = 'ministry' AND p_service = ANY (ctx.read_services()) AND EXISTS (
    SELECT FROM portal.step s
    JOIN portal.template_step t ON t.land_id = s.land_id AND t.template_version_id = s.template_version_id AND t.key = s.key
    WHERE s.land_id = ctx.land_id() AND s.org_id = p_org AND s.service_id = p_service AND s.state = 'submitted' AND t.review = 'fachressort')
$$;
REVOKE EXECUTE ON FUNCTION ctx.ministry_checks(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.ministry_checks(uuid, uuid) TO portal_app, portal_worker;
CREATE FUNCTION portal.ministry_only_checks() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  aside text[] := ARRAY['paused', 'declined', 'not_applicable', 'decommissioned'];
BEGIN
  IF ctx.scope() = 'ministry' AND (to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV
    OR NEW.state <> OLD.state AND (NEW.state = ANY (aside) OR OLD.state = ANY (aside))) THEN
    RAISE EXCEPTION 'a ministry only checks' USING ERRCODE = 'PR015';
  END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION portal.ministry_only_checks() FROM PUBLIC;
CREATE TRIGGER ministry_only_checks BEFORE UPDATE ON portal.step FOR EACH ROW
  EXECUTE FUNCTION portal.ministry_only_checks('state', 'state_since', 'reason', 'submitted_by', 'submitted_org', 'changed_by', 'version');
CREATE TRIGGER ministry_only_checks BEFORE UPDATE ON portal.onboarding FOR EACH ROW
  EXECUTE FUNCTION portal.ministry_only_checks('state', 'state_since', 'committed_at', 'steps_relevant', 'steps_done');
CREATE POLICY ministry_checks ON portal.step FOR UPDATE
  USING (state = 'submitted' AND (SELECT ctx.scope()) = 'ministry' AND service_id = ANY ((SELECT ctx.read_services())::uuid[])
    AND EXISTS (SELECT FROM portal.template_step t
      WHERE t.land_id = step.land_id AND t.template_version_id = step.template_version_id AND t.key = step.key AND t.review = 'fachressort'))
  WITH CHECK (state IN ('done', 'returned') AND (SELECT ctx.scope()) = 'ministry' AND service_id = ANY ((SELECT ctx.read_services())::uuid[]));
CREATE POLICY ministry_checks ON portal.onboarding FOR UPDATE -- it may always lock; it may change beside a step it checks
  USING ((SELECT ctx.scope()) = 'ministry' AND service_id = ANY ((SELECT ctx.read_services())::uuid[]))
  WITH CHECK (ctx.ministry_checks(org_id, service_id));
CREATE POLICY ministry_adds ON portal.progress FOR INSERT WITH CHECK (scope = 'kommune' AND ctx.ministry_checks(org_id, service_id));
CREATE POLICY ministry_checks ON portal.progress FOR UPDATE
  USING ((SELECT ctx.scope()) = 'ministry' AND scope = 'kommune' AND service_id = ANY ((SELECT ctx.read_services())::uuid[]))
  WITH CHECK (scope = 'kommune' AND ctx.ministry_checks(org_id, service_id));
CREATE POLICY ministry_checks ON portal.audit_event FOR INSERT WITH CHECK (
  actor = (SELECT ctx.person_id()) AND actor_org = (SELECT ctx.org_id()) AND (SELECT ctx.scope()) = 'ministry' AND kind = 'step'
  AND EXISTS (SELECT FROM portal.step s WHERE s.land_id = audit_event.land_id AND s.org_id = audit_event.org_id AND s.step_id = audit_event.record
    AND s.service_id = ANY ((SELECT ctx.read_services())::uuid[])));
CREATE POLICY ministry_checks ON portal.evidence FOR SELECT USING (
  (SELECT ctx.scope()) = 'ministry' AND EXISTS (
    SELECT FROM portal.step s
    JOIN portal.template_step t ON t.land_id = s.land_id AND t.template_version_id = s.template_version_id AND t.key = s.key
    WHERE s.land_id = evidence.land_id AND s.org_id = evidence.org_id AND s.step_id = evidence.step_id
      AND s.service_id = ANY ((SELECT ctx.read_services())::uuid[]) AND t.review = 'fachressort'));
CREATE POLICY ministry_checks ON portal.evidence_chunk FOR SELECT USING (
  (SELECT ctx.scope()) = 'ministry' AND EXISTS (
    SELECT FROM portal.evidence e
    WHERE e.land_id = evidence_chunk.land_id AND e.org_id = evidence_chunk.org_id AND e.evidence_id = evidence_chunk.evidence_id));

-- The bytes of a deleted file go after a while; its row stays for the trail. Only the daily round does that.
ALTER TABLE portal.evidence ADD COLUMN purged_at timestamptz CHECK (purged_at IS NULL OR deleted_at IS NOT NULL);
CREATE POLICY purge ON portal.evidence FOR UPDATE TO portal_owner USING (land_id = (SELECT ctx.land_id()) AND deleted_at IS NOT NULL);
CREATE POLICY purged ON portal.evidence FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()) AND deleted_at IS NOT NULL);
CREATE POLICY purge ON portal.evidence_chunk FOR DELETE TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY purged ON portal.evidence_chunk FOR SELECT TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE FUNCTION ctx.purge_evidence(p_before timestamptz, p_now timestamptz) RETURNS TABLE (org_id uuid, step_id uuid, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF ctx.person_id() IS DISTINCT FROM ctx.automatic() THEN
    RAISE EXCEPTION 'only the daily round purges files' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
    WITH gone AS (
      UPDATE portal.evidence e SET purged_at = p_now
      WHERE e.land_id = ctx.land_id() AND e.deleted_at < p_before AND e.purged_at IS NULL
      RETURNING e.land_id, e.org_id, e.evidence_id, e.step_id, e.name
    ), bytes AS (
      DELETE FROM portal.evidence_chunk c USING gone g
      WHERE c.land_id = g.land_id AND c.org_id = g.org_id AND c.evidence_id = g.evidence_id
    )
    SELECT g.org_id, g.step_id, g.name FROM gone g ORDER BY g.org_id, g.evidence_id;
END $$;
REVOKE EXECUTE ON FUNCTION ctx.purge_evidence(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.purge_evidence(timestamptz, timestamptz) TO portal_app;

-- An obstacle goes to a committee for a day, and its decision comes back.
ALTER TABLE portal.obstacle
  ADD COLUMN escalated_org uuid,
  ADD COLUMN agenda_on date,
  ADD COLUMN decision text NOT NULL DEFAULT '',
  ADD COLUMN decided_on date,
  ADD FOREIGN KEY (land_id, escalated_org) REFERENCES portal.organisation (land_id, org_id),
  ADD CONSTRAINT decided_whole CHECK ((decision = '') = (decided_on IS NULL)),
  ADD CONSTRAINT escalated_by_name CHECK (escalated_org IS NULL OR escalated_to <> '');
COMMENT ON COLUMN portal.obstacle.solution IS 'While the obstacle is in progress: a solution that the affected bodies are testing.';
DROP POLICY readers ON portal.obstacle;
CREATE POLICY readers ON portal.obstacle FOR SELECT USING (
  (SELECT ctx.scope()) IN ('land', 'body', 'provider')
  OR (SELECT ctx.scope()) = 'committee' AND escalated_org = (SELECT ctx.org_id())
  OR EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = obstacle.land_id AND a.obstacle_id = obstacle.obstacle_id));

-- A provider reports what hinders it at its steps, in the name of the body.
DROP POLICY bodies_report ON portal.obstacle;
CREATE POLICY workers_report ON portal.obstacle FOR INSERT WITH CHECK ((SELECT ctx.scope()) IN ('body', 'provider') AND state = 'reported');
CREATE POLICY provider_adds ON portal.obstacle_affected FOR INSERT WITH CHECK (
  (SELECT ctx.scope()) = 'provider' AND org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY provider_works ON portal.obstacle_affected FOR UPDATE
  USING ((SELECT ctx.scope()) = 'provider' AND org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  WITH CHECK ((SELECT ctx.scope()) = 'provider' AND org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));

-- obstacle_persists lets an affected body open an obstacle again that the Land holds for solved. The row does not say
-- which body it was; the trail of the body does.
CREATE POLICY persists ON portal.obstacle FOR UPDATE TO portal_owner
  USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()) AND state = 'in_progress');
CREATE FUNCTION ctx.obstacle_persists(p_obstacle uuid, p_version bigint, p_reason text, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE portal.obstacle o SET state = 'in_progress', state_since = p_now, solution = '', reason = p_reason, changed_by = NULL, version = version + 1
  WHERE o.land_id = ctx.land_id() AND o.obstacle_id = p_obstacle AND o.version = p_version AND o.merged_into IS NULL
    AND (o.state IN ('resolved', 'rejected') OR o.state = 'in_progress' AND o.solution <> '') AND p_reason <> ''
    AND ctx.scope() = 'body' AND EXISTS (
      SELECT FROM portal.obstacle_affected a
      WHERE a.land_id = o.land_id AND a.org_id = ctx.org_id() AND a.obstacle_id = o.obstacle_id AND a.left_at IS NULL);
  RETURN FOUND;
END $$;
REVOKE EXECUTE ON FUNCTION portal.other_eyes(), ctx.obstacle_persists(uuid, bigint, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.obstacle_persists(uuid, bigint, text, timestamptz) TO portal_app;
COMMIT;
