package decision

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/catalog"
	"rollinportal/internal/condition"
	"rollinportal/internal/postgres"
)

// Details is a case with the facts people look at while they decide.
type Details struct {
	Decision
	Facts
	MinistryKey  string
	MinistryName string
	Requester    string // the names are "" for readers who may not know them
	Submitter    string
	Decider      string
	Reviews      []Review // none for readers who may not see them
	Frame        *Frame
	Options      []Option
	Drafts       []FigureDraft
	Opinions     []Opinion    // asked of others, in the order of asking
	StandsIn     []Delegation // for whom the reader may decide today
	InPlaceOf    string       // for whom the decider stood in
	Revoker      string
	Recorded     bool  // there is a Vermerk
	EndRecorded  bool  // and one of its end
	Seen         int64 // changes with all that the decision leans on
	Conditions   []Condition
	Lives        []condition.Life  // what became of them, for those who may follow it
	Owners       []condition.Owner // whom an Auflage may be given to
	Others       []Sibling         // the other cases of the service, newest first
	Today        time.Time
}

// Facts is what the catalogue says about the service.
type Facts struct {
	ServiceSlug     string
	ServiceName     string
	TopicField      string
	ProvidingState  string
	Operator        string
	OzgIDs          []string `db:"ozg_ids"`
	Transports      []string
	Payment         bool
	Declaration     bool   `db:"declaration_required"`
	PriceOnce       *int64 `db:"price_once_cents"`
	PriceYearly     *int64 `db:"price_yearly_cents"`
	Competent       int    // number of competent bodies
	Running         int    // onboardings that are halted when an approval reaches its end; 0 for those who read decisions only
	RollinStarted   bool
	ServiceMinistry *uuid.UUID // the ministry in charge today
	Source          string     // of these facts
	CheckedOn       *time.Time
	PriceUntil      *time.Time     `db:"price_bound_until"`
	Said            []catalog.Fact // what the sources say, each with the day on which somebody looked
}

// Sibling is another case of the same service.
type Sibling struct {
	ID        uuid.UUID  `json:"id"`
	No        int        `json:"no"`
	State     State      `json:"state"`
	Outcome   State      `json:"outcome"`
	DecidedAt *time.Time `json:"decided_at"`
}

// Life is what became of the Auflage of a number; false for readers who may not follow it.
func (d Details) Life(no int) (condition.Life, bool) {
	i := slices.IndexFunc(d.Lives, func(l condition.Life) bool { return l.No == no })
	if i < 0 {
		return condition.Life{}, false
	}
	return d.Lives[i], true
}

