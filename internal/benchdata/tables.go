package benchdata

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/identity"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/organisation"
	"rollinportal/internal/template"
)

// tables writes the rows of one Land.
type tables struct {
	tx    *pgx.Conn
	size  Land
	n     int
	land  uuid.UUID
	now   time.Time
	today time.Time
}

// kinds keep ids of different tables apart.
const (
	kindOrg byte = iota + 1
	kindService
	kindDecision
	kindVersion
	kindOnboarding
	kindOwnStep
	kindLandStep
	kindBasisStep
	kindObstacle
	kindWaiting
	kindPerson
)

func (t *tables) coordination() uuid.UUID        { return identity.ID(LandKey(t.n), "LK") }
func (t *tables) ministry() uuid.UUID            { return id(kindOrg, t.n, 0, 0) }
func (t *tables) provider() uuid.UUID            { return id(kindOrg, t.n, 0, 1) }
func (t *tables) body(b int) uuid.UUID           { return id(kindOrg, t.n, 1, b) }
func (t *tables) service(s int) uuid.UUID        { return id(kindService, t.n, s) }
func (t *tables) version() uuid.UUID             { return id(kindVersion, t.n) }
func (t *tables) person() uuid.UUID              { return id(kindPerson, t.n) }
func (t *tables) way(s, b int) way               { return wayOf(t.n, s, b, t.today) }
func (t *tables) onboarding(s, b int) uuid.UUID  { return id(kindOnboarding, t.n, s, b) }
func (t *tables) ownStep(s, b, no int) uuid.UUID { return id(kindOwnStep, t.n, s, b, no) }
func (t *tables) landStep(s, i int) uuid.UUID    { return id(kindLandStep, t.n, s, i) }
func (t *tables) basisStep(b, i int) uuid.UUID   { return id(kindBasisStep, t.n, b, i) }
func (t *tables) ago(days int) time.Time         { return t.now.AddDate(0, 0, -days) }
func (t *tables) each(visit func(s, b int, w way)) {
	for s := range t.size.Services {
		for b := range t.size.Bodies {
			visit(s, b, t.way(s, b))
		}
	}
}

// fill copies the tables in the order in which they refer to each other.
func (t *tables) fill(ctx context.Context) error {
	for _, write := range []func(context.Context) error{
		t.organisations, t.services, t.competence, t.decisions, t.template, t.templateSteps, t.rollins, t.onboardings, t.history, t.competenceHistory,
		t.steps, t.basisLinks, t.progress, t.obstacles, t.affected, t.waits, t.trail, t.chains,
	} {
		if err := write(ctx); err != nil {
			return err
		}
	}
	return nil
}

// copy writes rows into a table: rows calls add for each of them. They are made while they are sent.
func (t *tables) copy(ctx context.Context, schema, table string, columns []string, rows func(add func(...any))) error {
	ready := make(chan []any, 256)
	go func() {
		defer close(ready)
		rows(func(values ...any) { ready <- values })
	}()
	_, err := t.tx.CopyFrom(ctx, pgx.Identifier{schema, table}, columns, pgx.CopyFromFunc(func() ([]any, error) { return <-ready, nil }))
	for range ready { // an error leaves rows behind
	}
	if err != nil {
		return fmt.Errorf("copy into %s: %w", table, err)
	}
	return nil
}

func (t *tables) organisations(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "kind", "key", "name", "short", "population", "tile_column", "tile_row"}
	return t.copy(ctx, "portal", "organisation", columns, func(add func(...any)) {
		add(t.land, t.ministry(), organisation.Ministry, "MIN", "Ministerium", "MIN", nil, nil, nil)
		add(t.land, t.provider(), organisation.ITProvider, "IT", "IT-Dienstleister", "IT", nil, nil, nil)
		for b := range t.size.Bodies {
			kind, name := organisation.District, fmt.Sprintf("Landkreis %03d", b)
			if b%4 == 0 {
				kind, name = organisation.IndependentCity, fmt.Sprintf("Stadt %03d", b)
			}
			add(t.land, t.body(b), kind, BodyKey(b), name, fmt.Sprintf("E%02d", b), 40000+b*1000, b%8, b/8)
		}
	})
}

func (t *tables) services(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "service_id", "slug", "name", "topic_field", "execution_level", "competence", "ministry_id", "published_at", "changed_by", "created_at"}
	return t.copy(ctx, "portal", "service", columns, func(add func(...any)) {
		for s := range t.size.Services {
			add(t.land, t.coordination(), t.service(s), ServiceSlug(s), fmt.Sprintf("Leistung %03d", s), topics[s%len(topics)], "kreis", "all", t.ministry(), t.ago(400), t.person(), t.ago(400))
		}
	})
}

