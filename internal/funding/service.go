package funding

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Service keeps fundings and deadlines of a Land.
type Service struct{ db *postgres.DB }

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// Page is a service with its fundings and contracts, those that end first on top.
type Page struct {
	ServiceID   uuid.UUID
	ServiceSlug string
	ServiceName string
	Records     []Record
	Today       time.Time
}

// Of returns the record of an id; NotFound if the page has none.
func (p Page) Of(id uuid.UUID) (Record, error) {
	for _, r := range p.Records {
		if r.ID == id {
			return r, nil
		}
	}
	return Record{}, fault.Missing()
}

// Page returns what is written down about a service; NotFound for a ministry that is not in charge of it.
func (s *Service) Page(ctx context.Context, who access.Actor, slug string) (p Page, err error) {
	err = s.db.Read(ctx, who, access.FundingView, func(tx *postgres.Tx) error {
		p, err = load(ctx, tx, slug)
		return err
	})
	return p, err
}

// Save writes a record down, or corrects the version that its writer saw.
func (s *Service) Save(ctx context.Context, who access.Actor, slug string, r Record) error {
	r = r.fit()
	return s.db.Write(ctx, who, access.FundingEdit, func(tx *postgres.Tx) error {
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		was, err := p.Of(r.ID)
		known := err == nil
		if was.Withdrawn() {
			return errWithdrawn
		}
		if known && r.Version != was.Version {
			return again(was, r)
		}
		if !known && r.Version != 0 {
			return fault.Missing()
		}
		if err := r.check(was, p.Today); err != nil {
			return err
		}
		saved, err := save(ctx, tx, p.ServiceID, r)
		if err != nil {
			return err
		}
		if !saved {
			return errStale
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "funding.save", Kind: "funding", Record: r.ID, Parent: p.ServiceID, Visibility: audit.Org,
			Title: r.Kind.Word() + " zu „" + p.ServiceName + "“", Changes: changes(was, r),
		})
	})
}

// Withdraw takes a record back with a reason. It stays readable for those who keep it; nobody is told of its end any more.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, slug string, id uuid.UUID, w Withdrawal) error {
	w.Reason = strings.TrimSpace(w.Reason)
	return s.db.Write(ctx, who, access.FundingEdit, func(tx *postgres.Tx) error {
		p, err := load(ctx, tx, slug)
		if err != nil {
			return err
		}
		was, err := p.Of(id)
		if err != nil {
			return err
		}
		switch {
		case was.Withdrawn() && was.Version == w.Version+1 && was.WhyWithdrawn == w.Reason:
			return postgres.ErrRepeated
		case was.Withdrawn():
			return errWithdrawn
		case was.Version != w.Version:
			return errStale
		}
		if err := w.check(); err != nil {
			return err
		}
		saved, err := withdraw(ctx, tx, p.ServiceID, id, w)
		if err != nil {
			return err
		}
		if !saved {
			return errStale
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "funding.withdraw", Kind: "funding", Record: id, Parent: p.ServiceID, Visibility: audit.Org,
			Title: was.Kind.Word() + " zu „" + p.ServiceName + "“", Changes: audit.Diff("Zurückgezogen, weil", "", w.Reason),
		})
	})
}

var errWithdrawn = fault.New(fault.Conflict, "Dieser Eintrag ist zurückgezogen und ändert sich nicht mehr. Tragen Sie einen neuen ein.")

var errStale = fault.New(fault.Conflict, "Inzwischen hat jemand anders diesen Eintrag geändert. Vergleichen Sie den aktuellen Stand mit Ihren Angaben.")

// again tells a second click from somebody who was outrun.
func again(now, r Record) error {
	if r.Version == now.Version-1 {
		r.Version = now.Version
		if len(changes(now, r)) == 0 {
			return postgres.ErrRepeated
		}
	}
	return errStale
}

// changes are a record in people's words.
func changes(was, r Record) []audit.Change {
	var found []audit.Change
	for _, field := range []struct{ name, old, now string }{
		{"Art", was.Kind.Word(), r.Kind.Word()},
		{"Wofür", was.Purpose.Word(), r.Purpose.Word()},
		{"Wer zahlt", was.Payer.Word(), r.Payer.Word()},
		{"Betrag", amount(was), amount(r)},
		{"Von", workday.WrittenIf(&was.From), workday.WrittenIf(&r.From)},
		{"Bis", workday.WrittenIf(&was.To), workday.WrittenIf(&r.To)},
		{"Haushaltsvorbehalt", was.Reservation, r.Reservation},
		{"Quelle", was.Source, r.Source},
		{"Danach zahlt", was.PayerAfter, r.PayerAfter},
	} {
		found = append(found, audit.Diff(field.name, field.old, field.now)...)
	}
	return found
}

func amount(r Record) string {
	if r.Cents == 0 {
		return ""
	}
	return economics.Euro(r.Cents)
}

// Deadlines returns a page, from 1, of what ends within the next ninety days: everything for the Land, its own services
// for a ministry.
func (s *Service) Deadlines(ctx context.Context, who access.Actor, page int) (found []Deadline, today time.Time, err error) {
	err = s.db.Read(ctx, who, access.DeadlineView, func(tx *postgres.Tx) error {
		today = tx.Today()
		found, err = listDeadlines(ctx, tx, horizon, PageSize, (max(page, 1)-1)*PageSize)
		return err
	})
	return found, today, err
}

// Sweep tells ministry and Land of what ends in sixty and in fourteen days.
func (s *Service) Sweep(ctx context.Context, who access.Actor) error {
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		ending, err := listDeadlines(ctx, tx, thresholds[len(thresholds)-1], maxEnding, 0)
		if err != nil {
			return err
		}
		var notices []notify.Notice
		for _, d := range ending {
			notices = append(notices, d.notices(tx.Today())...)
		}
		if err := notify.Tell(ctx, tx, notices...); err != nil {
			return err
		}
		audit.Personal(tx) // nothing of any record changed
		return nil
	})
}
