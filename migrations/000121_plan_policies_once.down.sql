BEGIN;
SET LOCAL ROLE portal_owner;
ALTER POLICY readers ON portal.evidence USING (
  org_id = (SELECT ctx.org_id())
  OR step_id IS NOT NULL AND ((SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  OR condition_id IS NOT NULL AND EXISTS (
    SELECT FROM portal.condition c WHERE c.land_id = evidence.land_id AND c.condition_id = evidence.condition_id)
  OR opinion_id IS NOT NULL AND EXISTS (
    SELECT FROM portal.opinion n
    WHERE n.land_id = evidence.land_id AND n.opinion_id = evidence.opinion_id AND n.org_id = (SELECT ctx.org_id()) AND n.result <> 'open'));
ALTER POLICY ministry_checks ON portal.evidence USING ((SELECT ctx.scope()) = 'ministry' AND EXISTS (
  SELECT FROM portal.step s
  JOIN portal.template_step t ON t.land_id = s.land_id AND t.template_version_id = s.template_version_id AND t.key = s.key
  WHERE s.land_id = evidence.land_id AND s.org_id = evidence.org_id AND s.step_id = evidence.step_id
    AND s.service_id = ANY ((SELECT ctx.read_services())::uuid[]) AND t.review = 'fachressort'));
ALTER POLICY readers ON portal.question_seen USING (EXISTS (
  SELECT FROM portal.question q WHERE q.land_id = question_seen.land_id AND q.question_id = question_seen.question_id));
ALTER POLICY readers ON portal.question_post USING (EXISTS (
  SELECT FROM portal.question q WHERE q.land_id = question_post.land_id AND q.org_id = question_post.org_id AND q.question_id = question_post.question_id));
ALTER POLICY readers ON portal.obstacle USING (
  (SELECT ctx.scope()) IN ('land', 'body', 'provider') OR (SELECT ctx.scope()) = 'committee' AND escalated_org = (SELECT ctx.org_id())
  OR EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = obstacle.land_id AND a.obstacle_id = obstacle.obstacle_id));
ALTER POLICY readers ON portal.waiting USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])
  OR (SELECT ctx.scope()) = 'ministry' AND EXISTS (
    SELECT FROM portal.step s WHERE s.land_id = waiting.land_id AND s.org_id = waiting.org_id AND s.step_id = waiting.step_id));
DROP FUNCTION ctx.reads_step, ctx.checks_step, ctx.reads_obstacle, ctx.reads_condition, ctx.has_opinion, ctx.reads_question;
COMMIT;
