-- A policy that asks another table brings that table, its indexes and its own policies into the plan of every statement,
-- also for those for whom an earlier word of the policy has decided. What stands in a PL/pgSQL function is planned once for
-- each connection and costs only who asks it. The answers are those of the policies as they were (000008, 000009, 000013,
-- 000015, 000089): the functions read as the one who asks.
BEGIN;
SET LOCAL ROLE portal_owner;
SET LOCAL lock_timeout = '2s';

CREATE FUNCTION ctx.reads_step(p_org uuid, p_step uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM portal.step s WHERE s.land_id = ctx.land_id() AND s.org_id = p_org AND s.step_id = p_step);
END $$;

-- A ministry reads what is handed in for the steps that it checks.
CREATE FUNCTION ctx.checks_step(p_org uuid, p_step uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM portal.step s
    JOIN portal.template_step t ON t.land_id = s.land_id AND t.template_version_id = s.template_version_id AND t.key = s.key
    WHERE s.land_id = ctx.land_id() AND s.org_id = p_org AND s.step_id = p_step AND s.service_id = ANY (ctx.read_services()) AND t.review = 'fachressort');
END $$;

CREATE FUNCTION ctx.reads_obstacle(p_obstacle uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = ctx.land_id() AND a.obstacle_id = p_obstacle);
END $$;

CREATE FUNCTION ctx.reads_condition(p_condition uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM portal.condition c WHERE c.land_id = ctx.land_id() AND c.condition_id = p_condition);
END $$;

-- A ministry reads what is enclosed with an opinion that it asked for, once it is given.
CREATE FUNCTION ctx.has_opinion(p_opinion uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM portal.opinion n
    WHERE n.land_id = ctx.land_id() AND n.opinion_id = p_opinion AND n.org_id = ctx.org_id() AND n.result <> 'open');
END $$;

CREATE FUNCTION ctx.reads_question(p_question uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM portal.question q WHERE q.land_id = ctx.land_id() AND q.question_id = p_question);
END $$;

REVOKE ALL ON FUNCTION ctx.reads_step, ctx.checks_step, ctx.reads_obstacle, ctx.reads_condition, ctx.has_opinion, ctx.reads_question FROM public;
GRANT EXECUTE ON FUNCTION ctx.reads_step, ctx.checks_step, ctx.reads_obstacle, ctx.reads_condition, ctx.has_opinion, ctx.reads_question TO portal_app, portal_worker;

ALTER POLICY readers ON portal.waiting USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])
  OR (SELECT ctx.scope()) = 'ministry' AND ctx.reads_step(org_id, step_id));
ALTER POLICY readers ON portal.obstacle USING (
  (SELECT ctx.scope()) IN ('land', 'body', 'provider') OR (SELECT ctx.scope()) = 'committee' AND escalated_org = (SELECT ctx.org_id())
  OR ctx.reads_obstacle(obstacle_id));
ALTER POLICY readers ON portal.question_post USING (org_id = (SELECT ctx.org_id()) OR ctx.reads_question(question_id));
ALTER POLICY readers ON portal.question_seen USING (person_id = (SELECT ctx.person_id()) OR ctx.reads_question(question_id));
ALTER POLICY ministry_checks ON portal.evidence USING ((SELECT ctx.scope()) = 'ministry' AND ctx.checks_step(org_id, step_id));
ALTER POLICY readers ON portal.evidence USING (
  org_id = (SELECT ctx.org_id())
  OR step_id IS NOT NULL AND ((SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]))
  OR condition_id IS NOT NULL AND ctx.reads_condition(condition_id)
  OR opinion_id IS NOT NULL AND ctx.has_opinion(opinion_id));
COMMIT;
