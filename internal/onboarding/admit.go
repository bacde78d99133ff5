package onboarding

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
	"rollinportal/internal/workday"
)

// AdmitInput takes a body into a roll-in that has begun.
type AdmitInput struct {
	Body string    // key
	Wave int       // 0 where the roll-in has no waves
	On   time.Time // of the Produktivstart; zero: with the last of the wave, or as soon as the template allows
}

// Admitted says where a body was taken in.
type Admitted struct {
	Wave string    // "" where the roll-in has no waves
	On   time.Time // of the Produktivstart
}

// Admit gives a body that became competent later, or was left out at the start, its checklist. It is for the rooms
// above, in their transaction; ErrRepeated if the body is in already.
func Admit(ctx context.Context, tx *postgres.Tx, slug string, in AdmitInput) (Admitted, error) {
	if err := LockStart(ctx, tx); err != nil {
		return Admitted{}, err
	}
	if err := lockWaves(ctx, tx, slug); err != nil {
		return Admitted{}, err
	}
	r, err := loadLand(ctx, tx, slug, reading)
	if err != nil {
		return Admitted{}, err
	}
	if r == nil {
		return Admitted{}, fault.Missing()
	}
	l, err := admission(ctx, tx, r, in)
	if err != nil {
		return Admitted{}, err
	}
	made, err := l.admit(ctx, tx)
	if err != nil {
		return Admitted{}, fmt.Errorf("admit %s to %s: %w", in.Body, slug, err)
	}
	a := Admitted{On: made[0].TargetOn}
	if w := r.Wave(in.Wave); w != nil {
		a.Wave = w.Name
	}
	return a, notify.Record(ctx, tx, l.bodyEntries(made), l.started()...)
}

// admission lays out one body of a roll-in that has begun, with the template that it began with.
func admission(ctx context.Context, tx *postgres.Tx, r *Rollin, in AdmitInput) (*layout, error) {
	o, err := readOffer(ctx, tx, r.ServiceSlug)
	if err != nil {
		return nil, err
	}
	v, err := template.At(ctx, tx, r.TemplateID)
	if err != nil {
		return nil, err
	}
	l := &layout{offer: o, version: v, start: tx.Today()}
	for _, w := range r.Waves {
		l.waves = append(l.waves, StartWave{Name: w.Name, Pilot: w.Pilot})
	}
	if !slices.ContainsFunc(r.Outside, func(b Outside) bool { return b.Key == in.Body }) {
		if slices.Contains(o.BodyKeys, in.Body) {
			return nil, postgres.ErrRepeated // it is in already: nothing is left to do
		}
		return nil, fault.InField("body", "Wählen Sie eine zuständige Einheit, die noch nicht dabei ist.")
	}
	return l, l.place(r, in)
}

// place gives the body its day and its deadlines.
func (l *layout) place(r *Rollin, in AdmitInput) error {
	w := r.Wave(in.Wave)
	if w == nil && (in.Wave != 0 || len(r.Waves) > 0) {
		return fault.InField("wave", "Wählen Sie eine Welle.")
	}
	p := placed{Key: in.Body}
	if w != nil {
		p.Wave, p.Pilot, p.Held = &w.No, w.Pilot, w.ReleasedAt == nil
	}
	earliest := l.schedule(p.Pilot)[template.Live]
	if in.On.IsZero() {
		if in.On = earliest; w != nil && w.LastOn.After(earliest) {
			in.On = w.LastOn
		}
	}
	switch {
	case in.On.Before(earliest):
		return fault.InField("on", "Der Produktivstart ist frühestens am "+workday.Written(earliest)+" möglich: So viele Arbeitstage braucht die Vorlage ab heute.")
	case in.On.After(earliest.AddDate(5, 0, 0)):
		return fault.InField("on", "Der Produktivstart liegt zu weit in der Zukunft. Wählen Sie einen Tag in den nächsten fünf Jahren.")
	case workday.IsWeekend(in.On):
		return fault.InField("on", "Der Tag fällt auf ein Wochenende. Wählen Sie einen Arbeitstag.")
	}
	_, p.Scheme = l.follow(p.Pilot, in.On)
	p.Target = in.On.Format(time.DateOnly)
	l.bodies = []placed{p}
	return nil
}

// admit creates the onboarding with its steps; the wave ends with its last body.
func (l *layout) admit(ctx context.Context, tx *postgres.Tx) ([]created, error) {
	if err := l.lockBodies(ctx, tx); err != nil {
		return nil, err
	}
	made, err := l.insertOnboardings(ctx, tx)
	if err != nil {
		return nil, err
	}
	if err := l.insertSteps(ctx, tx, false); err != nil {
		return nil, err
	}
	return made, l.closeRanks(ctx, tx, made)
}

func (l *layout) closeRanks(ctx context.Context, tx *postgres.Tx, made []created) error {
	batch := &pgx.Batch{}
	for _, m := range made {
		args := pgx.StrictNamedArgs{"land": tx.Land(), "service": l.offer.ServiceID, "no": m.WaveNo, "on": m.TargetOn}
		batch.Queue(`
			UPDATE portal.wave SET first_on = least(first_on, @on::date), last_on = greatest(last_on, @on::date)
			WHERE land_id = @land AND service_id = @service AND no = @no::int`, args)
		batch.Queue(`
			DELETE FROM portal.rollin_left_out
			WHERE land_id = @land AND org_id = @org AND service_id = @service`,
			pgx.StrictNamedArgs{"land": tx.Land(), "org": m.OrgID, "service": l.offer.ServiceID})
	}
	return tx.SendBatch(ctx, batch).Close()
}
