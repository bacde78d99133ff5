package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// vendors are invented; what gets stuck at no organisation of the Land lies with one of them.
var vendors = []string{"Hersteller A", "Hersteller B", "Hersteller C"}

// planHandOver has somebody say that a step is stuck with others, a few days after it was begun. The change of state
// that finishes the step ends it.
func (w *walker) planHandOver(s onboarding.Step, began time.Time) {
	in := onboarding.HandOverInput{Ticket: w.ticket(), Note: "Angefragt, Termin noch offen"}
	if in.PartyKey = w.partyOf(s); in.PartyKey == "" {
		in.Party = vendors[w.count%len(vendors)]
	}
	at := template.AddWorkingDays(began.Truncate(24*time.Hour), 3).Add(9 * time.Hour)
	w.by(w.coordinator, at, "hand over "+s.Key, func(ctx context.Context, who access.Actor, now time.Time) (time.Time, error) {
		list, err := w.onboardings.Checklist(ctx, who, w.body, w.slug, 0)
		if err != nil {
			return over, err
		}
		step, _ := list.Find(s.Key)
		if !step.CanHandOver() {
			return over, nil
		}
		in.ID, in.Version, in.Since = uuid.New(), step.Version, workday.Day(now)
		err = w.onboardings.HandOver(ctx, who, w.body, w.slug, s.Key, in)
		if fault.KindOf(err) == fault.Conflict { // somebody else was faster
			return over, nil
		}
		return over, err
	})
}

// partyOf is the organisation of Thüringen that a step lies with when it is stuck; "" for a vendor.
func (w *walker) partyOf(s onboarding.Step) string {
	if w.colleague() == "" {
		return "" // Demoland has none of them
	}
	switch s.Responsible {
	case template.ByProvider:
		return "TLRZ"
	case template.ByLand, template.ByMinistry:
		return "TMDI-OZG"
	}
	if w.count%4 == 0 {
		return "DATAPORT"
	}
	return ""
}

// ticket is a number as a party's help desk would give it, or none.
func (w *walker) ticket() string {
	if w.count%3 == 0 {
		return ""
	}
	return "INC-" + uuid.NewSHA1(uuid.NameSpaceOID, []byte(w.slug+w.body)).String()[:6]
}

// planConfirmations has every other town say, shortly before the end of the story, that all of it still holds.
func (p *player) planConfirmations(end time.Time) {
	for i, b := range bodies() {
		if i%2 == 1 {
			continue
		}
		p.by("k"+b.Key, end.AddDate(0, 0, -1-i), "confirm", func(ctx context.Context, who access.Actor, _ time.Time) (time.Time, error) {
			err := p.onboardings.Confirm(ctx, who, b.Key, "")
			if fault.KindOf(err) == fault.NotFound { // nothing is rolled in there yet
				return over, nil
			}
			return over, err
		})
	}
}
