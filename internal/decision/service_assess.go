package decision

import (
	"context"
	"reflect"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/economics"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// AssessFrame enters what all alternatives of the Wirtschaftlichkeitsbetrachtung share, on the version that was seen.
func (s *Service) AssessFrame(ctx context.Context, who access.Actor, id uuid.UUID, version int64, f economics.Frame) error {
	return s.assess(ctx, who, id, func(c *locked, tx *postgres.Tx) ([]audit.Change, error) {
		before := c.assessment().Frame
		if err := before.fresh(version, who.Person, reflect.DeepEqual(before.Frame, f)); err != nil {
			return nil, err
		}
		if err := f.Check(); err != nil {
			return nil, err
		}
		saved, err := saveFrame(ctx, tx, id, version-draftOf(c.Drafts, FrameSection).Version, f)
		if err == nil && !saved {
			err = errStale
		}
		if err == nil {
			err = clearTyped(ctx, tx, id, FrameSection)
		}
		return frameChanges(before.Frame, f), err
	})
}

// AssessOption enters an alternative with all its amounts, on the version that was seen.
func (s *Service) AssessOption(ctx context.Context, who access.Actor, id uuid.UUID, version int64, o economics.Option) error {
	return s.assess(ctx, who, id, func(c *locked, tx *postgres.Tx) ([]audit.Change, error) {
		before := c.assessment().Option(o.Alternative)
		if err := before.fresh(version, who.Person, sameOption(before.Option, o)); err != nil {
			return nil, err
		}
		if err := o.Check(); err != nil {
			return nil, err
		}
		section := string(o.Alternative)
		saved, err := saveOption(ctx, tx, id, version-draftOf(c.Drafts, section).Version, o)
		if err == nil && !saved {
			err = errStale
		}
		if err == nil {
			err = clearTyped(ctx, tx, id, section)
		}
		return optionChanges(before.Option, o), err
	})
}

// assess lets a rule change the assessment of a case in preparation.
func (s *Service) assess(ctx context.Context, who access.Actor, id uuid.UUID, rule func(*locked, *postgres.Tx) ([]audit.Change, error)) error {
	return s.act(ctx, who, access.DecisionInternalEdit, id, func(c *locked, tx *postgres.Tx) (audit.Entry, error) {
		was := c.State
		if err := c.move(ToReview, c.Version, InReview, tx.Now); err != nil {
			return audit.Entry{}, err
		}
		changes, err := rule(c, tx)
		entry := c.entry("decision.assess", audit.Private, moved(was, c.State), changes)
		entry.Kind, entry.Title = "assessment", Economic.Word()
		return entry, err
	})
}

// fresh refuses a section that somebody else saved since, and notices a form that was sent twice.
func (s Saved) fresh(version int64, person uuid.UUID, same bool) error {
	switch {
	case s.Version == version+1 && same && s.By != nil && *s.By == person:
		return postgres.ErrRepeated
	case s.Version != version:
		return errStale
	}
	return nil
}

func sameOption(a, b economics.Option) bool {
	same := func(a, b economics.Item) bool { return reflect.DeepEqual(a, b) }
	return a.Minutes == b.Minutes && a.MinutesSource == b.MinutesSource && slices.EqualFunc(a.Items, b.Items, same)
}

func frameChanges(before, after economics.Frame) []audit.Change {
	return slices.Concat(
		audit.Diff("Zeitraum", span(before), span(after)),
		audit.Diff("Zinssatz", economics.Percent(before.RateBP), economics.Percent(after.RateBP)),
		audit.Diff("Fälle je Jahr", strconv.FormatInt(before.Cases, 10), strconv.FormatInt(after.Cases, 10)),
		audit.Diff("Kosten je Stunde", economics.Euro(before.HourCents), economics.Euro(after.HourCents)))
}

func span(f economics.Frame) string {
	if f.Years == 0 {
		return ""
	}
	return strconv.Itoa(f.FirstYear) + " bis " + strconv.Itoa(f.FirstYear+f.Years-1)
}

// optionChanges names each amount that is new or gone; one that changed is both.
func optionChanges(before, after economics.Option) []audit.Change {
	field := after.Alternative.Word()
	changes := audit.Diff(field+": Minuten je Fall", strconv.FormatInt(before.Minutes, 10), strconv.FormatInt(after.Minutes, 10))
	for _, i := range before.Items {
		if !slices.ContainsFunc(after.Items, func(o economics.Item) bool { return itemWords(o) == itemWords(i) }) {
			changes = append(changes, audit.Change{Field: field, Old: itemWords(i)})
		}
	}
	for _, i := range after.Items {
		if !slices.ContainsFunc(before.Items, func(o economics.Item) bool { return itemWords(o) == itemWords(i) }) {
			changes = append(changes, audit.Change{Field: field, New: itemWords(i)})
		}
	}
	return changes
}

func itemWords(i economics.Item) string {
	words := i.Label + ", " + i.Kind.Word() + ", " + i.Payer.Word() + ": " + economics.Euro(i.Cents) + " (" + i.Source
	if i.ValidUntil != nil {
		words += ", gültig bis " + workday.Written(*i.ValidUntil)
	}
	return words + ")"
}