var topics = []string{"Arbeit & Ruhestand", "Familie & Kind", "Mobilität & Reisen", "Bauen & Wohnen", "Ein- & Auswanderung"}

func (t *tables) competence(ctx context.Context) error {
	return t.copy(ctx, "portal", "service_body", []string{"land_id", "service_id", "org_id"}, func(add func(...any)) {
		t.each(func(s, b int, _ way) { add(t.land, t.service(s), t.body(b)) })
	})
}

func (t *tables) decisions(ctx context.Context) error {
	columns := []string{
		"land_id", "org_id", "decision_id", "service_id", "no", "state", "outcome", "requested_by", "requested_at",
		"submitted_by", "submitted_at", "decided_by", "decided_at", "reason", "state_since",
	}
	return t.copy(ctx, "portal", "decision", columns, func(add func(...any)) {
		for s := range t.size.Services {
			add(t.land, t.ministry(), id(kindDecision, t.n, s), t.service(s), 1, "approved", "approved", t.person(), t.ago(390),
				id(kindPerson, t.n, 1), t.ago(380), id(kindPerson, t.n, 2), t.ago(370), "wirtschaftlich", t.ago(370))
		}
	})
}

func (t *tables) template(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "template_version_id", "name", "no", "content_hash", "published_at", "published_by"}
	return t.copy(ctx, "portal", "template_version", columns, func(add func(...any)) {
		add(t.land, t.coordination(), t.version(), "Messung", 1, []byte{0}, t.ago(400), t.person())
	})
}

func (t *tables) templateSteps(ctx context.Context) error {
	columns := []string{
		"land_id", "template_version_id", "key", "no", "title", "description", "pillar", "phase", "responsible",
		"predecessors", "duration_days", "scope", "evidence",
	}
	return t.copy(ctx, "portal", "template_step", columns, func(add func(...any)) {
		for i, s := range allKeys {
			before := []string{}
			if s.scope == template.Kommune && s.key != own[0].key {
				before = []string{allKeys[i-1].key}
			}
			add(t.land, t.version(), s.key, i+1, fmt.Sprintf("Schritt %02d erledigen", i+1), "Was zu tun ist, steht im Leitfaden des Landes.", s.pillar,
				s.phase, responsible[s.scope], before, 5, s.scope, "Vermerk in der Akte")
		}
	})
}

var responsible = map[template.Scope]template.Responsible{template.Land: template.ByLand, template.Basis: template.ByBody, template.Kommune: template.ByBody}

func (t *tables) rollins(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "service_id", "decision_id", "template_version_id", "started_by", "started_at"}
	return t.copy(ctx, "portal", "rollin", columns, func(add func(...any)) {
		for s := range t.size.Services {
			add(t.land, t.coordination(), t.service(s), id(kindDecision, t.n, s), t.version(), t.person(), t.ago(360))
		}
	})
}

func (t *tables) onboardings(ctx context.Context) error {
	columns := []string{
		"land_id", "org_id", "onboarding_id", "service_id", "state", "state_since", "state_reason", "target_on",
		"committed_at", "live_on", "confirmed_at", "steps_relevant", "steps_done", "begun_on", "first_target_on",
	}
	return t.copy(ctx, "portal", "onboarding", columns, func(add func(...any)) {
		t.each(func(s, b int, w way) {
			var committed, live *time.Time
			if w.done > 0 {
				committed = &w.started
			}
			if w.done >= goLive {
				at := day(w.changed(goLive))
				live = &at
			}
			relevant, done := t.counted(b, w)
			target := day(w.due(goLive, t.today))
			add(t.land, t.body(b), t.onboarding(s, b), t.service(s), w.state(), w.changed(max(1, w.done)), w.reason(), target,
				committed, live, t.ago(int(w.chance>>32%45)), relevant, done, day(w.started), target)
		})
	})
}

// counted is what an onboarding says of its steps, those of its body among them.
func (t *tables) counted(b int, w way) (relevant, done int) {
	if w.aside == onboarding.NotCompetent {
		return 0, 0
	}
	relevant, done = len(own)+len(basis), w.done
	for i := range basis {
		if basisDone(t.n, b, i) {
			done++
		}
	}
	return relevant, done
}
