BEGIN;
SET LOCAL ROLE portal_owner;
DROP FUNCTION ctx.obstacle_persists(uuid, bigint, text, timestamptz);
DROP POLICY persists ON portal.obstacle;
DROP POLICY provider_works ON portal.obstacle_affected;
DROP POLICY provider_adds ON portal.obstacle_affected;
DROP POLICY workers_report ON portal.obstacle;
CREATE POLICY bodies_report ON portal.obstacle FOR INSERT WITH CHECK ((SELECT ctx.scope()) = 'body' AND state = 'reported');
DROP POLICY readers ON portal.obstacle;
CREATE POLICY readers ON portal.obstacle FOR SELECT USING (
  (SELECT ctx.scope()) IN ('land', 'body')
  OR EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = obstacle.land_id AND a.obstacle_id = obstacle.obstacle_id));
COMMENT ON COLUMN portal.obstacle.solution IS NULL;
ALTER TABLE portal.obstacle
  DROP CONSTRAINT escalated_by_name, DROP CONSTRAINT decided_whole,
  DROP COLUMN decided_on, DROP COLUMN decision, DROP COLUMN agenda_on, DROP COLUMN escalated_org;
DROP FUNCTION ctx.purge_evidence(timestamptz, timestamptz);
DROP POLICY purged ON portal.evidence_chunk;
DROP POLICY purge ON portal.evidence_chunk;
DROP POLICY purged ON portal.evidence;
DROP POLICY purge ON portal.evidence;
ALTER TABLE portal.evidence DROP COLUMN purged_at;
DROP POLICY ministry_checks ON portal.evidence_chunk;
DROP POLICY ministry_checks ON portal.evidence;
DROP POLICY ministry_checks ON portal.audit_event;
DROP POLICY ministry_checks ON portal.progress;
DROP POLICY ministry_adds ON portal.progress;
DROP POLICY ministry_checks ON portal.onboarding;
DROP POLICY ministry_checks ON portal.step;
DROP TRIGGER ministry_only_checks ON portal.onboarding;
DROP TRIGGER ministry_only_checks ON portal.step;
DROP FUNCTION portal.ministry_only_checks();
DROP FUNCTION ctx.ministry_checks(uuid, uuid);
DROP TRIGGER other_eyes ON portal.step;
DROP FUNCTION portal.other_eyes();
DROP INDEX portal.step_in_review;
ALTER TABLE portal.step DROP CONSTRAINT submitted_by_an_organisation, DROP COLUMN valid_until, DROP COLUMN submitted_org;
ALTER TABLE portal.template_step
  DROP CONSTRAINT ministry_checks_services, DROP CONSTRAINT land_checks_itself, DROP COLUMN dated, DROP COLUMN review;
COMMIT;
