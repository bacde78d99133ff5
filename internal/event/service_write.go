package event

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Plan adds an event and invites all bodies. Sent again, it changes nothing.
func (s *Service) Plan(ctx context.Context, who access.Actor, in Input) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.EventManage, func(tx *postgres.Tx) error {
		if err := in.check(); err != nil {
			return err
		}
		added, err := insert(ctx, tx, in)
		if err != nil {
			return err
		}
		if !added {
			if _, err := read(ctx, tx, in.ID); err == nil {
				return postgres.ErrRepeated
			}
			return errNumbered
		}
		if err := relink(ctx, tx, in); err != nil {
			return err
		}
		told := []notify.Notice{}
		if in.StartsAt.After(tx.Now) {
			bodies, err := bodyIDs(ctx, tx)
			if err != nil {
				return err
			}
			told = append(told, invitation(in, bodies))
		}
		return notify.Record(ctx, tx, []audit.Entry{entry(tx, in.ID, in.Title, "event.plan", changes(Shown{}, in))}, told...)
	})
}

var errNumbered = fault.InField("series_no", "Diese Nummer hat schon ein anderer Termin dieser Art.")

// Save changes an event. Whoever registered hears of it, if it is at another time or place.
func (s *Service) Save(ctx context.Context, who access.Actor, in Input) error {
	in = in.tidy()
	return s.db.Write(ctx, who, access.EventManage, func(tx *postgres.Tx) error {
		if err := in.check(); err != nil {
			return err
		}
		before, err := read(ctx, tx, in.ID)
		if err != nil {
			return err
		}
		made := changes(before, in)
		switch {
		case len(made) == 0 && (before.Version == in.Version || before.Version == in.Version+1 && before.ChangedBy == who.Person):
			return postgres.ErrRepeated
		case before.Version != in.Version:
			return errStale
		}
		saved, err := save(ctx, tx, in)
		if err != nil {
			return err
		}
		if !saved {
			return errNumbered
		}
		if err := relink(ctx, tx, in); err != nil {
			return err
		}
		return notify.Record(ctx, tx, []audit.Entry{entry(tx, in.ID, in.Title, "event.save", made)}, before.moved(in, tx.Now)...)
	})
}

// Cancel says that an event does not take place, and why. Whoever registered hears of it.
func (s *Service) Cancel(ctx context.Context, who access.Actor, id uuid.UUID, version int64, reason string) error {
	reason = strings.TrimSpace(reason)
	return s.db.Write(ctx, who, access.EventManage, func(tx *postgres.Tx) error {
		before, err := read(ctx, tx, id)
		if err != nil {
			return err
		}
		switch {
		case before.Cancelled == reason && reason != "" && before.Version == version+1 && before.ChangedBy == who.Person:
			return postgres.ErrRepeated
		case before.Cancelled != "" || before.Version != version:
			return errStale
		case before.Begun():
			return fault.New(fault.Conflict, "Der Termin hat schon begonnen und lässt sich nicht mehr absagen.")
		case reason == "" || len([]rune(reason)) > 500:
			return fault.InField("reason", "Schreiben Sie in einem Satz, warum der Termin ausfällt (höchstens 500 Zeichen).")
		}
		if err := cancel(ctx, tx, id, reason); err != nil {
			return err
		}
		return notify.Record(ctx, tx, []audit.Entry{
			entry(tx, id, before.Title, "event.cancel", audit.Diff("Fällt aus", "", reason)),
		}, before.cancellation(reason)...)
	})
}

// Attend notes which bodies were there, by their keys; who registered and is not among them was not.
func (s *Service) Attend(ctx context.Context, who access.Actor, id uuid.UUID, version int64, keys []string) error {
	keys = slices.Compact(slices.Sorted(slices.Values(keys)))
	return s.db.Write(ctx, who, access.EventManage, func(tx *postgres.Tx) error {
		before, err := read(ctx, tx, id)
		if err != nil {
			return err
		}
		same := before.Noted() && slices.Equal(before.attended(), keys)
		switch {
		case same && (before.Version == version || before.Version == version+1 && before.ChangedBy == who.Person):
			return postgres.ErrRepeated
		case before.Version != version:
			return errStale
		case before.Cancelled != "":
			return fault.New(fault.Conflict, "Der Termin ist abgesagt.")
		case !before.Begun():
			return errNotYet
		}
		known, err := attend(ctx, tx, before.Event, keys)
		if err != nil {
			return err
		}
		if known != len(keys) {
			return fault.InField("attended", "Wählen Sie Kommunen aus der Liste.")
		}
		if err := touch(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, id, before.Title, "event.attend", audit.Diff("Teilgenommen", strings.Join(before.attended(), ", "), strings.Join(keys, ", "))))
	})
}

// Noted reports whether the Land has noted who came.
func (s Shown) Noted() bool {
	return slices.ContainsFunc(s.Registrations, func(r Registration) bool { return r.Attended != nil })
}

func (s Shown) attended() []string {
	var keys []string
	for _, r := range s.Registrations {
		if r.Attended != nil && *r.Attended {
			keys = append(keys, r.Key)
		}
	}
	slices.Sort(keys)
	return keys
}

// changes are what a form changes about an event, in words.
func changes(before Shown, in Input) []audit.Change {
	var slugs []string
	for _, s := range before.Services {
		slugs = append(slugs, s.Slug)
	}
	chosen := slices.Clone(in.Services)
	slices.Sort(slugs)
	slices.Sort(chosen)
	return slices.Concat(
		audit.Diff("Art", before.Kind.Word(), in.Kind.Word()), audit.Diff("Nummer", numberOf(before.SeriesNo), numberOf(in.SeriesNo)),
		audit.Diff("Name", before.Title, in.Title), audit.Diff("Worum es geht", before.Goal, in.Goal), audit.Diff("Für wen", before.Audience, in.Audience),
		audit.Diff("Ort", before.Place, in.Place), audit.Diff("Link", before.Address, in.Address),
		audit.Diff("Beginn", momentOf(before.StartsAt), momentOf(in.StartsAt)), audit.Diff("Ende", momentOf(before.EndsAt), momentOf(in.EndsAt)),
		audit.Diff("Plätze", numberOf(before.Seats), numberOf(in.Seats)), audit.Diff("Anmeldung bis", workday.WrittenIf(before.RegisterUntil), workday.WrittenIf(in.RegisterUntil)),
		audit.Diff("Unterlagen", linksOf(before.Materials), linksOf(in.Materials)), audit.Diff("Ergebnis", before.Result, in.Result),
		audit.Diff("Leistungen", strings.Join(slugs, ", "), strings.Join(chosen, ", ")))
}

func numberOf(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func momentOf(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	in := at.In(workday.Berlin)
	clock := strconv.Itoa(in.Hour())
	if in.Minute() > 0 {
		clock += in.Format(":04")
	}
	return in.Format("02.01.2006") + " um " + clock + " Uhr"
}

func linksOf(links []Link) string {
	words := make([]string, len(links))
	for i, l := range links {
		words[i] = l.Title + " " + l.URL
	}
	return strings.Join(words, ", ")
}

func entry(tx *postgres.Tx, id uuid.UUID, title, action string, made []audit.Change) audit.Entry {
	return audit.Entry{Org: tx.Org(), Action: action, Kind: "event", Record: id, Title: title, Visibility: audit.Land, Changes: made}
}
