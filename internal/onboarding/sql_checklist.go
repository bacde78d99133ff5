package onboarding

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// row is an onboarding with all that its checklist shows. Of the steps each column is a list: forty steps cost hardly more
// than one, and what is gathered beside them is gathered once for the onboarding and not once for each step.
type row struct {
	Onboarding
	columns
	gathered
	CrossLand *bool // what the decision in force says
	Questions []questionAt
	Helps     []helpAt
	Hints     []hintAt
}

// gathered is what belongs to steps and stands beside them.
type gathered struct {
	Periods   []periodAt
	Files     []fileAt
	Obstacles []obstacleAt
}

// columns are the steps of an onboarding, column by column.
type columns struct {
	Steps      []uuid.UUID
	States     []StepState
	Reasons    []string
	Givens     []string
	GivenURLs  []string
	Dues       []time.Time
	Sinces     []time.Time
	Submitters []*uuid.UUID
	Submitting []*uuid.UUID
	Untils     []*time.Time
	Changers   []uuid.UUID
	Versions   []int64
	Checked    []int
	Unneeded   []bool
	Overruled  []bool
	Proofs     []string
	ProofEnds  []*time.Time

	Keys      []string
	Templates []uuid.UUID
}

const columnLists = `array_agg(s.step_id) AS steps, array_agg(s.state) AS states, array_agg(s.reason) AS reasons, array_agg(s.given) AS givens,
		array_agg(s.given_url) AS given_urls, array_agg(s.due_on) AS dues, array_agg(s.state_since) AS sinces, array_agg(s.submitted_by) AS submitters,
		array_agg(s.submitted_org) AS submitting, array_agg(s.valid_until) AS untils, array_agg(s.changed_by) AS changers,
		array_agg(s.step_version) AS versions, array_agg(s.checked_days) AS checked, array_agg(s.unneeded) AS unneeded, array_agg(s.overruled) AS overruled,
		array_agg(s.proof_of) AS proofs, array_agg(s.proof_ends) AS proof_ends,
		array_agg(s.key) AS keys, array_agg(s.template_version_id) AS templates`

// unproven are the columns that only a basis step of a body has.
const unproven = `false AS unneeded, false AS overruled, '' AS proof_of, NULL::date AS proof_ends`

// allSteps are the steps that stand in the checklist of an onboarding o: own, the Land's, and basis. A basis step that the
// service does without shows the reason for that instead of its own state. Whoever changes a step reads the same in fewer
// words (working).
const allSteps = `
				SELECT s.key, s.scope, s.template_version_id, ` + stepColumns + `, ` + unproven + `
				FROM portal.step s
				WHERE s.land_id = @land AND s.org_id = o.org_id AND s.service_id = o.service_id
				UNION ALL
				SELECT s.key, s.scope, s.template_version_id, ` + stepColumns + `, ` + unproven + `
				FROM portal.step s
				WHERE s.land_id = @land AND s.service_id = o.service_id AND s.scope = 'land'
				UNION ALL
				SELECT s.key, s.scope, s.template_version_id, s.step_id, CASE WHEN l.reason = '' THEN s.state ELSE 'not_applicable' END,
					CASE WHEN l.reason = '' THEN s.reason ELSE l.reason END, CASE WHEN l.reason = '' THEN s.evidence ELSE '' END,
					CASE WHEN l.reason = '' THEN s.evidence_url ELSE '' END, s.due_on, s.state_since,
					s.submitted_by, s.submitted_org, s.valid_until, s.changed_by, s.version, s.checked_days, l.reason <> '', l.overruled_by IS NOT NULL,
					coalesce(p.what, ''), p.valid_until
				FROM portal.onboarding_basis l
				JOIN portal.step s ON s.land_id = @land AND s.org_id = l.org_id AND s.step_id = l.step_id
				LEFT JOIN portal.basis_proof p ON p.land_id = @land AND p.org_id = l.org_id AND p.key = s.key
				WHERE l.land_id = @land AND l.org_id = o.org_id AND l.onboarding_id = o.onboarding_id`

// checklists reads onboardings with their steps. pick narrows steps s of onboarding o; said is what to read of what people
// say. What follows narrows the onboardings.
func checklists(said, pick string) string {
	return `
	SELECT ` + onboardingColumns + `, ` + crossLand + `, l.*, (` + periodsOf(`l.steps`) + `) AS periods, (` + filesOf(`l.steps`) + `) AS files, (` + obstacles + `) AS obstacles, ` + said + `
	FROM ` + onboardings + `
	CROSS JOIN LATERAL (
		SELECT ` + columnLists + `
		FROM (
			SELECT s.*
			FROM (` + allSteps + `) s
			WHERE ` + pick + `
		) s
		HAVING count(*) > 0
	) l
	WHERE o.land_id = @land`
}

