package register

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// Enter adds an entry and returns its number. Sent again, it changes nothing and returns the number it has.
func (s *Service) Enter(ctx context.Context, who access.Actor, in Input) (no int, err error) {
	in.tidy()
	err = s.db.Write(ctx, who, access.RegisterEdit, func(tx *postgres.Tx) error {
		l, err := checked(ctx, tx, in)
		if err != nil {
			return err
		}
		no, err = insert(ctx, tx, in, l)
		if postgres.IsNoRow(err) {
			if no, err = numberOf(ctx, tx, in.ID); err == nil {
				return postgres.ErrRepeated
			}
		}
		if err != nil {
			return err
		}
		if err := relink(ctx, tx, in.ID, l); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, in.ID, no, "register.create", changes(Details{}, in)))
	})
	return no, err
}

// Save changes an open entry; Conflict if it ended or somebody else changed it.
func (s *Service) Save(ctx context.Context, who access.Actor, no int, in Input) error {
	in.tidy()
	return s.db.Write(ctx, who, access.RegisterEdit, func(tx *postgres.Tx) error {
		l, before, err := lockChecked(ctx, tx, no, in)
		if err != nil {
			return err
		}
		made := changes(before, in)
		switch {
		case len(made) == 0 && (before.Version == in.Version || before.Version == in.Version+1 && before.ChangedBy == who.Person):
			return postgres.ErrRepeated
		case before.State != Open:
			return errEnded
		case before.Version != in.Version:
			return errStale
		}
		if err := save(ctx, tx, before.ID, in, l); err != nil {
			return err
		}
		if err := relink(ctx, tx, before.ID, l); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, before.ID, no, "register.save", made))
	})
}

// Turn notes how a matter ended, or opens it again.
func (s *Service) Turn(ctx context.Context, who access.Actor, no int, t Turn) error {
	t.Result, t.Reason = trimmed(t.Result), trimmed(t.Reason)
	return s.db.Write(ctx, who, access.RegisterEdit, func(tx *postgres.Tx) error {
		if err := oneByOne(ctx, tx); err != nil {
			return err
		}
		before, err := read(ctx, tx, no)
		if err != nil {
			return err
		}
		if before.has(t, who.Person) {
			return postgres.ErrRepeated
		}
		after := before.Matter
		if err := after.turn(t); err != nil {
			return err
		}
		if err := saveTurn(ctx, tx, after); err != nil {
			return err
		}
		return audit.Record(ctx, tx, entry(tx, after.ID, no, "register."+string(after.State), slices.Concat(
			audit.Diff("Stand", before.State.Word(), after.State.Word()), audit.Diff("Ergebnis", before.Result, after.Result),
			audit.Diff("Entschieden am", workday.WrittenIf(before.DecidedOn), workday.WrittenIf(after.DecidedOn)), audit.Diff("Begründung", before.Reason, after.Reason))))
	})
}

// checked locks the register and finds what the form names.
func checked(ctx context.Context, tx *postgres.Tx, in Input) (linked, error) {
	if err := oneByOne(ctx, tx); err != nil {
		return linked{}, err
	}
	l, missing := resolve(ctx, tx, in)
	if l.Today.IsZero() {
		return l, missing
	}
	if err := in.check(l.Today); err != nil {
		return l, err
	}
	return l, missing
}

func lockChecked(ctx context.Context, tx *postgres.Tx, no int, in Input) (l linked, before Details, err error) {
	if err = oneByOne(ctx, tx); err != nil {
		return l, before, err
	}
	if before, err = read(ctx, tx, no); err != nil {
		return l, before, err
	}
	if err = in.check(before.Today); err != nil {
		return l, before, err
	}
	l, err = resolve(ctx, tx, in)
	return l, before, err
}

func (in *Input) tidy() {
	in.Question, in.Background, in.Decider = trimmed(in.Question), trimmed(in.Background), trimmed(in.Decider)
	in.Services = slices.Compact(slices.Sorted(slices.Values(in.Services)))
	in.Obstacles = slices.Compact(slices.Sorted(slices.Values(in.Obstacles)))
}

func trimmed(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

// changes are what a form changes about an entry, in words.
func changes(before Details, in Input) []audit.Change {
	decider := before.DeciderName
	if before.DeciderKey != "" {
		decider = before.DeciderKey
	}
	var slugs, numbers, chosen []string
	for _, s := range before.Services {
		slugs = append(slugs, s.Slug)
	}
	slices.Sort(slugs)
	for _, o := range before.Obstacles {
		numbers = append(numbers, strconv.Itoa(o.No))
	}
	for _, no := range in.Obstacles {
		chosen = append(chosen, strconv.Itoa(no))
	}
	return slices.Concat(
		audit.Diff("Frage", before.Question, in.Question), audit.Diff("Hintergrund", before.Background, in.Background),
		audit.Diff("Wer entscheidet", decider, in.DeciderKey+in.Decider), audit.Diff("Frist", workday.WrittenIf(&before.DueOn), workday.WrittenIf(in.DueOn)),
		audit.Diff("Leistungen", strings.Join(slugs, ", "), strings.Join(in.Services, ", ")),
		audit.Diff("Hürden", strings.Join(numbers, ", "), strings.Join(chosen, ", ")))
}

// entry is the line of the trail about a matter. All who read the register read it.
func entry(tx *postgres.Tx, id uuid.UUID, no int, action string, made []audit.Change) audit.Entry {
	return audit.Entry{Org: tx.Org(), Action: action, Kind: "matter", Record: id, Title: title(no), Visibility: audit.Land, Changes: made}
}
