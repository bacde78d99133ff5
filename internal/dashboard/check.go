package dashboard

// toCheck holds for a step s of template step t that waits for the reader's organisation to check it; it repeats what
// the checklist says of one step.
const toCheck = `s.state = 'submitted' AND NOT s.resting
	AND CASE @circle WHEN 'land' THEN 'land' WHEN 'ministry' THEN 'fachressort' WHEN 'provider' THEN 'it_dienstleister' END =
		CASE WHEN t.review = 'it_dienstleister' AND (s.submitted_org <> s.org_id OR NOT EXISTS (
			SELECT FROM portal.assignment x WHERE x.land_id = @land AND x.org_id = s.org_id)) THEN 'land' ELSE t.review END`

// countToCheck counts what waits for the reader to check.
const countToCheck = `
	SELECT count(*)::int
	FROM portal.step s
	JOIN portal.template_step t ON t.land_id = @land AND t.template_version_id = s.template_version_id AND t.key = s.key
	WHERE s.land_id = @land AND ` + toCheck
