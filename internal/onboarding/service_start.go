package onboarding

import (
	"context"
	"encoding/json"
	"fmt"
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
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// Prospect says what starting the roll-in of a service would do, and what is in the way. It is for the rooms above, in their
// transaction; what they want to know of service v besides is read in the same statement, as JSON.
func Prospect(ctx context.Context, tx *postgres.Tx, slug, besides string) (Preview, json.RawMessage, error) {
	o, more, err := readOfferAnd(ctx, tx, slug, besides)
	if err != nil {
		return Preview{}, nil, err
	}
	v, err := template.Current(ctx, tx)
	if err != nil {
		return Preview{}, nil, err
	}
	return o.preview(v, tx.Today()), more, nil
}

// Start begins the roll-in of an approved service with the current template: it lays out every step for every
// competent body. Conflict if it has begun, unless the same person just did that.
func (s *Service) Start(ctx context.Context, who access.Actor, slug string, in StartInput) error {
	return s.db.Write(ctx, who, access.RolloutPlan, func(tx *postgres.Tx) error {
		if err := LockStart(ctx, tx); err != nil {
			return err
		}
		return Begin(ctx, tx, slug, in)
	})
}

// Begin is Start for the rooms above, in their transaction: after LockStart.
func Begin(ctx context.Context, tx *postgres.Tx, slug string, in StartInput) error {
	l, err := prepare(ctx, tx, slug, in)
	if err != nil {
		return err
	}
	created, err := l.create(ctx, tx)
	if err != nil {
		return fmt.Errorf("start the roll-in of %s: %w", slug, err)
	}
	return notify.Record(ctx, tx, l.entries(tx, created), l.started()...)
}

// prepare judges whether the roll-in may start and says how.
func prepare(ctx context.Context, tx *postgres.Tx, slug string, in StartInput) (layout, error) {
	o, err := readOffer(ctx, tx, slug)
	if err != nil {
		return layout{}, err
	}
	if o.StartedBy != nil && *o.StartedBy == tx.Who.Person {
		return layout{}, postgres.ErrRepeated
	}
	if o.StartedBy != nil {
		return layout{}, fault.New(fault.Conflict, "Jemand hat den Roll-in dieser Leistung schon gestartet.")
	}
	v, err := template.Current(ctx, tx)
	if err != nil {
		return layout{}, err
	}
	if found := o.obstacles(v); len(found) > 0 {
		return layout{}, fault.New(fault.Conflict, found[0])
	}
	today := tx.Today()
	if in.StartOn.IsZero() {
		in.StartOn = today
	}
	l := layout{offer: o, version: v, start: in.StartOn}
	if len(in.Waves) > 0 {
		return l, l.inWaves(in, today)
	}
	l.atOnce(in.Pilots)
	return l, in.check(o, today)
}

// created is an onboarding that a start made.
type created struct {
	OrgID        uuid.UUID
	OnboardingID uuid.UUID
	TargetOn     time.Time
	Pilot        bool
	WaveNo       *int
}

func (l layout) create(ctx context.Context, tx *postgres.Tx) ([]created, error) {
	if err := l.lockBodies(ctx, tx); err != nil {
		return nil, err
	}
	if err := l.insertRollin(ctx, tx); err != nil {
		return nil, err
	}
	if err := l.insertWaves(ctx, tx); err != nil {
		return nil, err
	}
	made, err := l.insertOnboardings(ctx, tx)
	if err != nil {
		return nil, err
	}
	return made, l.insertSteps(ctx, tx, true)
}

// entries are the trail of a start: one for the Land, one for each body.
func (l layout) entries(tx *postgres.Tx, made []created) []audit.Entry {
	changes := slices.Concat(
		audit.Diff("Roll-in", "", "gestartet"),
		audit.Diff("Vorlage", "", fmt.Sprintf("%s, Version %d", l.version.Name, l.version.No)),
		audit.Diff("Einheiten", "", strconv.Itoa(len(made))),
		audit.Diff("Pilotkommunen", "", strings.Join(l.pilots(), ", ")),
		audit.Diff("Wellen", "", l.waveNames()),
		audit.Diff("Nicht dabei", "", l.outNames()),
		audit.Diff("Fristen ab", "", workday.Written(l.start)))
	entries := []audit.Entry{{
		Org: tx.Org(), Action: "rollin.start", Kind: "rollin", Record: l.offer.ServiceID, Title: l.offer.ServiceName,
		Visibility: audit.Land, Changes: changes,
	}}
	return append(entries, l.bodyEntries(made)...)
}

func (l layout) bodyEntries(made []created) []audit.Entry {
	var entries []audit.Entry
	for _, m := range made {
		o := Onboarding{ID: m.OnboardingID, BodyID: m.OrgID, ServiceName: l.offer.ServiceName}
		changes := append(audit.Diff("Stand der Anbindung", "", NotStarted.Word()), audit.Diff("Zieltermin", "", workday.Written(m.TargetOn))...)
		if m.Pilot {
			changes = append(changes, audit.Diff("Pilotkommune", "", "ja")...)
		}
		if m.WaveNo != nil {
			changes = append(changes, audit.Diff("Welle", "", l.waves[*m.WaveNo-1].Name)...)
		}
		entries = append(entries, onboardingEntry(o, "onboarding.create", changes))
	}
	return entries
}

// pilots are the names of the bodies that go first.
func (l layout) pilots() []string {
	var names []string
	for _, b := range l.bodies {
		if b.Pilot {
			names = append(names, l.offer.bodyName(b.Key))
		}
	}
	return names
}
