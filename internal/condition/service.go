package condition

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/paper"
	"rollinportal/internal/postgres"
)

// Service follows the Auflagen of a Land.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Status narrows the list to what stands alike.
type Status string

// The statuses. The empty one means unfinished.
const (
	Unfinished Status = ""
	Late       Status = "overdue"
	ToCheck    Status = "reported"
	Finished   Status = "finished"
)

// Filter narrows the list.
type Filter struct {
	Status  Status
	Service string // slug
	Mine    bool   // those of the acting person's own organisation only
	Page    int    // from 1
}

func (f Filter) offset() int { return (max(f.Page, 1) - 1) * PageSize }

const (
	PageSize   = 50     // how many a page of the list shows
	maxOfCase  = 500    // more than a decision may set
	maxOverdue = 10_000 // more than a round will ever find; it has to find them all
)

// List returns a page of the Auflagen of decisions in force that the reader has to do with, those due first on top, and how
// many there are in all.
func (s *Service) List(ctx context.Context, who access.Actor, f Filter) (found []Condition, total int, err error) {
	err = s.db.Read(ctx, who, access.ConditionView, func(tx *postgres.Tx) error {
		found, total, err = list(ctx, tx, f)
		return err
	})
	return found, total, err
}

// Shown is an Auflage with its trail, and whom it could be handed over to.
type Shown struct {
	Condition
	Owners []Owner
	Files  []paper.File
	Trail  []audit.Event
}

// Owner is an organisation that may see to an Auflage.
type Owner struct{ Key, Name string }

// Show returns an Auflage; NotFound for organisations that have nothing to do with it.
func (s *Service) Show(ctx context.Context, who access.Actor, id uuid.UUID) (shown Shown, err error) {
	err = s.db.Read(ctx, who, access.ConditionView, func(tx *postgres.Tx) error {
		if shown, err = one(ctx, tx, id); err != nil {
			return err
		}
		shown.Trail, err = audit.Trail(ctx, tx, id, 20)
		return err
	})
	return shown, err
}

// Report says, for the owner, that an Auflage is fulfilled.
func (s *Service) Report(ctx context.Context, who access.Actor, id uuid.UUID, r Report) error {
	r = r.fit()
	return s.change(ctx, who, access.ConditionReport, id, func(c *Condition, tx *postgres.Tx) (string, []notify.Notice, error) {
		if c.Owner != tx.Org() {
			return "", nil, errNotYours
		}
		if c.State == Reported && c.Version == r.Version+1 && c.Evidence == r.Evidence && *c.ReportedBy == who.Person {
			return "", nil, postgres.ErrRepeated
		}
		err := c.report(r, who.Person, tx.Now)
		return "condition.report", []notify.Notice{c.toldReported()}, err
	})
}

// Settle confirms, sends back or waives, for the ministry that set the Auflage.
func (s *Service) Settle(ctx context.Context, who access.Actor, id uuid.UUID, in Settlement) error {
	in.Reason = strings.TrimSpace(in.Reason)
	return s.change(ctx, who, access.ConditionSettle, id, func(c *Condition, tx *postgres.Tx) (string, []notify.Notice, error) {
		if c.Ministry != tx.Org() {
			return "", nil, errNotYours
		}
		if c.has(in, who.Person) {
			return "", nil, postgres.ErrRepeated
		}
		err := c.settle(in, who.Person)
		return "condition." + string(in.Act), []notify.Notice{c.toldSettled()}, err
	})
}

// HandOver says who sees to an open Auflage from now on.
func (s *Service) HandOver(ctx context.Context, who access.Actor, id uuid.UUID, in Handover) error {
	in.Function = strings.TrimSpace(in.Function)
	return s.change(ctx, who, access.ConditionSettle, id, func(c *Condition, tx *postgres.Tx) (string, []notify.Notice, error) {
		if c.Ministry != tx.Org() {
			return "", nil, errNotYours
		}
		if err := c.seen(in.Version, Open); err != nil {
			return "", nil, err
		}
		if len([]rune(in.Function)) > 200 {
			return "", nil, fault.InField("function", "Kürzen Sie die Funktion auf höchstens 200 Zeichen.")
		}
		id, name, err := ownerOf(ctx, tx, in.OwnerKey)
		if err != nil {
			return "", nil, err
		}
		c.Owner, c.OwnerKey, c.OwnerName, c.Function = id, in.OwnerKey, name, in.Function
		c.Version++
		return "condition.hand-over", []notify.Notice{c.toldOwner()}, nil
	})
}

