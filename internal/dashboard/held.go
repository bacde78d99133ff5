package dashboard

// heldBy finds what a step s of a body still waits for: the unfinished steps before it in the checklist that shows it. It
// says in SQL what onboarding.Checklist derives, and a test compares them: a basis step may be finished for another
// service, and what comes before it still has to be finished for this one.
const heldBy = `
	SELECT x.key, x.template_version_id
	FROM (
		WITH RECURSIVE earlier AS (
			SELECT t.template_version_id, t.key, p.key AS before
			FROM portal.template_step t
			CROSS JOIN unnest(t.predecessors) AS p (key)
			WHERE t.land_id = @land
			UNION
			SELECT e.template_version_id, e.key, p.key
			FROM earlier e
			JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = e.template_version_id AND t.key = e.before AND t.scope = 'basis'
			CROSS JOIN unnest(t.predecessors) AS p (key))
		SELECT template_version_id, key, before FROM earlier) e
	CROSS JOIN LATERAL (
		SELECT c.onboarding_id, c.service_id FROM portal.onboarding c WHERE c.land_id = @land AND c.org_id = s.org_id AND c.onboarding_id = s.onboarding_id
		UNION ALL
		SELECT via.onboarding_id, via.service_id FROM (` + shownBy + `) via WHERE s.scope = 'basis') list
	CROSS JOIN LATERAL (
		SELECT x.key, x.template_version_id, x.state FROM portal.step x
		WHERE x.land_id = @land AND x.org_id = s.org_id AND x.service_id = list.service_id AND x.key = e.before
		UNION ALL
		SELECT x.key, x.template_version_id, x.state FROM portal.step x
		WHERE x.land_id = @land AND x.service_id = list.service_id AND x.scope = 'land' AND x.key = e.before
		UNION ALL
		SELECT x.key, x.template_version_id, x.state
		FROM portal.step x
		JOIN portal.onboarding_basis b ON b.land_id = @land AND b.org_id = x.org_id AND b.onboarding_id = list.onboarding_id AND b.step_id = x.step_id AND b.reason = ''
		WHERE x.land_id = @land AND x.org_id = s.org_id AND x.service_id IS NULL AND x.key = e.before) x
	WHERE e.template_version_id = s.template_version_id AND e.key = s.key AND x.state NOT IN ('done', 'not_applicable')`
