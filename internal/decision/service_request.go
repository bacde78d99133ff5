package decision

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Request asks a ministry for a decision. ID is made with the form, so that sending it twice makes one case.
type Request struct {
	ID          uuid.UUID
	ServiceSlug string
	Occasion    string     // why now
	DueOn       *time.Time // until when, if that matters
}

// Choice is a service one may request a decision for, and what stands in the way.
type Choice struct {
	ServiceID    uuid.UUID
	ServiceSlug  string
	ServiceName  string
	Published    bool
	MinistryID   *uuid.UUID
	MinistryName *string
	OpenID       *uuid.UUID // the case that is open already
	OpenNo       *int
	OpenState    *State
	Today        time.Time
}

// Choices returns the services a person may request decisions for: the Land all, a ministry its own.
func (s *Service) Choices(ctx context.Context, who access.Actor) (found []Choice, err error) {
	err = s.db.Read(ctx, who, access.DecisionRequest, func(tx *postgres.Tx) error {
		found, err = choices(ctx, tx)
		return err
	})
	return found, err
}

// Request makes a draft in the service's ministry with four open reviews. Sent again, it changes nothing.
func (s *Service) Request(ctx context.Context, who access.Actor, r Request) error {
	r.Occasion = trimmed(r.Occasion)
	return s.db.Write(ctx, who, access.DecisionRequest, func(tx *postgres.Tx) error {
		if err := r.Check(); err != nil {
			return err
		}
		c, err := choice(ctx, tx, r.ServiceSlug)
		if err != nil {
			return err
		}
		if c.OpenID != nil && *c.OpenID == r.ID {
			return postgres.ErrRepeated
		}
		if tx.Reach == access.Responsible && (c.MinistryID == nil || *c.MinistryID != tx.Org()) {
			return fault.New(fault.Forbidden, "Diese Leistung liegt bei einem anderen Ressort. Es beantragt die Entscheidung selbst.")
		}
		if err := r.check(c.Today); err != nil {
			return err
		}
		if err := c.Requestable(); err != nil {
			return err
		}
		no, err := insert(ctx, tx, r, c)
		switch {
		case postgres.IsNoRow(err):
			return postgres.ErrRepeated
		case postgres.Violates(err, "one_open_decision"):
			return fault.New(fault.Conflict, "Zu dieser Leistung ist gerade schon eine Entscheidung beantragt worden.")
		case err != nil:
			return fmt.Errorf("request decision for %s: %w", r.ServiceSlug, err)
		}
		return audit.Record(ctx, tx, r.entry(c, no))
	})
}

// Check is a fault that names every field which does not hold, or nil. The page asks before Request does: it has dates
// of its own to complain about.
func (r Request) Check() error {
	var wrong fault.Wrong
	wrong.If(r.ServiceSlug == "", "service", "Wählen Sie eine Leistung.")
	switch {
	case trimmed(r.Occasion) == "":
		wrong.Add("occasion", "Nennen Sie den Anlass, zum Beispiel „Fokusleistung 2027“.")
	case len([]rune(r.Occasion)) > maxShort:
		wrong.Add("occasion", "Kürzen Sie den Anlass auf höchstens 500 Zeichen.")
	}
	return wrong.Err()
}

// check refuses a date in the past.
func (r Request) check(today time.Time) error {
	if r.DueOn == nil || !r.DueOn.Before(today) {
		return nil
	}
	return fault.InField("due_on", "Geben Sie einen Termin ab heute ein, zum Beispiel 30.04.2027.")
}

// Requestable is a fault that says what keeps a decision from being requested, or nil.
func (c Choice) Requestable() error {
	switch {
	case !c.Published:
		return fault.InField("service", "Veröffentlichen Sie die Leistung zuerst. Dann kann über sie entschieden werden.")
	case c.MinistryID == nil:
		return fault.InField("service", "Für diese Leistung ist noch kein Ressort benannt. Tragen Sie es zuerst bei der Leistung ein.")
	case c.OpenID != nil:
		return fault.New(fault.Conflict, "Zu „"+c.ServiceName+"“ läuft schon Vorgang Nr. "+strconv.Itoa(*c.OpenNo)+" ("+c.OpenState.Word()+"). Schließen Sie ihn ab, oder ziehen Sie ihn zurück.")
	}
	return nil
}

func (r Request) entry(c Choice, no int) audit.Entry {
	made := locked{Decision: Decision{ID: r.ID, Ministry: *c.MinistryID}, ServiceName: c.ServiceName}
	return made.entry("decision.request", audit.Org,
		audit.Diff("Nummer", "", strconv.Itoa(no)), moved("", Draft), audit.Diff("Anlass", "", r.Occasion), audit.Diff("Erbeten bis", "", workday.WrittenIf(r.DueOn)))
}