// Hold keeps an open Auflage as it is while its files change, for the room above that keeps them, and returns the line of
// the trail, to be completed. Only its owner gets it, and only while nothing is reported.
func Hold(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (audit.Entry, error) {
	if err := hold(ctx, tx, id); err != nil {
		return audit.Entry{}, err
	}
	c, err := read(ctx, tx, id)
	switch {
	case err != nil:
		return audit.Entry{}, err
	case c.Owner != tx.Org():
		return audit.Entry{}, errNotYours
	}
	entry := audit.Entry{Org: tx.Org(), Kind: "condition", Record: c.ID, Parent: c.Decision, Visibility: audit.Private, Title: "Auflage " + strconv.Itoa(c.No)}
	return entry, c.seen(c.Version, Open)
}

// errNotYours is for those who see an Auflage and may not act on it. Nobody else finds it.
var errNotYours = fault.New(fault.Forbidden, "Gemeldet wird die Erfüllung von der zuständigen Stelle, geprüft vom Ressort, das die Auflage gesetzt hat.")

// change reads an Auflage, lets the rule change it, saves it, tells of it and records it.
func (s *Service) change(ctx context.Context, who access.Actor, action access.Action, id uuid.UUID, rule rule) error {
	return s.db.Write(ctx, who, action, func(tx *postgres.Tx) error {
		c, err := read(ctx, tx, id)
		if err != nil {
			return err
		}
		was := c
		verb, notices, err := rule(&c, tx)
		if err != nil {
			return err
		}
		saved, err := save(ctx, tx, c)
		if err != nil {
			return err
		}
		if !saved {
			return outrun(ctx, tx, id, rule)
		}
		if err := notify.Tell(ctx, tx, notices...); err != nil {
			return err
		}
		return audit.RecordAll(ctx, tx, c.entries(tx.Org(), verb, was))
	})
}

type rule func(*Condition, *postgres.Tx) (string, []notify.Notice, error)

// outrun says what has become of the Auflage while the person's own change waited: the same by their second click, or
// a Conflict.
func outrun(ctx context.Context, tx *postgres.Tx, id uuid.UUID, again rule) error {
	c, err := read(ctx, tx, id)
	if err != nil {
		return err
	}
	if _, _, err := again(&c, tx); err != nil {
		return err
	}
	return errStale
}

// entries are what everybody may read of the change, and what only the acting organisation does.
func (c Condition) entries(acting uuid.UUID, action string, was Condition) []audit.Entry {
	public := audit.Entry{
		Org: acting, Action: action, Kind: "condition", Record: c.ID, Parent: c.Decision, Visibility: audit.Land,
		Title: "Auflage " + strconv.Itoa(c.No),
		Changes: slices.Concat(audit.Diff("Stand", was.State.Word(), c.State.Word()),
			audit.Diff("Zuständig", was.OwnerName, c.OwnerName), audit.Diff("Funktion", was.Function, c.Function)),
	}
	words := public
	words.Action, words.Visibility = action+".words", audit.Private
	words.Changes = slices.Concat(audit.Diff("Nachweis", was.Evidence, c.Evidence), audit.Diff("Unterlage", was.Link, c.Link), audit.Diff("Begründung", was.Reason, c.Reason))
	if len(words.Changes) == 0 {
		return []audit.Entry{public}
	}
	return []audit.Entry{public, words}
}

// Begin follows the Auflagen of a decision, in the transaction that decided it, and tells those who see to them.
func Begin(ctx context.Context, tx *postgres.Tx, decision uuid.UUID) error {
	found, err := follow(ctx, tx, decision)
	if err != nil {
		return err
	}
	notices := make([]notify.Notice, len(found))
	for i, c := range found {
		notices[i] = c.toldOwner()
	}
	return notify.Tell(ctx, tx, notices...)
}

// Sweep tells of the Auflagen whose day has come: the owner on that day, the ministry and the Land a week later.
func (s *Service) Sweep(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		due, err := listDue(ctx, tx)
		if err != nil {
			return err
		}
		var notices []notify.Notice
		for _, c := range due {
			notices = append(notices, c.toldDue(tx.Today())...)
		}
		if err := notify.Tell(ctx, tx, notices...); err != nil {
			return err
		}
		audit.Personal(tx) // nothing of any record changed
		return nil
	})
}
