package planning_test

import (
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/planning"
	"rollinportal/internal/template"
)

const slug = "wohngeld"

// world is a Land whose ministry has approved wohngeld, which is to be piloted.
type world struct {
	*dbtest.World
	*planning.Service
	onboardings *onboarding.Service
	t           *testing.T
}

func newWorld(t *testing.T) world {
	t.Helper()
	w := dbtest.New(t)
	v := world{w, planning.NewService(w.DB), onboarding.NewService(w.DB), t}
	w.Approve(t, slug, time.Now(), "transports = '{fitc}', piloting = true")
	return v
}

func (w world) sql(statement string) int {
	w.t.Helper()
	return dbtest.Admin[int](w.t, w.World, `WITH x AS (`+statement+` RETURNING 1) SELECT count(*)::int FROM x`)
}

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) plan() *planning.Plan {
	w.t.Helper()
	p, err := w.Plan(w.t.Context(), w.as("land"), slug)
	w.must(err)
	return p
}

// prepare plans everything: Suhl stays out, Erfurt is the pilot, the others go by their IT-Dienstleister.
func (w world) prepare() *planning.Plan {
	w.t.Helper()
	ctx, land := w.t.Context(), w.as("land")
	w.must(w.SaveScope(ctx, land, slug, w.plan().Version, []onboarding.LeftOut{{Key: "16054", Reason: "Fachverfahren wechselt"}}))
	p := w.plan()
	waves := p.Waves
	for i := range waves {
		if at := indexOf(waves[i].Bodies, "16051"); at >= 0 {
			waves[i].Bodies = append(waves[i].Bodies[:at:at], waves[i].Bodies[at+1:]...)
		}
	}
	waves[0].Bodies = []string{"16051"}
	w.must(w.SaveWaves(ctx, land, slug, p.Version, waves))
	p = w.plan()
	w.must(w.SaveDates(ctx, land, slug, p.Version, spans(p), map[string]int{"KIV": 3}))
	p = w.plan()
	w.must(w.SaveLetter(ctx, land, slug, p.Version, planning.StandardLetter))
	return w.plan()
}

// spans let each wave go live for four weeks after the earliest Monday.
func spans(p *planning.Plan) []planning.Span {
	var found []planning.Span
	for i, wave := range p.Waves {
		from := nextMonday(p.Earliest(wave)).AddDate(0, 0, 56*i)
		found = append(found, planning.Span{From: from, Until: from.AddDate(0, 0, 28)})
	}
	return found
}

func nextMonday(day time.Time) time.Time {
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, 1)
	}
	return template.AddWorkingDays(day, 0)
}

func indexOf(list []string, key string) int {
	for i, k := range list {
		if k == key {
			return i
		}
	}
	return -1
}

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}
