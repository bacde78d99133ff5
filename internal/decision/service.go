package decision

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/organisation"
	"rollinportal/internal/postgres"
)

// Service keeps the decisions of a Land.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// PageSize is how many decisions a page of the list shows.
const PageSize = 50

// Filter narrows and orders the list.
type Filter struct {
	States    []State // empty: every state
	Unstarted bool    // approved, and no roll-in has begun
	Due       bool    // asked for by a day, and decided or past that day
	Timely    bool    // decided by the day it was asked for
	Service   string  // slug
	Ministry  string  // key
	WaitsFor  string  // key of the organisation that a case lies with
	Spent     State   // decided, and once in this state
	SpentWith string  // decided, and once lay with this organisation (key) while it was prepared
	Query     string  // name, OZG-ID or LeiKa key of the service
	Sort      string  // a key of sortColumns; a leading minus turns the order
	Page      int     // from 1
	whole     bool    // every page at once, for a file
}

// longestFile is how many rows a file has at most.
const longestFile = 20_000

func (f Filter) limit() int {
	if f.whole {
		return longestFile
	}
	return PageSize
}

func (f Filter) offset() int {
	if f.whole {
		return 0
	}
	return (max(f.Page, 1) - 1) * PageSize
}

// List returns a page of decisions, those that wait for this person first, and the ministries to filter by. The Land
// finds all, a ministry its own, everybody else those that are decided.
func (s *Service) List(ctx context.Context, who access.Actor, f Filter) (found []Listed, ministries []organisation.Organisation, err error) {
	err = s.db.Read(ctx, who, access.DecisionView, func(tx *postgres.Tx) error {
		if found, err = list(ctx, tx, f); err != nil || tx.Reach == access.Responsible {
			return err
		}
		ministries, err = organisation.ListMinistries(ctx, tx)
		return err
	})
	return found, ministries, err
}

// Shown is a decision with all that its reader may see. Reviews are there for its own ministry only.
type Shown struct {
	Details
	Trail []audit.Event
}

// Show returns a decision with the newest entries of its trail; NotFound if it is unknown or not meant for this reader.
func (s *Service) Show(ctx context.Context, who access.Actor, id uuid.UUID, trail int) (Shown, error) {
	return s.show(ctx, who, access.DecisionView, id, trail)
}

// ShowReviews is Show for those who may read the reviews; Forbidden for everybody but the ministries, NotFound for
// another ministry.
func (s *Service) ShowReviews(ctx context.Context, who access.Actor, id uuid.UUID, trail int) (Shown, error) {
	shown, err := s.show(ctx, who, access.DecisionInternalView, id, trail)
	if err == nil && shown.Ministry != who.Org.ID {
		return Shown{}, fault.Missing()
	}
	return shown, err
}

// ShowToDecide is Show for the person who decides; Conflict if the case does not wait for its decision, Forbidden for
// whoever prepared it.
func (s *Service) ShowToDecide(ctx context.Context, who access.Actor, id uuid.UUID, trail int) (Shown, error) {
	shown, err := s.show(ctx, who, access.DecisionDecide, id, trail)
	if err == nil && shown.Ministry != who.Org.ID {
		return Shown{}, fault.Missing()
	}
	if err == nil {
		err = shown.mayDecide(who.Person)
	}
	return shown, err
}

func (s *Service) show(ctx context.Context, who access.Actor, action access.Action, id uuid.UUID, trail int) (shown Shown, err error) {
	err = s.db.Read(ctx, who, action, func(tx *postgres.Tx) error {
		if shown.Details, err = details(ctx, tx, id); err != nil {
			return err
		}
		shown.Trail, err = audit.Trail(ctx, tx, id, trail)
		return err
	})
	return shown, err
}

// Assessment is the Wirtschaftlichkeitsbetrachtung, empty for readers who may not see it.
func (d Details) Assessment() Assessment { return assessmentOf(d.Frame, d.Options, d.Drafts) }

// Review returns the review of a kind, if its reader may see it.
func (d Details) Review(k Kind) (Review, bool) {
	i := slices.IndexFunc(d.Reviews, func(r Review) bool { return r.Kind == k })
	if i < 0 {
		return Review{}, false
	}
	return d.Reviews[i], true
}

// May reports whether a person may do something with the case as it stands: the page shows buttons by it.
func (d Decision) May(who access.Actor, a Act) bool {
	permission := access.DecisionInternalEdit
	switch a {
	case ToReturn, ToDecide:
		permission = access.DecisionDecide
	case ToRevoke:
		permission = access.DecisionReopen
	}
	return d.Ministry == who.Org.ID && who.Can(permission) && d.State.Allows(a) && (a != ToDecide || d.FourEyes(who.Person) == nil)
}

// ApprovedFor returns the decision that lets a service be rolled in; NotFound if there is none in force.
func ApprovedFor(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (Decision, error) {
	d, err := approvedFor(ctx, tx, service)
	if postgres.IsNoRow(err) {
		return d, fault.New(fault.NotFound, "Für diese Leistung gibt es keinen Beschluss zur Nachnutzung.")
	}
	return d, err
}

// entry is the line of the trail about a case.
func (c locked) entry(action string, v audit.Visibility, changes ...[]audit.Change) audit.Entry {
	return audit.Entry{
		Org: c.Ministry, Action: action, Kind: "decision", Record: c.ID, Title: c.ServiceName, Visibility: v, Changes: slices.Concat(changes...),
	}
}

func moved(from, to State) []audit.Change { return audit.Diff("Stand", from.Word(), to.Word()) }
