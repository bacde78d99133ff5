package dashboard

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/decision"
	"rollinportal/internal/event"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/pilot"
	"rollinportal/internal/postgres"
	"rollinportal/internal/survey"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// BodyDesk is what a town finds on its start page.
type BodyDesk struct {
	At         time.Time
	FreshDays  int                     // of the Land
	Checklists []*onboarding.Checklist // by service; of finished steps only what the open ones depend on
	Parties    []onboarding.Party      // that a step may lie with
	Calls      []pilot.Offer           // for pilots, that the body may answer
	Surveys    []survey.Offer          // that the body has not answered
	Events     []event.Next            // to come
	Conditions []condition.Condition   // open Auflagen that the body sees to
	Usual      map[string]Usual        // by key of a step
}

// Overdue is how many steps are late, and how many of them are the body's turn: the others lie with somebody else, or
// wait for a step that does.
func (d *BodyDesk) Overdue() (all, own int) {
	for _, n := range d.collect(func(s onboarding.Step) bool { return s.Overdue }) {
		all++
		if n.turn() {
			own++
		}
	}
	return all, own
}

// Usual is how many working days other bodies needed for a step, and how many it lay with others besides, as medians.
type Usual struct{ Own, Away int }

// Next is a step that can be worked on now, with the checklist it is shown in.
type Next struct {
	onboarding.Step
	In     *onboarding.Checklist
	Renews int // how many services lean on what shows that the step is done, and ends soon or has ended; 0 if nothing ends
}

// Due is when the step is due; what is to be renewed is due on the day on which it ends.
func (n Next) Due() time.Time {
	if n.Renews > 0 {
		return *n.ProofEnds
	}
	return n.DueOn
}

// turn reports whether the step can be worked on, lies with nobody else and is not blocked by an obstacle.
func (n Next) turn() bool {
	return n.Possible() && n.With() == nil && n.State != onboarding.Submitted && !n.Blocked()
}

// returned is 1 for a step that came back from its check: that comes first, before somebody forgets what was wrong.
func (n Next) returned() int {
	if n.State == onboarding.Returned {
		return 1
	}
	return 0
}

// Possible returns the steps that can be worked on now, the most urgent first. A basis step stands there once. One whose
// proof ends stands there in its stead until it is renewed, for all services together and even while it is done.
func (d *BodyDesk) Possible() []Next {
	today := workday.Day(d.At)
	found := d.collect(func(s onboarding.Step) bool {
		return Next{Step: s}.turn() && !s.Expires(today)
	})
	return byUrgency(append(found, d.renewals(today)...))
}

// renewals returns what is to be renewed, unless it lies with others for that.
func (d *BodyDesk) renewals(today time.Time) []Next {
	var found []Next
	for _, c := range d.running() {
		for _, s := range c.Steps {
			if !s.Expires(today) || s.With() != nil {
				continue
			}
			i := slices.IndexFunc(found, func(n Next) bool { return n.ID == s.ID })
			if i < 0 {
				i, found = len(found), append(found, Next{Step: s, In: c})
			}
			found[i].Renews++
		}
	}
	return found
}

// running are the checklists that do not rest.
func (d *BodyDesk) running() []*onboarding.Checklist {
	var found []*onboarding.Checklist
	for _, c := range d.Checklists {
		if !c.State.Aside() {
			found = append(found, c)
		}
	}
	return found
}

// Away returns the steps that lie with others, to be done, to be checked, or until an obstacle is solved; those that are
// due first before the rest.
func (d *BodyDesk) Away() []Next {
	return d.collect(func(s onboarding.Step) bool {
		return s.With() != nil || s.State == onboarding.Submitted || s.Blocked() && s.Possible()
	})
}

// News returns the questions in which something is new for the reader, each once.
func (d *BodyDesk) News() []onboarding.Question {
	var found []onboarding.Question
	for _, c := range d.Checklists {
		for _, q := range c.News() {
			if !slices.ContainsFunc(found, func(known onboarding.Question) bool { return known.ID == q.ID }) {
				found = append(found, q)
			}
		}
	}
	return found
}

// Unconfirmed is how many of the checklists nobody confirmed for too long.
func (d *BodyDesk) Unconfirmed() int {
	n := 0
	for _, c := range d.Checklists {
		if c.Unconfirmed(workday.Day(d.At), d.FreshDays) {
			n++
		}
	}
	return n
}