// details reads a case in one statement. While a case is open, its reason is the ministry's own; why it was asked for
// is no concern of those who read decisions only.
func details(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Details, error) {
	rows, _ := tx.Query(ctx, `
		WITH people AS (SELECT DISTINCT ON (person_id) person_id, name FROM ctx.people() ORDER BY person_id, name)
		SELECT d.decision_id, d.org_id, d.service_id, d.no, d.state, d.outcome, d.due_on, d.requested_by, d.requested_at,
			d.submitted_by, d.submitted_at, d.decided_by, d.decided_at, d.ground, d.deferred_until, d.valid_until, d.delegation_id, d.cross_land,
			d.revoked_by, d.revoked_at, d.revoked_ground, d.revoked_reason, d.state_since, d.version, @today::date AS today, `+seen+`,
			`+frameJSON+`, `+optionsJSON+`, `+draftsJSON+`, `+opinionsJSON+`, `+standsInJSON+`,
			coalesce((SELECT p.name FROM portal.delegation g JOIN people p ON p.person_id = g.from_person
				WHERE g.land_id = @land AND g.org_id = d.org_id AND g.delegation_id = d.delegation_id), '') AS in_place_of,
			coalesce((SELECT p.name FROM people p WHERE p.person_id = d.revoked_by), '') AS revoker,
			CASE WHEN d.state IN ('draft', 'in_review', 'submitted') AND d.org_id <> @org THEN '' ELSE d.reason END AS reason,
			CASE WHEN @reach = 'P' THEN '' ELSE d.occasion END AS occasion,
			s.slug AS service_slug, s.name AS service_name, s.topic_field, s.providing_state, s.operator, s.ozg_ids, s.transports, s.payment,
			s.declaration_required, s.price_once_cents, s.price_yearly_cents, s.ministry_id AS service_ministry,
			s.source, s.checked_on, s.price_bound_until, (`+catalog.FactsAsJSON+`) AS said,
			(SELECT count(*) FROM portal.service_body b WHERE b.land_id = @land AND b.service_id = d.service_id)::int AS competent,
			EXISTS (SELECT FROM portal.decision_record e WHERE e.land_id = @land AND e.org_id = d.org_id AND e.decision_id = d.decision_id AND e.part = 'public') AS recorded,
			EXISTS (SELECT FROM portal.decision_record e WHERE e.land_id = @land AND e.org_id = d.org_id AND e.decision_id = d.decision_id AND e.part = 'ending_public') AS end_recorded,
			CASE WHEN d.valid_until IS NOT NULL AND d.state IN ('approved', 'approved_with_conditions') AND @reach <> 'P' THEN (
				SELECT count(*) FROM portal.onboarding o WHERE o.land_id = @land AND o.service_id = d.service_id AND `+Halted+`) ELSE 0 END::int AS running,
			EXISTS (SELECT FROM portal.rollin i WHERE i.land_id = @land AND i.service_id = d.service_id) AS rollin_started,
			o.key AS ministry_key, o.name AS ministry_name,
			coalesce((SELECT p.name FROM people p WHERE p.person_id = d.requested_by), '') AS requester,
			coalesce((SELECT p.name FROM people p WHERE p.person_id = d.submitted_by), '') AS submitter,
			coalesce((SELECT p.name FROM people p WHERE p.person_id = d.decided_by), '') AS decider,
			(SELECT jsonb_agg(jsonb_build_object('kind', r.kind, 'result', r.result, 'note', r.note, 'links', r.links, 'reviewed_by', r.reviewed_by,
					'reviewed_at', r.reviewed_at, 'reviewer', coalesce(p.name, ''), 'version', r.version, 'files', `+filesJSON+`)
					ORDER BY array_position(@kinds::text[], r.kind))
				FROM portal.review r LEFT JOIN people p ON p.person_id = r.reviewed_by
				WHERE r.land_id = @land AND r.org_id = @org AND r.decision_id = d.decision_id) AS reviews,
			(SELECT jsonb_agg(jsonb_build_object('text', c.text, 'owner', c.owner, 'due_on', c.due_on::timestamp AT TIME ZONE 'UTC') ORDER BY c.no)
				FROM portal.decision_condition c
				WHERE c.land_id = @land AND c.org_id = d.org_id AND c.decision_id = d.decision_id) AS conditions,
			(`+condition.OfDecisionAsJSON+`) AS lives, (`+condition.OwnersAsJSON+`) AS owners,
			(SELECT jsonb_agg(jsonb_build_object('id', n.decision_id, 'no', n.no, 'state', n.state, 'outcome', n.outcome, 'decided_at', n.decided_at) ORDER BY n.no DESC)
				FROM portal.decision n
				WHERE n.land_id = @land AND n.service_id = d.service_id AND n.decision_id <> d.decision_id AND (@reach <> 'P' OR n.outcome <> '')) AS others
		FROM portal.decision d
		JOIN portal.service s ON s.land_id = d.land_id AND s.service_id = d.service_id
		JOIN portal.organisation o ON o.land_id = d.land_id AND o.org_id = d.org_id
		WHERE d.land_id = @land AND d.decision_id = @id AND `+visible,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "reach": tx.Reach, "id": id, "today": tx.Today(), "kinds": Kinds, "person": tx.Who.Person})
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Details])
	if err != nil {
		return d, fmt.Errorf("read decision %s: %w", id, err)
	}
	d.Reviewers = reviewers(d.Reviews)
	return d, nil
}
