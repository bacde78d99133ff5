package history

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/forecast"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
)

// Forecast says when a service is likely to be live in every body that takes part.
type Forecast struct {
	Slug, Name string
	Today      time.Time
	Finished   int // ways of the Land that it reckons with
	Open       int // onboardings of the service that are on their way
	Live       int
	Declined   int        // that it leaves out
	P50, P85   *time.Time // nil: too few have finished, or nothing is open
}

// Forecast plays the open ways of a service to their end. Only whoever sees all of its bodies may ask: a part of them
// says nothing about the whole.
func (s *Service) Forecast(ctx context.Context, who access.Actor, slug string) (f *Forecast, err error) {
	err = s.db.Read(ctx, who, access.ReportForecast, func(tx *postgres.Tx) error {
		f, err = readForecast(ctx, tx, slug)
		return err
	})
	return f, err
}

// way is how an onboarding stands today.
type way struct {
	State  onboarding.State `json:"state"`
	Days   int              `json:"days"`
	Target int              `json:"target"` // in how many days
}

type passed struct {
	Way   int    `json:"way"`
	State string `json:"state"`
	Days  int    `json:"days"`
}

func readForecast(ctx context.Context, tx *postgres.Tx, slug string) (*Forecast, error) {
	f := &Forecast{Today: tx.Today()}
	var service uuid.UUID
	var ways []way
	var done []passed
	err := tx.QueryRow(ctx, `
		SELECT v.service_id, v.slug, v.name, (
			SELECT coalesce(json_agg(json_build_object('state', o.state, 'days', greatest(0, @today::date - (o.state_since AT TIME ZONE 'Europe/Berlin')::date),
				'target', greatest(0, o.target_on - @today::date)) ORDER BY o.onboarding_id), '[]')
			FROM portal.onboarding o
			WHERE o.land_id = @land AND o.service_id = v.service_id), (
			SELECT coalesce(json_agg(json_build_object('way', d.way, 'state', d.state, 'days', d.days) ORDER BY d.way, d.state), '[]')
			FROM ctx.ways_to_live() d)
		FROM portal.rollin r
		JOIN portal.service v ON v.land_id = @land AND v.service_id = r.service_id
		WHERE r.land_id = @land AND v.slug = @slug AND (@whole OR v.ministry_id = @org)`,
		pgx.StrictNamedArgs{"land": tx.Land(), "org": tx.Org(), "slug": slug, "today": f.Today, "whole": tx.Reach == access.WholeLand || tx.Reach == access.Aggregates}).
		Scan(&service, &f.Slug, &f.Name, &ways, &done)
	if err != nil {
		return nil, fmt.Errorf("read what a forecast of %s needs: %w", slug, err)
	}
	f.play(service, ways, done)
	return f, nil
}

// play sorts the ways. The seed is the service and the day: whoever asks twice on a day reads the same.
func (f *Forecast) play(service uuid.UUID, ways []way, done []passed) {
	var finished []forecast.Finished
	for i, p := range done {
		if i == 0 || done[i-1].Way != p.Way {
			finished = append(finished, forecast.Finished{})
		}
		finished[len(finished)-1][p.State] = p.Days
	}
	var open []forecast.Open
	for _, w := range ways {
		switch {
		case w.State.IsLive():
			f.Live++
		case w.State == onboarding.Declined || w.State == onboarding.Decommissioned:
			f.Declined++
		case w.State == onboarding.NotCompetent:
		case inWork[w.State]:
			open = append(open, forecast.Open{State: string(w.State), Days: w.Days})
		default: // not begun, or paused: the whole way is ahead, and nobody is earlier than planned
			open = append(open, forecast.Open{NotBefore: w.Target})
		}
	}
	f.Finished, f.Open = len(finished), len(open)
	seed := fnv.New64a()
	_, _ = seed.Write(append(service[:], f.Today.Format(time.DateOnly)...))
	if r, some := forecast.Play(finished, open, seed.Sum64()); some {
		p50, p85 := f.Today.AddDate(0, 0, r.P50), f.Today.AddDate(0, 0, r.P85)
		f.P50, f.P85 = &p50, &p85
	}
}