// NextDue returns when the next of the steps is due that cannot be worked on yet; false if nothing is left.
func (d *BodyDesk) NextDue() (time.Time, bool) {
	waiting := d.collect(func(s onboarding.Step) bool { return !s.Possible() })
	if len(waiting) == 0 {
		return time.Time{}, false
	}
	return waiting[0].DueOn, true
}

func (d *BodyDesk) collect(fits func(onboarding.Step) bool) []Next {
	var found []Next
	seen := map[uuid.UUID]bool{}
	for _, c := range d.running() {
		for _, s := range c.Steps {
			if !s.State.Finished() && !seen[s.ID] && fits(s) {
				seen[s.ID] = true
				found = append(found, Next{Step: s, In: c})
			}
		}
	}
	return byUrgency(found)
}

func byUrgency(found []Next) []Next {
	slices.SortStableFunc(found, func(a, b Next) int {
		return cmp.Or(b.returned()-a.returned(), a.Due().Compare(b.Due()), cmp.Compare(a.No, b.No))
	})
	return found
}

// BodyDesk returns what the acting person's body has to do.
func (s *Service) BodyDesk(ctx context.Context, who access.Actor) (*BodyDesk, error) {
	d := &BodyDesk{}
	err := s.db.Read(ctx, who, access.DashboardBody, func(tx *postgres.Tx) (err error) {
		d.At, d.FreshDays = tx.Now, who.Land.FreshDays
		if d.Checklists, err = onboarding.OpenOfOwnBody(ctx, tx); err != nil {
			return err
		}
		return readAdvice(ctx, tx, d)
	})
	return d, err
}

// MinistryDesk is what a ministry finds on its start page.
type MinistryDesk struct {
	At         time.Time
	Decisions  []decision.Listed     // open, those that wait for this very person first
	Services   []ServiceRow          // in roll-in, by name
	Questions  int                   // that wait for its answer
	Conditions []condition.Condition // open ones to see to, and reported ones to check
}

// ServiceRow is a service in its roll-in.
type ServiceRow struct {
	Slug, Name string
	Live       int
	Whole      int
	Overdue    int
	ToCheck    int // steps of it that wait for the ministry to check them
}

// Share returns in how many of its bodies the service is live.
func (r ServiceRow) Share() Share { return Share{Part: r.Live, Whole: r.Whole} }

// MinistryDesk returns what waits for the acting person's ministry.
func (s *Service) MinistryDesk(ctx context.Context, who access.Actor) (*MinistryDesk, error) {
	d := &MinistryDesk{}
	err := s.db.Read(ctx, who, access.DecisionView, func(tx *postgres.Tx) (err error) {
		d.At = tx.Now
		if d.Decisions, err = decision.ListOpen(ctx, tx); err != nil {
			return err
		}
		return readServices(ctx, tx, d)
	})
	return d, err
}

// ProviderDesk is the queue of an IT provider.
type ProviderDesk struct {
	At         time.Time
	Kinds      []Kind                // those with the earliest due date first, and last those of which nothing is possible
	First      []Task                // the most urgent of the possible steps
	Conditions []condition.Condition // open Auflagen that the provider sees to
	Asked      []decision.Asked      // opinions that ministries wait for
}

// Kind is how many steps of one kind wait for the provider.
type Kind struct {
	Key, Title string
	Check      bool       // to be checked, after others submitted it
	Count      int        // possible now
	Held       int        // waiting for steps before them
	HeldBy     []string   // the titles of these
	FirstDue   *time.Time // of those that are possible
}

// urgent is how many steps the queue names.
const urgent = 25

// ProviderDesk returns the unfinished steps that the acting person's provider is responsible for, in the bodies it is
// assigned to.
func (s *Service) ProviderDesk(ctx context.Context, who access.Actor) (*ProviderDesk, error) {
	d := &ProviderDesk{}
	err := s.db.Read(ctx, who, access.RolloutView, func(tx *postgres.Tx) (err error) {
		d.At = tx.Now
		if err := oneByOne(tx); err != nil {
			return err
		}
		if err = readKinds(ctx, tx, d); err != nil {
			return err
		}
		d.First, err = listTasks(ctx, tx, TaskFilter{Status: Possible, Responsible: template.ByProvider, Limit: urgent})
		return err
	})
	return d, err
}