// crossLand is what the decision about service o says of § 8a OZG.
const crossLand = `(
		SELECT d.cross_land
		FROM portal.decision d
		WHERE d.land_id = @land AND d.service_id = o.service_id AND d.state IN ('approved', 'approved_with_conditions')
		ORDER BY d.no DESC
		LIMIT 1) AS cross_land`

const everyStep = `true`

// talking is what people say, silent that nobody wants to read it.
var (
	talking = `(` + questions + `) AS questions, (` + helps + `) AS helps, (` + hints + `) AS hints`
	silent  = `NULL::json AS questions, NULL::json AS helps, NULL::json AS hints`
)

// The statements by which checklists are read: for a page with all that is said, for a change without.
var (
	readable = checklists(talking, everyStep)
	workable = checklists(silent, everyStep)
)

// load reads one checklist; NotFound if it does not exist for the reader.
func load(ctx context.Context, tx *postgres.Tx, bodyKey, slug string) (*Checklist, error) {
	return loadBy(ctx, tx, readable, bodyKey, slug)
}

// loadToWork is load for those who change something and read nothing out.
func loadToWork(ctx context.Context, tx *postgres.Tx, bodyKey, slug string) (*Checklist, error) {
	return loadBy(ctx, tx, workable, bodyKey, slug)
}

func loadBy(ctx context.Context, tx *postgres.Tx, sql, bodyKey, slug string) (*Checklist, error) {
	found, err := collect(ctx, tx, sql+` AND b.key = @body AND v.slug = @slug`, pgx.StrictNamedArgs{"land": tx.Land(), "body": bodyKey, "slug": slug})
	if err != nil {
		return nil, fmt.Errorf("read checklist %s of %s: %w", slug, bodyKey, err)
	}
	if len(found) == 0 {
		return nil, fault.Missing()
	}
	return found[0], nil
}

// collect reads checklists.
func collect(ctx context.Context, tx *postgres.Tx, sql string, args pgx.StrictNamedArgs) ([]*Checklist, error) {
	rows, _ := tx.Query(ctx, sql, args)
	found, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[row])
	if err != nil {
		return nil, err
	}
	templates := templatesOf(tx)
	for _, r := range found {
		if err := templates.read(ctx, tx, r.Templates); err != nil {
			return nil, err
		}
	}
	lists := make([]*Checklist, len(found))
	for i, r := range found {
		lists[i] = newChecklist(r.Onboarding, r.assemble(templates), tx.Today(), tx.Who)
		lists[i].General = r.general()
	}
	return lists, nil
}

// assemble makes steps of the columns, in the order of their numbers, and gives each what belongs to it.
func (r *row) assemble(templates *templates) []Step {
	plain := make([]template.Step, len(r.Keys))
	order := make([]int, len(r.Keys))
	for i := range order {
		plain[i], order[i] = templates.step(r.Templates[i], r.Keys[i]), i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(plain[a].No, plain[b].No), bytes.Compare(r.Steps[a][:], r.Steps[b][:]))
	})
	steps := make([]Step, len(order))
	for n, i := range order {
		s := &steps[n]
		s.Step = plain[i]
		s.ID, s.State, s.Reason, s.Given, s.GivenURL = r.Steps[i], r.States[i], r.Reasons[i], r.Givens[i], r.GivenURLs[i]
		s.DueOn, s.StateSince, s.SubmittedBy, s.SubmittedOrg = r.Dues[i], r.Sinces[i], r.Submitters[i], r.Submitting[i]
		s.ValidUntil, s.ChangedBy, s.Version, s.Unneeded = r.Untils[i], r.Changers[i], r.Versions[i], r.Unneeded[i]
		s.CheckedDays = r.Checked[i]
		s.Overruled, s.ProofOf, s.ProofEnds = r.Overruled[i], r.Proofs[i], r.ProofEnds[i]
		r.give(s)
		if s.Key == template.Privacy {
			s.CrossLand = r.CrossLand
		}
		s.Talk = r.talkAt(s.Key)
	}
	return steps
}

// give adds to a step what was gathered beside it. A basis step that the service does without lies with nobody.
func (g *gathered) give(s *Step) {
	for _, p := range g.Periods {
		if p.Step == s.ID && !s.Unneeded {
			s.Periods = append(s.Periods, p.Waiting)
		}
	}
	for _, f := range g.Files {
		if f.Step == s.ID {
			s.Files = append(s.Files, f.File)
		}
	}
	for _, o := range g.Obstacles {
		if o.Step == s.ID {
			s.Obstacles = append(s.Obstacles, o.Obstacle)
		}
	}
}
