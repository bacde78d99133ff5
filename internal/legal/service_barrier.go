package legal

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// ErrBusy is the answer when more reports come in than people can send.
var ErrBusy = fault.New(fault.Conflict, "Gerade gehen sehr viele Meldungen ein. Ihr Text steht noch im Formular. Senden Sie ihn in zehn Minuten noch einmal.")

// ErrGreedy is the answer to one who sends more than a person has to report.
var ErrGreedy = fault.New(fault.Conflict, "Von Ihrem Anschluss kamen gerade mehrere Meldungen. Ihr Text steht noch im Formular. Senden Sie ihn in zehn Minuten noch einmal.")

// ReportBarrier takes in a report for a Land, from whomever; sent twice, it counts once. Invalid without such a Land or
// while nobody there could answer, ErrBusy beyond the bound.
func (s *Service) ReportBarrier(ctx context.Context, land string, r Report) error {
	if err := r.Wrong(); err != nil {
		return err
	}
	var result string
	err := s.db.Anonymous(ctx, func(q postgres.Querier) error {
		return q.QueryRow(ctx, `SELECT ctx.report_barrier($1, $2, $3, $4, $5, $6)`, land, r.ID, r.Place, r.Message, r.Name, r.Email).Scan(&result)
	})
	switch {
	case err != nil:
		return fmt.Errorf("take in a barrier: %w", err)
	case result == "nobody":
		return fault.InField("land", "Dieses Land nimmt hier noch keine Meldungen an. Wählen Sie ein Land aus der Liste.")
	case result == "busy":
		return ErrBusy
	}
	return nil
}

// Barriers lists what was reported, what waits for an answer first, then the newest.
func (s *Service) Barriers(ctx context.Context, who access.Actor) (found []Barrier, err error) {
	err = s.db.Read(ctx, who, access.BarrierHandle, func(tx *postgres.Tx) error {
		found, err = barriers(ctx, tx)
		return err
	})
	return found, err
}

// Barrier returns one report; NotFound if there is none.
func (s *Service) Barrier(ctx context.Context, who access.Actor, id uuid.UUID) (found Barrier, err error) {
	err = s.db.Read(ctx, who, access.BarrierHandle, func(tx *postgres.Tx) error {
		found, err = barrier(ctx, tx, id)
		return err
	})
	return found, err
}

// Answer notes what the Land did about a barrier, once; Conflict if somebody else noted it meanwhile.
func (s *Service) Answer(ctx context.Context, who access.Actor, id uuid.UUID, text string) error {
	if text == "" || utf8.RuneCountInString(text) > 5000 {
		return fault.InField("answer", "Schreiben Sie in höchstens 5.000 Zeichen, was Sie geantwortet oder geändert haben.")
	}
	return s.db.Write(ctx, who, access.BarrierHandle, func(tx *postgres.Tx) error {
		now, err := barrier(ctx, tx, id)
		if err != nil {
			return err
		}
		if now.Answer == text {
			return postgres.ErrRepeated
		}
		noted, err := answer(ctx, tx, id, text)
		if err != nil {
			return err
		}
		if !noted {
			return fault.New(fault.Conflict, "Zu dieser Barriere ist schon eine Antwort vermerkt.")
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "barrier.answer", Kind: "barrier_report", Record: id, Title: "Gemeldete Barriere", Visibility: audit.Org,
			Changes: audit.Diff("Stand", "Offen", "Beantwortet"),
		})
	})
}
